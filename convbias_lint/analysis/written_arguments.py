"""The arguments of a call as they are written, and where each value stands, parentheses included.

Python's tree says where a value stands without the parentheses around it.  Between two values there are only
these, a comma, a keyword, stars, blanks and comments, so that is found there.
"""

from __future__ import annotations

import ast
import re
from typing import NamedTuple, Optional

from convbias_lint.analysis.places import Places, Span

_COMMENT = re.compile(r"#[^\n]*")


class Argument(NamedTuple):
    """One argument: ``keyword=value``, ``*value``, ``**value`` or ``value``, and where its value stands."""

    keyword: Optional[str]
    star: str
    value: ast.expr
    span: Span


def written_arguments(places: Places, call: ast.Call) -> list[Argument]:
    """The arguments of a call, in the order of the text."""
    found: list[Argument] = []
    for value in call.args:
        star, value = ("*", value.value) if isinstance(value, ast.Starred) else ("", value)
        found.append(Argument(None, star, value, places.span(value)))
    for keyword in call.keywords:
        star = "**" if keyword.arg is None else ""
        found.append(Argument(keyword.arg, star, keyword.value, places.span(keyword.value)))
    found.sort(key=lambda argument: argument.span)
    close = places.span(call)[1] - 1
    if len(found) == 1 and found[0].span[1] > close:
        # ``f(x for x in y)``: the parentheses are those of the call, and count for both.
        inner = places.text[found[0].span[0] + 1 : close]
        begin, end = close - len(inner.lstrip()), close - len(inner) + len(inner.rstrip())
        return [found[0]._replace(span=(begin, end))]
    begins = [places.span(call.func)[1], *(argument.span[1] for argument in found)]
    ends = [*(argument.span[0] for argument in found), close]
    # Behind what is called it is the parenthesis of the call that divides, elsewhere a comma if there is one.
    gaps = [
        _parentheses(places.text, gap, "," if number else "(") for number, gap in enumerate(zip(begins, ends))
    ]
    return [
        argument._replace(span=(opening or argument.span[0], closing or argument.span[1]))
        for argument, (opening, _), (_, closing) in zip(found, gaps, gaps[1:])
    ]


def _parentheses(text: str, gap: Span, divider: str) -> tuple[Optional[int], Optional[int]]:
    """Where those around the value behind a gap begin, and where those around the value before it end."""
    begin, end = gap
    between = _COMMENT.sub(lambda comment: " " * len(comment.group()), text[begin:end])
    before, found, behind = between.partition(divider)
    opening, closing = behind.find("("), before.rfind(")")
    return (
        begin + len(before) + len(found) + opening if opening >= 0 else None,
        begin + closing + 1 if closing >= 0 else None,
    )
