"""Comments are told from strings, on every syntax of every Python."""

from __future__ import annotations

import io
import pathlib
import tokenize

import pytest

from convbias_lint.comments import scan


def comments(text: str) -> list[tuple[int, int, str]]:
    return [(comment.row, comment.column, comment.text) for comment in scan(text).comments]


@pytest.mark.parametrize(
    "text",
    [
        "x = '# no'\n",
        'x = """\n# no\n"""\n',
        "x = 'a\\\n# no'\n",
        "x = r'\\\\'  '# no'\n",
        "x = '\\\\'; y = '# no'\n",
        "x = rb'# no'\n",
        "x = f'{a}# no'\n",
        "x = f'{{# no'\n",
        "x = f'{a[\"# no\"]}'\n",
        'x = f"{a["# no"]}"\n',
        "x = f'{a:{\"#\"}>{w}}# no'\n",
        "x = f'''{\na!r:>{w}\n}\n# no'''\n",
        "x = t'{f\"{'# no'}\"}'\n",
        "x = f'\\N{DASH}# no'\n",
        "x = f'{d[1:2]}# no'\n",
        "x = f'{(lambda: 1)()}# no'\n",
    ],
)
def test_no_comment_inside_strings(text: str) -> None:
    assert comments(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1  # a\n", [(1, 8, "# a")]),
        ("# a\n#b", [(1, 1, "# a"), (2, 1, "#b")]),
        ("x = '''\n''' # a\n", [(2, 5, "# a")]),
        ("x = f'{a}' # a\n", [(1, 12, "# a")]),
        ("x = f'''{a # a\n}'''\n", [(1, 12, "# a")]),
        ("x = 'never closed # no\ny = 1 # a\n", [(2, 7, "# a")]),
        ("s = '\U0001f600' # a\n", [(1, 9, "# a")]),
        ("\f# a\n", [(1, 2, "# a")]),
        ("f(  # a\n  1, # b\n)  # c", [(1, 5, "# a"), (2, 6, "# b"), (3, 4, "# c")]),
    ],
)
def test_comments_elsewhere(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert comments(text) == expected


def test_rows_joined_by_strings_and_escapes() -> None:
    text = "x = '''\n\n''' + \\\n  1\ny = 'a\\\nb'\n(\n)\n"
    assert scan(text).joined == {1: 4, 2: 4, 3: 4, 5: 6}


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("x\n", False), ("f(\n", True), ("'''\n", True), ("x = \\\n", True), ("'x\n", False), ("f'''{\n", True)],
)
def test_open_tells_whether_a_statement_can_begin_here(text: str, is_open: bool) -> None:
    assert scan(text).open is is_open


def test_agrees_with_the_standard_tokenizer() -> None:
    """On all sources of the standard library's ``json``, ``email`` and ``asyncio`` packages."""
    folder = pathlib.Path(tokenize.__file__).parent
    files = [file for name in ("json", "email", "asyncio") for file in sorted((folder / name).glob("*.py"))]
    assert len(files) > 30
    for file in files:
        text = file.read_text(encoding="utf-8")
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        expected = [(t.start[0], t.start[1] + 1, t.string) for t in tokens if t.type == tokenize.COMMENT]
        assert comments(text) == expected, file
