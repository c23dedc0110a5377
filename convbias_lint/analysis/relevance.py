"""Which classes and functions of a file can lead to a finding at all, told from their text.

Running a model costs far more than looking for words.  A class is worth running only where its own
text, or that of what it mentions in the same file, names a layer with a bias and a norm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from convbias_lint.gate import hands_bias_on, names_norm, uses_missing_bias

_START = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_NAME = re.compile(r"\b[A-Za-z_]\w*")
# ``Convert``, ``convolve`` and ``convex`` are no layers.
_LAYER = re.compile(r"Conv(?!er|ol|ex)|[a-z]Conv|conv(?!er|ol|ex)|Linear|linear|Dense|dense|LAYER|layer")

_OWN_LAYER = re.compile(r"(?:Conv|Linear|Dense)\w*\(")
_OWN_NORM = re.compile(r"(?:Batch|Instance)Norm\w*\(")


class Relevance:
    """The top-level definitions of a text, and what each leads to."""

    def __init__(self, text: str, rows: Iterable[str] = ()) -> None:
        """``rows`` are the names of all layers that are known."""
        own = {name.rsplit(".", 1)[-1] for name in rows if not name.startswith(("torch.", "keras."))}
        self._own = {name for name in own if name in text}
        self._any_norm = uses_missing_bias(text.encode("utf-8"))
        """Whether layers without a norm behind them matter, too."""
        self._handed = hands_bias_on(text.encode("utf-8"))
        starts = list(_START.finditer(text))
        ends = [start.start() for start in starts[1:]] + [len(text)]
        self._chunks: dict[str, str] = {}
        for start, end in zip(starts, ends):
            name = start.group(1)
            self._chunks[name] = self._chunks.get(name, "") + text[start.start() : end]
        self._names: dict[str, frozenset[str]] = {}
        self._named: dict[str, tuple[bool, bool]] = {}
        """By a definition's name, whether its text names a layer, and a norm."""

    def worth_running(self, name: str) -> bool:
        """Whether the definition of ``name`` may build both a layer with a bias and a norm."""
        todo, seen = [name], {name}
        layer = norm = False
        while todo:
            current = todo.pop()
            chunk = self._chunks.get(current)
            if chunk is None:
                continue
            if current not in self._named:
                own = any(name in chunk for name in self._own)
                self._named[current] = own or _LAYER.search(chunk) is not None, own or self._names_norm(chunk)
            layer = layer or self._named[current][0]
            norm = norm or self._named[current][1]
            if layer and norm:
                return True
            for other in self._mentioned(chunk):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return False

    def _names_norm(self, chunk: str) -> bool:
        return (
            self._any_norm
            or "NORM" in chunk
            or (self._handed and "bias=True" in chunk)
            or names_norm(chunk.encode("utf-8"))
        )

    def names_both(self, name: str) -> bool:
        """Whether the text of a class itself names a layer and a norm of the framework's."""
        chunk = self._chunks.get(name, "")
        return (
            chunk.startswith("class")
            and _OWN_LAYER.search(chunk) is not None
            and _OWN_NORM.search(chunk) is not None
        )

    def _mentioned(self, chunk: str) -> frozenset[str]:
        names = self._names.get(chunk)
        if names is None:
            names = self._names[chunk] = frozenset(_NAME.findall(chunk)) & self._chunks.keys()
        return names
