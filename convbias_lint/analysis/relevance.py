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

    def worth_running(self, name: str) -> bool:
        """Whether the definition of ``name`` may build both a layer with a bias and a norm."""
        todo, seen = [name], {name}
        layer = norm = False
        while todo:
            chunk = self._chunks.get(todo.pop())
            if chunk is None:
                continue
            layer = layer or _LAYER.search(chunk) is not None
            norm = norm or _NORM.search(chunk) is not None
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
