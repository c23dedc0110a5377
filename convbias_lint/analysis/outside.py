"""What code outside a class does to its parts: ``net.norm = nn.Identity()``, told from the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.values import Class, Instance
from convbias_lint.layers.rows import Effect

_CHANGE = re.compile(
    r"^[ \t]*(?!self\.|cls\.)[A-Za-z_][\w.\[\]\"']*\.(\w+)[ \t]*=(?!=)"
    r"|\b(?:setattr|delattr)\(\s*(?!self\b)[\w.]+\s*,\s*[\"'](\w+)[\"']"
    r"|^[ \t]*del[ \t]+(?!self\.)[A-Za-z_][\w.]*\.(\w+)",
    re.MULTILINE,
)
_DEF = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
# Folding a norm into its convolution takes both away together, after training.
_AFTER_TRAINING = re.compile(
    r"fuse|fold|reparam|deploy|merge|prune|convert|quant|export|load|script", re.IGNORECASE
)


def changed_names(text: str) -> frozenset[str]:
    """The names of attributes that code in ``text`` sets on objects other than ``self``."""
    names: set[str] = set()
    starts = list(_DEF.finditer(text))
    for match in _CHANGE.finditer(text):
        around = ""
        for start in starts:
            if start.start() > match.start():
                break
            around = start.group(1)
        if _AFTER_TRAINING.search(around) is None:
            names.add(next(group for group in match.groups() if group))
    return frozenset(names)


def use_changed(names: frozenset[str], built: Iterable[Instance], layers: list[LayerValue]) -> None:
    """Give up the layers, and what the norms cancel, that stand under one of ``names``."""
    replaced: set[int] = set()
    for instance in built:
        if not isinstance(instance.cls, Class):
            continue
        for name in names & instance.state.keys():
            value = instance.state[name]
            if isinstance(value, LayerValue):
                replaced.add(id(value))
    if not replaced:
        return
    for layer in layers:
        norms = (event.norm for event in layer.cancelled)
        if layer.row.effect is Effect.INTRODUCES and (
            id(layer) in replaced or any(id(norm) in replaced for norm in norms)
        ):
            layer.used.append((frozenset(), "code outside the class may replace it or its norm"))
