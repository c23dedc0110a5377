"""The edit that gives a call the bias argument it should have, in the style of the call's own text.

Here every blank, comma and comment counts: the call alone is parsed by LibCST, which keeps them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Optional

import libcst as cst
from libcst._nodes.internal import CodegenState

from convbias_lint.analysis.places import Places, Span
from convbias_lint.finding import Edit


def both(left: str, right: str) -> str:
    """The expression that is true where two others are."""
    return f"{_operand(left)} and {_operand(right)}"


def _operand(text: str) -> str:
    """An expression as a part of one with ``and``, in parentheses if it needs them."""
    node = cst.parse_expression(f"[{text}]")
    assert isinstance(node, cst.List)
    value = node.elements[0].value
    loose = isinstance(value, (cst.IfExp, cst.Lambda, cst.NamedExpr)) or (
        isinstance(value, cst.BooleanOperation) and isinstance(value.operator, cst.Or)
    )
    return f"({text})" if loose and not value.lpar else text


class CallText:
    """One call as it is written: its arguments, and where they stand in the text of the file."""

    def __init__(self, places: Places, node: Any) -> None:
        self.places = places
        self.start, self.end = places.span(node)
        self.args, self._spans = _parsed(places.text[self.start : self.end])

    def span(self, node: cst.CSTNode) -> Span:
        """The code of a node, parentheses around it included."""
        start, end = self._spans[id(node)]
        return self.start + start, self.start + end

    def argument(self, keyword: str, position: Optional[int]) -> Optional[cst.Arg]:
        """The argument that holds the bias, if it is written out in the call."""
        for index, arg in enumerate(self.args):
            if arg.keyword is not None and arg.keyword.value == keyword:
                return arg
            if arg.star or (arg.keyword is None and index == position):
                return None if arg.star else arg
        return None

    def written(self, name: Optional[str], index: int) -> Optional[cst.Arg]:
        """The argument called ``name``, or the ``index``-th of those without a name."""
        if name is not None:
            return next((arg for arg in self.args if arg.keyword and arg.keyword.value == name), None)
        plain = [arg for arg in self.args if arg.keyword is None and arg.star != "**"]
        return plain[index] if index < len(plain) else None

    def set_argument(self, arg: Optional[cst.Arg], keyword: str, value: str) -> tuple[Edit, ...]:
        """Edits after which the call has ``keyword=value``; ``arg`` is the argument that holds it now."""
        if arg is not None:
            return (self._edit(*self.span(arg.value), value),)
        written = f"{keyword}={value}"
        close = self.end - 1
        if not self.args:
            return (self._edit(close, close, written),)
        text = self.places.text
        last = self.args[-1]
        value_start, value_end = self.span(last.value)
        comma = _comma(text, value_end, close)
        lead = text[text.rfind("\n", 0, value_start) + 1 : value_start]
        if last.star:
            lead = lead.rstrip("*")
        elif last.keyword is not None:
            # Between the keyword and the value there is "=", perhaps with blanks.
            lead = lead[: lead.rfind(last.keyword.value)] if last.keyword.value in lead else lead
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


@lru_cache(maxsize=1024)
def _parsed(text: str) -> tuple[Sequence[cst.Arg], dict[int, Span]]:
    """The arguments of a call, and by the id of each node in it the part of ``text`` that it is.

    Many calls of a model are alike, and an editor asks for the same ones again and again.
    """
    call = cst.parse_expression(f"({text})")  # in parentheses it can run over several rows
    assert isinstance(call, cst.Call)
    state = _Recorder()
    call._codegen(state)
    offsets = list(accumulate(map(len, state.tokens), initial=-1))
    return call.args, {key: (offsets[first], offsets[last]) for key, (first, last) in state.spans.items()}


class _Recorder(CodegenState):
    """Generates code and notes at which token each node starts and ends."""

    def __init__(self) -> None:
        super().__init__(default_indent="    ", default_newline="\n")
        self.spans: dict[int, tuple[int, int]] = {}
        self._open: list[int] = []

    def before_codegen(self, node: Any) -> None:
        self._open.append(len(self.tokens))

    def after_codegen(self, node: Any) -> None:
        self.spans.setdefault(id(node), (self._open.pop(), len(self.tokens)))


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
