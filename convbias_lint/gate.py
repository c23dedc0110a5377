"""May a file hold a finding?  Bytes in, yes or no out, nothing parsed."""

from __future__ import annotations

import re

# A finding needs a call that makes a layer with a bias; every such name holds one of these words.
_LAYER = re.compile(rb"Conv|conv[1-3]d\b|Linear|Dense|conv_")
_NORM = re.compile(rb"[Nn]orm|BN|\bbn")


def may_hold_findings(data: bytes) -> bool:
    """Whether ``data`` names a layer that has a bias, and a norm; without both no rule can fire."""
    return _LAYER.search(data) is not None and _NORM.search(data) is not None
