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
    """One argument: ``keyword=value``, ``*value``, ``**value`` or ``value``."""

    keyword: Optional[str]
    star: str
    value: Span


def written_arguments(places: Places, call: ast.Call) -> list[Argument]:
    """The arguments of a call, in the order of the text."""
    found: list[tuple[Span, Optional[str], str]] = []
    for value in call.args:
        star = "*" if isinstance(value, ast.Starred) else ""
        found.append((places.span(value.value if isinstance(value, ast.Starred) else value), None, star))
    for keyword in call.keywords:
        found.append((places.span(keyword.value), keyword.arg, "" if keyword.arg else "**"))
    found.sort()
    close = places.span(call)[1] - 1
    if len(found) == 1 and found[0][0][1] > close:
        # ``f(x for x in y)``: the parentheses are those of the call, and count for both.
        (start, _), keyword_name, star = found[0]
        inner = places.text[start + 1 : close]
        start += 1 + len(inner) - len(inner.lstrip())
        return [Argument(keyword_name, star, (start, start + len(inner.strip())))]
    starts, ends = [start for (start, _), _, _ in found], [end for (_, end), _, _ in found]
    gaps = zip([places.span(call.func)[1], *ends], [*starts, close])
    around = [_parentheses(places.text, gap, number == 0) for number, gap in enumerate(gaps)]
    return [
        Argument(keyword, star, (start if opening is None else opening, end if closing is None else closing))
        for ((start, end), keyword, star), (opening, _), (_, closing) in zip(found, around, around[1:])
    ]


def _parentheses(text: str, gap: Span, is_first: bool) -> tuple[Optional[int], Optional[int]]:
    """Where those around the value behind a gap begin, and where those around the value before it end."""
    begin, end = gap
    between = _COMMENT.sub(lambda comment: " " * len(comment.group()), text[begin:end])
    # Behind what is called it is the parenthesis of the call that divides, elsewhere a comma if there is one.
    before, divider, behind = between.partition("(" if is_first else ",")
    opening, closing = behind.find("("), before.rfind(")")
    return (
        begin + len(before) + len(divider) + opening if opening >= 0 else None,
        begin + closing + 1 if closing >= 0 else None,
    )
