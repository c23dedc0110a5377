"""The edit that gives a call the bias argument it should have, in the style of the call's own text."""

from __future__ import annotations

from typing import Any, Optional

from convbias_lint.analysis.places import Places
from convbias_lint.finding import Edit


def argument_of(call: Any, keyword: str, position: Optional[int]) -> Optional[Any]:
    """The LibCST argument that holds the bias, if it is written out in the call."""
    for index, arg in enumerate(call.args):
        if arg.keyword is not None and arg.keyword.value == keyword:
            return arg
        if arg.star or (arg.keyword is None and index == position):
            return None if arg.star else arg
    return None


def set_argument(places: Places, call: Any, arg: Optional[Any], keyword: str, value: str) -> tuple[Edit, ...]:
    """Edits after which ``call`` has ``keyword=value``; ``arg`` is the argument that holds it now."""
    if arg is not None:
        start, end = places.outer(arg.value)
        return (_edit(places, start, end, value),)
    written = f"{keyword}={value}"
    _, call_end = places.inner(call)
    close = call_end - 1
    if not call.args:
        return (_edit(places, close, close, written),)
    text = places.text
    value_start, value_end = places.outer(call.args[-1].value)
    comma = _comma(text, value_end, close)
    line_start = text.rfind("\n", 0, value_start) + 1
    first = call.args[-1]
    lead = text[line_start:value_start]
    if first.star:
        lead = lead.rstrip("*")
    elif first.keyword is not None:
        # Between the keyword and the value there is "=", perhaps with blanks.
        lead = lead[: lead.rfind(first.keyword.value)] if first.keyword.value in lead else lead
    own_line = not lead.strip() and "\n" in text[places.inner(call)[0] : value_start]
    tail = text[(value_end if comma is None else comma + 1) : close]
    if comma is not None and "\n" in tail and own_line:
        after = text.index("\n", comma) + 1
        return (_edit(places, after, after, f"{lead}{written},\n"),)
    if comma is not None:
        return (_edit(places, comma + 1, comma + 1, f" {written},"),)
    if own_line and "\n" in tail:
        after = text.index("\n", value_end) + 1
        added = _edit(places, after, after, f"{lead}{written}\n")
        return (_edit(places, value_end, value_end, ","), added)
    separator = f",\n{lead}" if own_line else ", "
    return (_edit(places, value_end, value_end, separator + written),)


def _comma(text: str, start: int, end: int) -> Optional[int]:
    """The offset of a trailing comma between two offsets, comments left out."""
    offset = start
    while offset < end:
        if text[offset] == "#":
            offset = text.find("\n", offset)
            if offset < 0:
                return None
        elif text[offset] == ",":
            return offset
        offset += 1
    return None


def _edit(places: Places, start: int, end: int, content: str) -> Edit:
    return Edit(places.position(start), places.position(end), content)
