"""The edit that gives a call the bias argument it should have, in the style of the call's own text.

Here every blank, comma and comment counts.
"""

from __future__ import annotations

import ast
from typing import Optional

from convbias_lint.analysis.places import Places
from convbias_lint.analysis.syntax import parse
from convbias_lint.analysis.written_arguments import Argument, written_arguments
from convbias_lint.finding import Edit


def both(left: str, right: str) -> str:
    """The expression that is true where two others are."""
    return f"{_operand(left)} and {_operand(right)}"


def _operand(text: str) -> str:
    """An expression as a part of one with ``and``, in parentheses if it needs them."""
    line = parse(f"[{text}]").body[0]
    assert isinstance(line, ast.Expr)
    assert isinstance(line.value, ast.List)
    value = line.value.elts[0]
    loose = isinstance(value, (ast.IfExp, ast.Lambda, ast.NamedExpr)) or (
        isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or)
    )
    return f"({text})" if loose and (value.lineno, value.col_offset) == (1, 1) else text


class CallText:
    """One call as it is written: its arguments, and where they stand in the text of the file."""

    def __init__(self, places: Places, node: ast.Call) -> None:
        self.places = places
        self.start, self.end = places.span(node)
        self.args = written_arguments(places, node)

    def text_of(self, arg: Argument) -> str:
        """The text of an argument's value, parentheses around it included."""
        return self.places.text[slice(*arg.span)]

    def argument(self, keyword: str, position: Optional[int]) -> Optional[Argument]:
        """The argument that holds the bias, if it is written out in the call."""
        for index, arg in enumerate(self.args):
            if arg.keyword == keyword:
                return arg
            if arg.star or (arg.keyword is None and index == position):
                return None if arg.star else arg
        return None

    def written(self, name: Optional[str], index: int) -> Optional[Argument]:
        """The argument called ``name``, or the ``index``-th of those without a name."""
        if name is not None:
            return next((arg for arg in self.args if arg.keyword == name), None)
        plain = [arg for arg in self.args if arg.keyword is None and arg.star != "**"]
        return plain[index] if index < len(plain) else None

    def set_argument(self, arg: Optional[Argument], keyword: str, value: str) -> tuple[Edit, ...]:
        """Edits after which the call has ``keyword=value``; ``arg`` is the argument that holds it now."""
        if arg is not None:
            return (self._edit(*arg.span, value),)
        written = f"{keyword}={value}"
        close = self.end - 1
        if not self.args:
            return (self._edit(close, close, written),)
        text = self.places.text
        last = self.args[-1]
        value_start, value_end = last.span
        comma = _comma(text, value_end, close)
        lead = text[text.rfind("\n", 0, value_start) + 1 : value_start]
        if last.star:
            lead = lead.rstrip("*")
        elif last.keyword is not None:
            # Between the keyword and the value there is "=", perhaps with blanks.
            lead = lead[: lead.rfind(last.keyword)] if last.keyword in lead else lead
        own_line = not lead.strip() and "\n" in text[self.start : value_start]
        tail = text[(value_end if comma is None else comma + 1) : close]
        if comma is not None and "\n" in tail and own_line:
            after = text.index("\n", comma) + 1
            return (self._edit(after, after, f"{lead}{written},\n"),)
        if comma is not None:
            return (self._edit(comma + 1, comma + 1, f" {written},"),)
        if own_line and "\n" in tail:
            after = text.index("\n", value_end) + 1
            added = self._edit(after, after, f"{lead}{written}\n")
            return (self._edit(value_end, value_end, ","), added)
        separator = f",\n{lead}" if own_line else ", "
        return (self._edit(value_end, value_end, separator + written),)

    def _edit(self, start: int, end: int, content: str) -> Edit:
        return Edit(self.places.position(start), self.places.position(end), content)


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
