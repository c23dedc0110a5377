"""What any Python from 3.9 on accepts is linted on every Python."""

from __future__ import annotations

import pytest

from convbias_lint import lint_source

MODEL = """\
import torch.nn as nn

net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))

"""


SYNTAX = {
    "3.9 decorators": "@(lambda f: f)\ndef g(x, /, *, y): return x\n",
    "3.9 with": "with (open('a') as a, open('b') as b):\n    pass\n",
    "3.10 match": (
        "match net:\n    case nn.Sequential() | [*_, {'a': 1, **rest}] if rest:\n        pass\n"
        "    case _:\n        pass\n"
    ),
    "3.11 except*": "try:\n    pass\nexcept* (ValueError, TypeError) as group:\n    raise\n",
    "3.11 star": "def f(*args: *tuple[int, ...]): return args[*args]\n",
    "3.12 generics": (
        "type Pair[T: (int, str), *Ts, **P] = tuple[T, T]\n\n"
        "class Box[T]:\n    def get[U](self, x: U) -> T: ...\n"
    ),
    "3.12 f-strings": 's = f"{\'a\' + f"{net!r:>{10}}"} {\n    1  # a comment\n}"\n',
    "3.13 defaults": "class Box[T = int]: ...\n",
    "3.14 t-strings": "s = t'{net!r} and {1 + 1:>{2}}'\n",
    "3.14 except": "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n",
}


@pytest.mark.parametrize("text", SYNTAX.values(), ids=SYNTAX)
def test_newer_syntax_is_no_error(text: str) -> None:
    assert [finding.code for finding in lint_source(MODEL + text)] == ["CB101"]
