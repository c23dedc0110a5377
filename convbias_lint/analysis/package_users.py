"""Code of other files that may run a layer without its norm: it derives from the model, or takes it apart.

``class Plain(Net)`` with a ``forward`` of its own; ``net.norm = nn.Identity()``.  Told from the text of the
files that import the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from convbias_lint.analysis.chunks import code_of, cut
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.outside import held_in
from convbias_lint.analysis.package_files import read_text
from convbias_lint.analysis.runs import owner_class
from convbias_lint.analysis.settable import Methods
from convbias_lint.analysis.values import CHILDREN, Instance

_DERIVED = re.compile(r"^class[ \t]+\w+[ \t]*\(([^()]*(?:\([^()]*\)[^()]*)*)\)", re.MULTILINE)
_FIRST = re.compile(r"^(?:class|def|async|@|if)\b", re.MULTILINE)
_METHOD = re.compile(r"^[ \t]+(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
_NAME = re.compile(r"\w+")
_DATA = r"(?!\.(?:weight|bias|(?:in|out)_channels|kernel_size|stride|padding|named_\w+|parameters|modules)\b)"
"""Whoever reads these does not run the layer; what uses the bias is told by :mod:`package_biases`."""


class Parts:
    """The names under which some layers and their norms are held, and the classes that hold them."""

    def __init__(self, file: SourceFile, layers: Iterable[LayerValue]) -> None:
        names: set[str] = set()
        classes: set[str] = set()
        for layer in layers:
            for part in (layer, *(event.norm for event in layer.cancelled)):
                owner, node = part.owner, owner_class(part)
                if isinstance(owner, Instance) and node is not None:
                    classes.add(node.name)
                    names.update(_names_of(part, owner))
        self.classes = frozenset(classes)
        methods = Methods(file.text)
        self.methods = frozenset(
            method.name for cls in classes for method in methods.of(cls) if not method.name.startswith("__")
        )
        pattern = rf"\.(?:{_any(names)})\b{_DATA}"
        self.named = re.compile(pattern) if names else None
        self.taken = re.compile(rf"(?<!\bself){pattern}") if names else None


def _names_of(part: LayerValue, owner: Instance) -> Iterator[str]:
    for name, value in owner.state.items():
        if isinstance(name, str) and name != CHILDREN and any(held is part for held in held_in(value)):
            yield name


def _any(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names)))


class Users:
    """What other files do with the models of a file."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def forget(self) -> None:
        """Read the files anew when next asked."""
        self._texts.clear()

    def reach(self, other: str, parts: Parts) -> bool:
        """Whether code in the file ``other``, which imports the model, may run a layer without its norm."""
        text = self._texts.get(other)
        if text is None:
            text = self._texts[other] = code_of(read_text(other))
        if parts.taken is not None and parts.taken.search(text) is not None:
            return True
        for start, body in cut(text, list(_DERIVED.finditer(text))):
            if parts.classes.isdisjoint(_NAME.findall(start.group(1))):
                continue
            end = _FIRST.search(body, 1)
            own = body[: end.start()] if end is not None else body
            if parts.named is not None and parts.named.search(own) is not None:
                return True
            if not parts.methods.isdisjoint(_METHOD.findall(own)):
                return True
        return False
