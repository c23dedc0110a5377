"""Source on the page: rows with the layer, the way and the norm marked, and what the fix makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple, Optional

from convbias_lint.finding import Edit, Position
from convbias_lint.reports.escapes import cells

CONTEXT = 1
"""Rows to show above and below a marked one."""
LONGEST = 400
"""Characters of a row that are shown."""


class Mark(NamedTuple):
    """A place in the source, what it is (a class of the style) and what to say about it."""

    start: Position
    end: Position
    kind: str
    label: str


class Change(NamedTuple):
    """Rows ``first`` to ``last`` become ``rows``: pieces of text, each with whether it is new.

    Where ``last`` is before ``first``, ``rows`` are inserted before ``first`` and nothing goes.
    """

    first: int
    last: int
    rows: tuple[tuple[tuple[str, bool], ...], ...]
    deleted: tuple[tuple[Position, Position], ...]


def listing(rows: Sequence[str], marks: Sequence[Mark], edits: Sequence[Edit]) -> str:
    """The rows around ``marks``, as a table; rows that ``edits`` change are followed by what they become."""
    changes = list(changed(rows, edits))
    lines: list[str] = []
    last = 0
    for number in _wanted(rows, marks, changes):
        if last and number > last + 1:
            lines.append('<tr class="gap"><td>⋯</td><td></td></tr>')
        inserted = (change.rows for change in changes if change.last < change.first == number)
        lines += [_new_row(row) for made in inserted for row in made]
        change = next((change for change in changes if change.first <= number <= change.last), None)
        lines.append(_row(rows[number - 1], number, marks, change))
        if change is not None and number == change.last:
            lines += map(_new_row, change.rows)
        last = number
    return f'<table class="source">{"".join(lines)}</table>' if lines else ""


def changed(rows: Sequence[str], edits: Iterable[Edit]) -> Iterator[Change]:
    """What ``edits`` make of the rows they touch; edits on the same rows are one change."""
    group: list[Edit] = []
    for edit in sorted(edits):
        if edit.end.row > len(rows):  # the file changed since
            return
        if group and edit.start.row > group[-1].end.row:
            yield _change(rows, group)
            group = []
        group.append(edit)
    if group:
        yield _change(rows, group)


def _change(rows: Sequence[str], edits: Sequence[Edit]) -> Change:
    first, last = edits[0].start.row, edits[-1].end.row
    pieces: list[tuple[str, bool]] = []
    done = Position(first, 1)
    for edit in edits:
        pieces += [(_between(rows, done, edit.start), False), (edit.content, True)]
        done = edit.end
    pieces.append((rows[last - 1][done.column - 1 :], False))
    made: list[list[tuple[str, bool]]] = [[]]
    for text, new in pieces:
        for index, part in enumerate(text.split("\n")):
            if index:
                made.append([])
            if part:
                made[-1].append((part, new))
    deleted = tuple((edit.start, edit.end) for edit in edits)
    return _trimmed(rows, Change(first, last, tuple(tuple(row) for row in made), deleted))


def _trimmed(rows: Sequence[str], change: Change) -> Change:
    """``change`` without the rows at its ends that stay as they are: an inserted row is only that."""
    first, last, made, _ = change
    while made and first <= last and _text(made[-1]) == rows[last - 1]:
        last, made = last - 1, made[:-1]
    while made and first <= last and _text(made[0]) == rows[first - 1]:
        first, made = first + 1, made[1:]
    return change._replace(first=first, last=last, rows=made)


def _text(pieces: Iterable[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in pieces)


def _between(rows: Sequence[str], start: Position, end: Position) -> str:
    if start.row == end.row:
        return rows[start.row - 1][start.column - 1 : end.column - 1]
    middle = rows[start.row : end.row - 1]
    return "\n".join([rows[start.row - 1][start.column - 1 :], *middle, rows[end.row - 1][: end.column - 1]])


def _wanted(rows: Sequence[str], marks: Sequence[Mark], changes: Sequence[Change]) -> list[int]:
    """The rows to show: those that matter, neighbours with something on them, and gaps of a single row."""
    numbers: set[int] = set()
    for first, last in [
        *((m.start.row, m.start.row) for m in marks),
        *((c.first, max(c.first, c.last)) for c in changes),
    ]:
        numbers.update(range(max(first, 1), min(last, len(rows)) + 1))
        beside = [*range(first - CONTEXT, first), *range(last + 1, last + CONTEXT + 1)]
        numbers.update(number for number in beside if 1 <= number <= len(rows) and rows[number - 1].strip())
    return sorted(numbers | {number + 1 for number in numbers if number + 2 in numbers})


def _row(row: str, number: int, marks: Sequence[Mark], change: Optional[Change]) -> str:
    kind, deleted = ("row", ()) if change is None else ("row old", change.deleted)
    labels = "".join(
        f'<span class="label {mark.kind}">{prose(mark.label)}</span>'
        for mark in marks
        if mark.start.row == number and mark.label
    )
    code = _annotated(row, number, marks, deleted)
    return f'<tr class="{kind}"><td>{number}</td><td><code>{code}</code>{labels}</td></tr>'


def _annotated(
    row: str, number: int, marks: Sequence[Mark], deleted: Sequence[tuple[Position, Position]]
) -> str:
    """A row with its marks: an element for each run of characters that are marked alike."""
    classes: list[tuple[str, ...]] = [()] * len(row)
    # A place over several rows is marked on its first only, text that goes is marked wherever it is.
    spans = [(mark.start, mark.end, mark.kind) for mark in marks if mark.start.row == number]
    spans += [(start, end, "gone") for start, end in deleted if start.row <= number <= end.row]
    for start, end, kind in spans:
        first = start.column - 1 if start.row == number else len(row) - len(row.lstrip())
        stop = end.column - 1 if end.row == number else len(row.rstrip())
        for index in range(first, min(stop, len(row))):
            if kind not in classes[index]:
                classes[index] = (*classes[index], kind)
    begin = _begin(next((index for index, kinds in enumerate(classes) if kinds), 0), len(row))
    return _cut(begin, "".join(_runs(row, classes, begin)), begin + LONGEST < len(row))


def _runs(row: str, classes: Sequence[tuple[str, ...]], begin: int) -> Iterator[str]:
    stop = min(len(row), begin + LONGEST)
    index = begin
    while index < stop:
        run = index
        while run < stop and classes[run] == classes[index]:
            run += 1
        text = shown(row[index:run])
        yield f'<span class="{" ".join(classes[index])}">{text}</span>' if classes[index] else text
        index = run


def _new_row(row: Sequence[tuple[str, bool]]) -> str:
    return f'<tr class="row new"><td>+</td><td><code>{_made(row)}</code></td></tr>'


def _made(row: Sequence[tuple[str, bool]]) -> str:
    """A row that the fix makes, with what is new marked."""
    flat = _text(row)
    length = len(flat)
    if all(new for _, new in row):
        return shown(flat[:LONGEST])
    if length <= LONGEST:
        return "".join(f"<ins>{shown(text)}</ins>" if new else shown(text) for text, new in row)
    fresh = [new for text, new in row for _ in text]
    begin = _begin(fresh.index(True) if True in fresh else 0, length)
    return _cut(begin, shown(flat[begin : begin + LONGEST]), begin + LONGEST < length)


def _begin(first: int, length: int) -> int:
    """Where to begin to show a row of which the character ``first`` matters."""
    return 0 if length <= LONGEST else max(min(first - 60, length - LONGEST), 0)


def _cut(begin: int, code: str, more: bool) -> str:
    return f"{'…' * (begin > 0)}{code}{'…' * more}"


def shown(text: str) -> str:
    """Source as HTML: harmless characters only, tabs as blanks."""
    return escape("".join(piece for piece, _ in cells(text)))


def prose(text: str) -> str:
    """A message as HTML, what stands between backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))
