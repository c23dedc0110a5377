"""Markdown and reStructuredText: each block of Python code as a module of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Optional

from convbias_lint.finding import Edit, Position
from convbias_lint.rows import Rows
from convbias_lint.source import UTF8_BOM, Source, Span, decode

_PYTHON = r"(?:python3?|py3?|pyi)"
_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_INFO = re.compile(
    rf"\s*(?:{_PYTHON}(?![\w+-])|\{{\s*\.?{_PYTHON}[\s\}}]|\{{code-(?:cell|block)\}}\s*(?:{_PYTHON}|ipython3?)\b)",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile(
    rf"(?P<indent>[ \t]*)\.\.[ \t]+(?:code-block|code|sourcecode)::[ \t]*{_PYTHON}[ \t]*$", re.IGNORECASE
)
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_SESSION = re.compile(r"[ \t]*(?:>>>|\$|In \[)")


class _Block(NamedTuple):
    """A code block: the number of its first row, its rows, and how much of each row's start is not code."""

    first: int
    rows: tuple[str, ...]
    margins: tuple[str, ...]


class DocumentSource(Source):
    """A document; every code block is a unit."""

    def __init__(self, data: bytes, restructured: bool) -> None:
        self._mark = UTF8_BOM if data.startswith(UTF8_BOM) else b""
        self._rows = Rows(decode(data[len(self._mark) :], "utf-8"))
        rows = self._rows.text.split("\n")
        found = _directives(rows) if restructured else _fences(rows)
        self._blocks = [block for block in found if not _is_session(block)]
        self.units = tuple("".join(f"{row}\n" for row in block.rows) for block in self._blocks)

    def span(self, unit: int, start: Position, end: Position) -> Span:
        block = self._blocks[unit]
        return Span(None, self._position(block, start), self._position(block, end))

    def edited(self, edits: Mapping[int, Iterable[Edit]]) -> bytes:
        moved = []
        for unit, unit_edits in edits.items():
            block = self._blocks[unit]
            moved += [self._moved(block, edit) for edit in unit_edits]
        return self._mark + self._rows.edited(moved).encode("utf-8")

    def shown(self, cell: Optional[int] = None) -> str:
        return self._rows.text

    def _moved(self, block: _Block, edit: Edit) -> Edit:
        """An edit of a block as an edit of the page: new rows get the block's margin."""
        start, end = self._position(block, edit.start), self._position(block, edit.end)
        margin = block.margins[min(edit.start.row, len(block.margins)) - 1]
        content = edit.content.replace("\n", f"\n{margin}")
        if edit.end.row > len(block.rows):  # up to the row behind the block, which keeps its own margin
            start = Position(start.row, 1) if edit.start.column == 1 else start
            content = content[: -len(margin)] if margin and content.endswith(f"\n{margin}") else content
            content = margin + content if content and edit.start.column == 1 else content
        return Edit(start, end, content)

    def _position(self, block: _Block, position: Position) -> Position:
        """A position in the page: column 1 of a block's row is where its code begins."""
        if position.row > len(block.rows):
            return Position(block.first + len(block.rows), 1)
        margin = block.margins[position.row - 1]
        return Position(block.first + position.row - 1, position.column + len(margin))


def _fences(rows: list[str]) -> Iterator[_Block]:
    index = 0
    while index < len(rows):
        opening = _FENCE.match(rows[index])
        index += 1
        if opening is None:
            continue
        first = index
        closing = re.compile(rf"[ \t]*{re.escape(opening['fence'])}{re.escape(opening['fence'][0])}*[ \t]*$")
        while index < len(rows) and not closing.match(rows[index]):
            index += 1
        if _INFO.match(opening["info"]) and index < len(rows):
            yield _block(rows, first, index, opening["indent"])
        index += 1


def _directives(rows: list[str]) -> Iterator[_Block]:
    index = 0
    while index < len(rows):
        opening = _DIRECTIVE.match(rows[index])
        index += 1
        if opening is None:
            continue
        while index < len(rows) and _OPTION.match(rows[index]):
            index += 1
        while index < len(rows) and not rows[index].strip():
            index += 1
        margin = _margin(rows[index]) if index < len(rows) else ""
        first = index
        while index < len(rows) and (not rows[index].strip() or rows[index].startswith(margin)):
            index += 1
        last = index
        while last > first and not rows[last - 1].strip():
            last -= 1
        if len(margin) > len(opening["indent"]) and last > first:
            yield _block(rows, first, last, margin)


def _block(rows: list[str], first: int, last: int, indent: str) -> _Block:
    """The block of the rows from ``first`` up to ``last`` (indices), as deep in the page as ``indent``."""
    margins = []
    for row in rows[first:last]:
        blanks = _margin(row)
        margins.append(indent if row.startswith(indent) else blanks[: len(indent)])
    code = tuple(row[len(margin) :] for row, margin in zip(rows[first:last], margins))
    return _Block(first + 1, code, tuple(margins))


def _margin(row: str) -> str:
    return row[: len(row) - len(row.lstrip(" \t"))]


def _is_session(block: _Block) -> bool:
    """Whether a block shows a prompt and what it answered, rather than a module."""
    return any(_SESSION.match(row) for row in block.rows[:1])
