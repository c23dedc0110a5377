"""May a file hold a finding?  Bytes in, yes or no out, nothing parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# A finding needs a call that makes a layer with a bias; every such name holds one of these words.
_LAYER = re.compile(rb"Conv|conv[1-3]d\b|Linear|Dense|conv_")
# Patterns begin with the rarest plain text in them: for that, a file is searched in no time.  These are not
# compiled before they are needed: a file without layers is to cost next to nothing.
_NORM = rb"orm(?:(?<=[Nn]orm)(?!al)|(?<=Norm)alization)"
# What is named like a norm and subtracts no mean of a channel, and attributes such as ``self.norm1``, which
# say nothing of what they hold: most of the files of a transformer library name nothing else.
_OTHER_NORM = (
    rb"orm(?:(?<=[Ll]ayer[Nn]orm)|(?<=[Ll]ayer_[Nn]orm)|(?<=[Rr][Mm][Ss][Nn]orm)|(?<=[Rr][Mm][Ss]_[Nn]orm)"
    rb"|(?<=GroupNorm)\b)"
)
_ATTRIBUTE = rb"\.(?!batch_|instance_|group_)[a-z_]*norm\d*\b"
MAX_NAME = 60
"""How far before the word the dot of such an attribute may be."""
# A group norm of as many groups as channels does subtract it.
_OWN_GROUPS = rb"GroupNorm\(\s*(?:num_\w+\s*=\s*)?([\w.]+)\s*,\s*(?:num_\w+\s*=\s*)?\1\b"
_SHORT_NORM = rb"bn(?<=\bbn)"
_BLOCK_IMPORT = rb"(?m)^from (?!torch)[\w.]+ import (?:\([^)]*|[^\n]*)(?:[Cc]onv|[Bb]lock)"
_BIAS = rb"\.bias\b(?<!\bself\.bias)(?! is\b)"
_NAMED_BIAS = rb"getattr\([^()]*[\"']bias[\"']"


def may_hold_findings(data: bytes, own: Iterable[str] = ()) -> bool:
    """Whether ``data`` names a layer that has a bias, and what a rule looks for behind it.

    ``own`` are the dotted names of the layers that the configuration declares.
    """
    if any(name.rsplit(".", 1)[-1].encode() in data for name in own):
        return True
    return _names_layer_and_more(data)


@lru_cache(maxsize=2)  # each of those who handle a file on its way asks this about it
def _names_layer_and_more(data: bytes) -> bool:
    return _LAYER.search(data) is not None and (
        names_norm(data) or uses_missing_bias(data) or hands_bias_on(data)
    )


def names_norm(data: bytes) -> bool:
    """Whether ``data`` names a norm, or an option, that may subtract the mean of a channel."""
    if b"BN" in data or b"Bn" in data or re.search(_SHORT_NORM, data) is not None:
        return True
    harmless = re.compile(_OTHER_NORM)
    for match in re.finditer(_NORM, data):
        place = match.start()
        if harmless.match(data, place) is None and not _is_attribute(data, place):
            return True
    return b"GroupNorm" in data and re.search(_OWN_GROUPS, data) is not None


def _is_attribute(data: bytes, place: int) -> bool:
    """Whether a word that names a norm is the end of an attribute's name."""
    dot = data.rfind(b".", max(0, place - MAX_NAME), place)
    match = re.compile(_ATTRIBUTE).match(data, dot) if dot >= 0 else None
    return match is not None and match.end() > place


def hands_bias_on(data: bytes) -> bool:
    """Whether blocks of another file, which may hold a norm, are told to have a bias."""
    return b"bias=True" in data and re.search(_BLOCK_IMPORT, data) is not None


def uses_missing_bias(data: bytes) -> bool:
    """Whether a layer is built without a bias, and code uses biases without asking whether they are there."""
    if b"bias=False" not in data or b".bias is" in data:
        return False
    return re.search(_BIAS, data) is not None or re.search(_NAMED_BIAS, data) is not None
