"""Where the arguments of a call stand, compared with LibCST, which keeps every blank and comment."""

from __future__ import annotations

import ast
from itertools import accumulate
from pathlib import Path
from typing import Any, Optional

import libcst as cst
import pytest
from libcst._nodes.internal import CodegenState

from convbias_lint.analysis.places import Places
from convbias_lint.analysis.written_arguments import written_arguments

CASES = Path(__file__).parent / "cases"

ODD = """\
f()
f( )
(f)( # (
)
(f)(3, (4), ((5)))
(f) ( (3), # a (comment), with )
  k = ( # (
   (4) ), )
f(*a, *(b), k=1, **(c), )
f((3, 4), (x for x in y), [1], {2: 3}, "a(,", 'b)#' )
f((x := 3), lambda: (3), ((4),))
f(
  (  # one
    a  # two )
  )  # three ,
  ,
  b = (c)  # , (
)
f(\\
 (a), \\
 b)
g(f((1))(2), (f)((3)), é="ä", ö=("ü"))
f(a)((b))
f(x)[1]((2), (3)(4))
f(**{"a": (1)})
f(not (a), -(b), (a)+(b), (a).b)
f((a)if(b)else(c))
"""

Written = tuple[Optional[str], str, str]


class Recorder(CodegenState):
    """Notes at which token each node starts and ends."""

    def __init__(self) -> None:
        super().__init__(default_indent="    ", default_newline="\n")
        self.spans: dict[int, tuple[int, int]] = {}
        self._open: list[int] = []

    def before_codegen(self, node: Any) -> None:
        self._open.append(len(self.tokens))

    def after_codegen(self, node: Any) -> None:
        self.spans.setdefault(id(node), (self._open.pop(), len(self.tokens)))


def by_libcst(text: str) -> list[Written]:
    call = cst.parse_expression(f"({text})")
    assert isinstance(call, cst.Call)
    state = Recorder()
    call._codegen(state)
    offsets = list(accumulate(map(len, state.tokens), initial=-1))
    spans = [state.spans[id(arg.value)] for arg in call.args]
    return [
        (arg.keyword and arg.keyword.value, arg.star, text[offsets[first] : offsets[last]])
        for arg, (first, last) in zip(call.args, spans)
    ]


def compared(text: str) -> int:
    """Compare all calls of a text with what LibCST makes of them; how many there are."""
    places = Places(text)
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in calls:
        written = text[slice(*places.span(call))]
        if "#" in written and any(isinstance(value, ast.GeneratorExp) for value in call.args):
            continue  # comments around a generator are no part of it for LibCST, and no layer takes one
        own = [(arg.keyword, arg.star, text[slice(*arg.span)]) for arg in written_arguments(places, call)]
        assert own == by_libcst(written), written
    return len(calls)


def test_odd_calls() -> None:
    assert compared(ODD) == 22


@pytest.mark.parametrize("text", ["f(x for x in y)", "f( x for x in y )", "f((x for x in y))"])
def test_generators(text: str) -> None:
    assert compared(text) == 1


def test_calls_of_models() -> None:
    count = 0
    for file in sorted(CASES.rglob("*.py")):
        for text in file.read_text("utf-8").split("\n# output\n"):
            try:
                count += compared(text)
            except SyntaxError:  # newer than this Python
                continue
    assert count > 10_000
