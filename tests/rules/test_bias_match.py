"""``match`` statements in code that uses ``.bias``."""

from __future__ import annotations

import sys

import pytest
from bias_findings import found, redundant_fix
from bias_shapes import net

from convbias_lint.finding import Applicability

pytestmark = pytest.mark.skipif(sys.version_info < (3, 10), reason="Python 3.9 has no match statement")

USING = {
    "what is matched": """
        match self.conv.bias.dim():
            case 1:
                pass
        """,
    "a name that a pattern binds": """
        match self.conv.bias:
            case bias:
                bias.data.zero_()
        """,
    "a name in a part of a pattern": """
        match self.conv.bias, flag:
            case [bias, True]:
                bias.data.zero_()
        """,
    "a guard": """
        match flag:
            case True if self.conv.bias.sum() > 0:
                pass
        """,
    "a name that one case binds": """
        match flag:
            case True:
                bias = self.conv.bias
            case _:
                bias = self.conv.weight
        bias.data.zero_()
        """,
}


@pytest.mark.parametrize("code", USING.values(), ids=USING)
def test_what_a_match_does_with_a_bias_makes_fixes_unsafe(code: str) -> None:
    assert redundant_fix(net(code, bias="")) is Applicability.UNSAFE


def test_a_case_that_leaves_guards_what_is_behind() -> None:
    text = net(
        "self.apply(initialise)",
        before="""
            def initialise(m):
                if isinstance(m, nn.Conv2d):
                    match m.bias:
                        case None:
                            return
                    m.bias.data.zero_()
        """,
    )
    assert found(text) == []
