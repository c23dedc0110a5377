"""Code frames: rows of source with places marked and labelled, as rustc draws them.

All marks of one text are drawn in one frame; rows that no mark needs are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from convbias_lint.finding import Position
from convbias_lint.reports.escapes import cells
from convbias_lint.reports.style import Style

WIDEST = 160
"""Columns that a row may take; of a longer one the part around its marks is shown."""
_ROOM = 40


class Mark(NamedTuple):
    """A place in a text, underlined with ``sign``."""

    start: Position
    end: Position
    label: str
    colour: str
    sign: str = "-"


class _Span(NamedTuple):
    """The part of a mark on one row, in columns of the terminal."""

    start: int
    end: int
    mark: Mark


def frame(rows: Sequence[str], marks: Sequence[Mark], margin: int, style: Style) -> list[str]:
    """The lines of the frame for ``marks`` in a text of ``rows``; row numbers take ``margin`` columns."""
    marked = sorted({mark.start.row for mark in marks if 1 <= mark.start.row <= len(rows)})
    bar = style("blue", "|")
    lines: list[str] = []
    last = 0
    for number in marked:
        if last and number == last + 2:  # "..." would take as much room as the row itself
            shown, _ = _cropped(rows[last], ())
            lines.append(_row(last + 1, shown, margin, bar, style))
        elif last and number > last + 2:
            lines.append(style("blue", "..."))
        here = [mark for mark in marks if mark.start.row == number]
        shown, spans = _cropped(rows[number - 1], here)
        lines.append(_row(number, shown, margin, bar, style))
        lines += [f"{' ' * margin} {bar} {line}" for line in _underlines(spans, style)]
        last = number
    return lines


def _row(number: int, shown: str, margin: int, bar: str, style: Style) -> str:
    return f"{style('blue', f'{number:>{margin}}')} {bar} {shown}".rstrip()


def _cropped(row: str, marks: Iterable[Mark]) -> tuple[str, list[_Span]]:
    """A row as it is shown, and where the marks stand in it."""
    pieces = cells(row)
    offsets = [0]
    for _, width in pieces:
        offsets.append(offsets[-1] + width)
    spans = []
    for mark in marks:
        first = min(mark.start.column - 1, len(pieces))
        # A mark over several rows is drawn to the end of its first.
        stop = mark.end.column - 1 if mark.end.row == mark.start.row else len(row.rstrip())
        stop = max(min(stop, len(pieces)), first)
        spans.append(_Span(offsets[first], max(offsets[stop], offsets[first] + 1), mark))
    if offsets[-1] <= WIDEST:
        return "".join(shown for shown, _ in pieces).rstrip(), spans
    return _window(pieces, offsets, spans)


def _window(
    pieces: Sequence[tuple[str, int]], offsets: Sequence[int], spans: Sequence[_Span]
) -> tuple[str, list[_Span]]:
    """The part of a long row that begins a little before its first mark."""
    begin = max(min((span.start for span in spans), default=0) - _ROOM, 0)
    first = next(index for index, offset in enumerate(offsets) if offset >= begin)
    stop = next(
        (index for index, offset in enumerate(offsets) if offset > offsets[first] + WIDEST), len(pieces)
    )
    before, after = "…" * (first > 0), "…" * (stop < len(pieces))
    shift = len(before) - offsets[first]
    limit = offsets[stop - 1] + shift
    shown = before + "".join(shown for shown, _ in pieces[first : stop - 1 if after else stop]) + after
    moved = [
        _Span(
            min(span.start + shift, limit),
            max(min(span.end + shift, limit), span.start + shift + 1),
            span.mark,
        )
        for span in spans
        if span.start + shift <= limit
    ]
    return shown, moved


def _underlines(spans: Sequence[_Span], style: Style) -> list[str]:
    """The line of signs below a row, with the last label beside it, and a line for each other label."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    if not ordered:
        return []
    signs: dict[int, Mark] = {}
    for span in ordered:  # of marks inside one another the inner one is seen
        for column in range(span.start, span.end):
            signs[column] = span.mark
    # The label of the last mark stands beside the signs unless they go on behind it.
    beside = ordered[-1] if ordered[-1].end > max(signs) else None
    first = _painted({column: (mark.sign, mark.colour) for column, mark in signs.items()}, style)
    if beside is not None and beside.mark.label:
        first += " " + style(beside.mark.colour, beside.mark.label)
    lines = [first]
    below = [span for span in ordered if span is not beside and span.mark.label]
    for index in range(len(below) - 1, -1, -1):
        bars = {
            span.start: ("|", span.mark.colour) for span in below[:index] if span.start < below[index].start
        }
        line = _painted(bars, style)
        gap = " " * (below[index].start - (max(bars) + 1 if bars else 0))
        lines.append(line + gap + style(below[index].mark.colour, below[index].mark.label))
    return lines


def _painted(signs: dict[int, tuple[str, str]], style: Style) -> str:
    """Signs at their columns, neighbours of one colour painted at once."""
    line = ""
    column = 0
    while column <= max(signs, default=-1):
        if column not in signs:
            line += " "
            column += 1
            continue
        sign, colour = signs[column]
        stop = column
        while signs.get(stop) == (sign, colour):
            stop += 1
        line += style(colour, sign * (stop - column))
        column = stop
    return line
