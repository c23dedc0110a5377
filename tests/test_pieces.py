"""Parsing what changed must give the very tree that parsing the whole gives."""

from __future__ import annotations

import random
from pathlib import Path

import libcst as cst
import pytest

from convbias_lint.analysis.pieces import Pieces

CASES = sorted((Path(__file__).parent / "cases").glob("*/*.py"))
STROKES = (
    "(",
    ")",
    "\n",
    "    ",
    "@x\n",
    "else:\n",
    "'''",
    "#",
    "x",
    "\n\ndef f():\n  pass\n",
    "\\\n",
    "# c\n",
)
MODEL = """\
# A model.
import torch

@torch.no_grad()
# in between
@torch.compile(
    mode="x",
)
class Net:
    x = '''
y = 1
'''
    # still inside

# above
def f():
    return 1


if f():
    pass
else:
    torch = None
# the end
"""


def same(pieces: Pieces, text: str) -> bool:
    """Whether pieces were made of a text; if so, they are what LibCST makes of it."""
    found = pieces.parse(text)
    if found is None:
        return False
    whole = cst.parse_module(text)
    assert found.deep_equals(whole)
    assert found.code == text
    assert len({id(statement) for statement in found.body}) == len(found.body)
    return True


@pytest.mark.parametrize("seed", range(2))
def test_the_tree_is_that_of_the_whole_while_someone_types(seed: int) -> None:
    chance = random.Random(seed)
    made = 0
    for path in chance.sample(CASES, 15):
        pieces = Pieces()
        text = path.read_text(encoding="utf-8")
        for _ in range(6):
            made += same(pieces, text)
            place = chance.randrange(len(text) + 1)
            edited = text[:place] + chance.choice(STROKES) + text[place + chance.randrange(3) :]
            pieces.parse(edited)
            try:
                cst.parse_module(edited)
            except cst.ParserSyntaxError:
                continue  # the next stroke takes it back
            text = edited
    assert made > 30


def test_only_what_changed_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = Pieces()
    assert same(pieces, MODEL)
    parsed: list[str] = []
    parse = cst.parse_module
    monkeypatch.setattr(cst, "parse_module", lambda source: (parsed.append(source), parse(source))[1])
    before = pieces.parse(MODEL)
    assert parsed == []
    after = pieces.parse(MODEL.replace("return 1", "return 2"))
    assert len(parsed) == 1
    assert before is not None
    assert after is not None
    # The last begins with the comments above it, which were parsed with the function.
    assert [one is other for one, other in zip(before.body, after.body)] == [True, True, False, False]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = 1 + \\\ny\nz = 2\n", id="a row that goes on"),
        pytest.param("x = '''\ny = 1\n", id="an open string"),
        pytest.param("x = (\ny\nz = 1\n", id="an open bracket"),
        pytest.param("class A:\nx = 1\n", id="a class without a body"),
        pytest.param("@x\ny = 1\nz = 1\n", id="a decorator of nothing"),
        pytest.param("if x:\n  y\nif x:\n    z\n", id="two ways to indent"),
        pytest.param("x = 1\r\ny = 2\r\n", id="carriage returns"),
        pytest.param("x = 1\n", id="one statement"),
        pytest.param("# nothing\n", id="no statement"),
        pytest.param("", id="no text"),
    ],
)
def test_what_is_parsed_as_a_whole(text: str) -> None:
    assert Pieces().parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = '''\ny = 1\n'''\nz = 1\n", id="a string at the left edge"),
        pytest.param("x = (\n1,\n)\nz = 1\n", id="brackets at the left edge"),
        pytest.param(
            "try:\n    x\nexcept y:\n    z\nelse:\n    z\nfinally:\n    z\na = 1\n", id="parts of try"
        ),
    ],
)
def test_what_looks_like_a_cut(text: str) -> None:
    assert same(Pieces(), f"{text}z = 1\n")
    assert same(Pieces(), f"a = 1\n{text}")
