"""Which classes and functions of a file can lead to a finding at all, told from their text.

Running a model costs far more than looking for words.  A class is worth running only where its own
text, or that of what it mentions in the same file, names a layer with a bias and a norm.
"""

from __future__ import annotations

import re

_START = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_NAME = re.compile(r"\b[A-Za-z_]\w*")
# ``Convert``, ``convolve`` and ``convex`` are no layers, ``Normalize`` and ``normal_`` no norms.
_LAYER = re.compile(r"Conv(?!er|ol|ex)|[a-z]Conv|conv(?!er|ol|ex)|Linear|linear|Dense|dense|LAYER|layer")
_NORM = re.compile(r"[Nn]orm(?!al)|Normalization|NORM|BN|bn")


class Relevance:
    """The top-level definitions of a text, and what each leads to."""

    def __init__(self, text: str) -> None:
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
                self._named[current] = _LAYER.search(chunk) is not None, _NORM.search(chunk) is not None
            layer = layer or self._named[current][0]
            norm = norm or self._named[current][1]
            if layer and norm:
                return True
            for other in self._mentioned(chunk):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return False

    def _mentioned(self, chunk: str) -> frozenset[str]:
        names = self._names.get(chunk)
        if names is None:
            names = self._names[chunk] = frozenset(_NAME.findall(chunk)) & self._chunks.keys()
        return names
