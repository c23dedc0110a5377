"""What code may do to a model once it is built, told from the text.

Code outside a class sets its parts: ``net.norm = nn.Identity()``.  Methods for callers out of view do:
``def plain(self): self.norm = nn.Identity()``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from convbias_lint.analysis.chunks import cut
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.values import Class, Instance
from convbias_lint.layers.rows import Effect

# Each begins with a constant, for which a text is searched fast.
_CHANGES = (
    re.compile(r"\n[ \t]*(?!self\.|cls\.)[A-Za-z_][\w.\[\]\"']*\.(\w+)[ \t]*=(?!=)"),
    re.compile(r"\bsetattr\(\s*(?!self\b)[\w.]+\s*,\s*[\"'](\w+)[\"']"),
    re.compile(r"\bdelattr\(\s*(?!self\b)[\w.]+\s*,\s*[\"'](\w+)[\"']"),
    re.compile(r"\n[ \t]*del[ \t]+(?!self\.)[A-Za-z_][\w.]*\.(\w+)"),
)
_CLASS = re.compile(r"^class[ \t]+(\w+)", re.MULTILINE)
_METHOD = re.compile(r"^[ \t]+(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
_SET = re.compile(r"^[ \t]+self\.(\w+)[ \t]*=(?!=)", re.MULTILINE)
LATER = re.compile(
    r"^__|init|reset|load|save|fuse|fold|reparam|deploy|merge|convert|export|hook|prune|set_|freeze|optim"
)
"""Names of methods that build, initialise or rewrite the model; no input runs through them."""
_DEF = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
# Folding a norm into its convolution takes both away together, after training.
_AFTER_TRAINING = re.compile(
    r"fuse|fold|reparam|deploy|merge|prune|convert|quant|export|load|script", re.IGNORECASE
)


def changed_names(text: str) -> frozenset[str]:
    """The names of attributes that code in ``text`` sets on objects other than ``self``."""
    names: set[str] = set()
    text = f"\n{text}"
    changes = [match for change in _CHANGES for match in change.finditer(text)]
    if not changes:
        return frozenset()
    starts = list(_DEF.finditer(text))
    rows = [start.start() for start in starts]
    for match in changes:
        before = bisect_right(rows, match.start())
        if not before or _AFTER_TRAINING.search(starts[before - 1].group(1)) is None:
            names.add(match.group(1))
    return frozenset(names)


def switched_names(text: str) -> dict[str, frozenset[str]]:
    """By class, the attributes that methods set which nobody in view calls."""
    found: dict[str, frozenset[str]] = {}
    for start, body in cut(text, list(_CLASS.finditer(text))):
        names: set[str] = set()
        for method, inside in cut(body, list(_METHOD.finditer(body))):
            name = method.group(1)
            if not (name in _CALLED or LATER.search(name) or re.search(rf"\.{name}\b", text)):
                names.update(_SET.findall(inside))
        if names:
            found[start.group(1)] = frozenset(names)
    return found


def reached_into(text: str, cls: str) -> bool:
    """Whether some code in ``text`` takes, off any object but ``self``, a part that ``cls`` builds."""
    start = re.search(rf"^class[ \t]+{cls}\b", text, re.MULTILINE)
    if start is None:
        return True
    end = re.compile(r"^(?:class|def|async|@|if)\b", re.MULTILINE).search(text, start.end())
    parts = set(_PART.findall(text[start.end() : end.start() if end is not None else len(text)]))
    names = "|".join(map(re.escape, sorted(parts)))
    return bool(parts) and re.search(rf"(?<!\bself)\.(?:{names})\b", text) is not None


_PART = re.compile(r"\bself\.(\w+)[ \t]*(?::[^=\n]+)?=[ \t]*[\w.]+\(")
_CALLED = frozenset(("forward", "call", "build", "train", "extra_repr"))


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
