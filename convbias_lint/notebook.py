"""Jupyter notebooks: the code cells in order as one module, and edits of nothing but their source.

A notebook is JSON that tools format each in their own way, so it is never written anew: the literals of
the source strings are found in the text, and edits replace characters inside them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from json.decoder import JSONDecodeError, JSONDecoder
from typing import NamedTuple, Optional

from convbias_lint.finding import Edit, Position
from convbias_lint.magics import masked
from convbias_lint.rows import Rows
from convbias_lint.source import UTF8_BOM, Source, SourceError, Span, decode

_SPACE = re.compile(r"[ \t\r\n]*")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]"
)
_HALF = re.compile("[\ud800-\udfff]")  # JSON can write them, text cannot hold them
_DECODER = JSONDecoder(strict=False)


class _Literal(NamedTuple):
    """A string literal of the JSON text: where its inside lies, and what it says."""

    start: int
    end: int
    value: str


class _Cell(NamedTuple):
    """A code cell: its number among all cells (from 1), the literals of its source, list or string."""

    number: int
    literals: tuple[_Literal, ...]
    listed: bool
    rows: Rows


class NotebookSource(Source):
    """A notebook; it has one unit."""

    def __init__(self, data: bytes) -> None:
        self._mark = UTF8_BOM if data.startswith(UTF8_BOM) else b""
        self._json = decode(data[len(self._mark) :], "utf-8")
        self._cells = _read(self._json)
        texts = [masked(cell.rows.text) for cell in self._cells]
        self._first_rows: list[int] = []
        row = 1
        for text in texts:
            self._first_rows.append(row)
            row += text.count("\n") + 1
        self.units = ("\n".join(texts) + "\n",) if texts else ()

    def span(self, unit: int, start: Position, end: Position) -> Span:
        index = self._index(start)
        cell, above = self._cells[index], self._first_rows[index] - 1
        last = Position(len(cell.rows), len(cell.rows.row(len(cell.rows))) + 1)
        # Errors of unfinished code are found behind the cell, whole rows end where the next one begins.
        return Span(cell.number, min(_moved(start, -above), last), min(_moved(end, -above), last))

    def parts(self, unit: int) -> tuple[tuple[int, int], ...]:
        firsts = [*self._first_rows, self._first_rows[-1] + len(self._cells[-1].rows)]
        return tuple((first, following - 1) for first, following in zip(firsts, firsts[1:]))

    def edited(self, edits: Mapping[int, Iterable[Edit]]) -> bytes:
        changes: list[tuple[int, int, str]] = []
        by_cell: dict[int, list[Edit]] = {}
        for edit in edits.get(0, ()):
            index = self._index(edit.start)
            above = self._first_rows[index] - 1
            by_cell.setdefault(index, []).append(
                Edit(_moved(edit.start, -above), _moved(edit.end, -above), edit.content)
            )
        for index, cell_edits in by_cell.items():
            cell = self._cells[index]
            for start, end, content in cell.rows.changes(cell_edits):
                changes.append(self._change(cell, start, end, content))
        parts, done = [], 0
        for start, end, content in sorted(changes):
            parts += [self._json[done:start], content]
            done = end
        return self._mark + "".join([*parts, self._json[done:]]).encode("utf-8")

    def shown(self, cell: Optional[int] = None) -> str:
        for candidate in self._cells:
            if candidate.number == cell:
                return candidate.rows.text
        return self.units[0] if self.units else ""

    @property
    def cells(self) -> tuple[tuple[int, str], ...]:
        """Number and text of every code cell."""
        return tuple((cell.number, cell.rows.text) for cell in self._cells)

    def _index(self, position: Position) -> int:
        """Which of the code cells a position of the unit is in."""
        return max(0, bisect_right(self._first_rows, position.row) - 1)

    def _change(self, cell: _Cell, start: int, end: int, content: str) -> tuple[int, int, str]:
        """The change of the JSON text that changes the cell's source from ``start`` to ``end``."""
        written = json.dumps(content, ensure_ascii=self._json.isascii())[1:-1]
        if cell.listed:
            # One string for each row, as notebook tools write them.
            pieces = [json.dumps(row, ensure_ascii=self._json.isascii())[1:-1] for row in _kept_rows(content)]
            written = f'"{self._separator(cell)}"'.join(pieces)
        first, last = self._inside(cell, start), self._inside(cell, end)
        literals = cell.literals
        if not written and len(literals) > 1 and (first, last) == literals[-1][:2]:
            return literals[-2].end + 1, last + 1, ""  # the last row goes: no empty string stays
        return first, last, written

    def _inside(self, cell: _Cell, offset: int) -> int:
        """Where an offset into the cell's source is in the JSON text; between two strings, in the second."""
        for literal in cell.literals[:-1]:
            if offset < len(literal.value):
                return _within(self._json, literal, offset)
            offset -= len(literal.value)
        return _within(self._json, cell.literals[-1], offset)

    def _separator(self, cell: _Cell) -> str:
        """What stands between two strings of the cell's source list."""
        if len(cell.literals) > 1:
            return self._json[cell.literals[0].end + 1 : cell.literals[1].start - 1]
        opening = self._json.rindex("[", 0, cell.literals[0].start)
        blanks = self._json[opening + 1 : cell.literals[0].start - 1]
        return "," + (blanks or " ")


def _moved(position: Position, rows: int) -> Position:
    return Position(position.row + rows, position.column)


def _kept_rows(content: str) -> list[str]:
    """``content`` cut behind every newline; the last piece may be empty."""
    pieces = content.split("\n")
    return [piece + "\n" for piece in pieces[:-1]] + [pieces[-1]]


def _within(text: str, literal: _Literal, offset: int) -> int:
    """Where character ``offset`` of a literal's value is in the text: an escape is one character."""
    place = literal.start
    if "\\" not in text[literal.start : literal.end]:
        return place + offset
    for _ in range(offset):
        match = _CHARACTER.match(text, place)
        assert match is not None  # the literal was read as JSON before
        place = match.end()
    return place


def _read(text: str) -> tuple[_Cell, ...]:
    """The code cells of a notebook. Raises SourceError."""
    try:
        document, end = _DECODER.raw_decode(text, _skip(text, 0))
    except JSONDecodeError as error:
        raise SourceError(
            f"broken notebook: {error.msg} (row {error.lineno}, column {error.colno})"
        ) from None
    except RecursionError:
        raise SourceError("broken notebook: nested too deeply") from None
    if _skip(text, end) < len(text):
        raise SourceError("broken notebook: more text behind its end")
    if not isinstance(document, dict) or "nbformat" not in document:
        raise SourceError("broken notebook: no `nbformat`, so it is other JSON")
    if document["nbformat"] != 4:
        raise SourceError(
            f"notebook format {document['nbformat']}; convert it with `jupyter nbconvert --to notebook`"
        )
    if not isinstance(document.get("cells"), list):
        raise SourceError("broken notebook: no list of cells")
    language = _language(document)
    if language is not None and language != "python":
        return ()
    members = dict(_members(text, _skip(text, 0)))
    cells = []
    for number, (start, cell) in enumerate(zip(_items(text, members["cells"]), document["cells"]), start=1):
        if not isinstance(cell, dict):
            raise SourceError(f"broken notebook: cell {number} is no object")
        if cell.get("cell_type") == "code":
            cells.append(_cell(text, number, start))
    return tuple(cells)


def _language(document: dict[str, object]) -> Optional[str]:
    """The language of the code cells, where the metadata tell it."""
    metadata = document.get("metadata")
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        entry = metadata.get(key) if isinstance(metadata, dict) else None
        if isinstance(entry, dict) and isinstance(entry.get(name), str):
            return str(entry[name]).lower()
    return None


def _cell(text: str, number: int, start: int) -> _Cell:
    place = dict(_members(text, start)).get("source")
    if place is None:
        raise SourceError(f"broken notebook: cell {number} has no source")
    listed = text[place] == "["
    places = list(_items(text, place)) if listed else [place]
    literals = []
    for literal in places:
        value, end = _DECODER.raw_decode(text, literal)
        if not isinstance(value, str):
            raise SourceError(f"broken notebook: the source of cell {number} is no text")
        half = _HALF.search(value)
        if half is not None:
            raise SourceError(f"broken notebook: U+{ord(half[0]):04X} in cell {number} is half a character")
        literals.append(_Literal(literal + 1, end - 1, value))
    return _Cell(number, tuple(literals), listed, Rows("".join(literal.value for literal in literals)))


def _members(text: str, start: int) -> Iterable[tuple[str, int]]:
    """Keys and the places of their values, of the (valid) JSON object at ``start``."""
    place = _skip(text, start + 1)
    while text[place] != "}":
        key, place = _DECODER.raw_decode(text, place)
        place = _skip(text, _skip(text, place) + 1)
        yield key, place
        place = _behind(text, place)


def _items(text: str, start: int) -> Iterable[int]:
    """The places of the items of the (valid) JSON array at ``start``."""
    place = _skip(text, start + 1)
    while text[place] != "]":
        yield place
        place = _behind(text, place)


def _behind(text: str, place: int) -> int:
    """Where the next member or item begins after the value at ``place``, or the closing bracket is."""
    _, place = _DECODER.raw_decode(text, place)
    place = _skip(text, place)
    return _skip(text, place + 1) if text[place] == "," else place


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return place if match is None else match.end()
