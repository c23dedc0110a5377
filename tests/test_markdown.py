"""Code blocks of Markdown and reStructuredText: each a module of its own, fixed in place."""

from __future__ import annotations

import pytest

from convbias_lint.config import Settings
from convbias_lint.examine import silence
from convbias_lint.linter import lint_bytes
from convbias_lint.source import open_source

CODE = """\
import torch.nn as nn

net = nn.Sequential(
    nn.Conv2d(
        3,
        8,
        3,
    ),
    nn.BatchNorm2d(8),
)
"""
FIXED = CODE.replace("        3,\n    )", "        3,\n        bias=False,\n    )")


def indented(text: str, margin: str) -> str:
    return "".join(margin + row if row.strip() else row for row in text.splitlines(keepends=True))


def fence(code: str, opening: str = "```python", closing: str = "```", margin: str = "") -> str:
    return f"Text, `Conv2d`.\n\n{margin}{opening}\n{indented(code, margin)}{margin}{closing}\n\nMore text.\n"


def fixed(text: str, filename: str = "page.md") -> str:
    result = lint_bytes(text.encode(), filename, Settings(), fix="safe")
    assert result.error is None
    return text if result.new_data is None else result.new_data.decode()


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("```python", "```"),
        ("```py", "```"),
        ("``` Python3", "```"),
        ("````python", "````"),
        ("```python", "`````"),
        ("~~~python", "~~~"),
        ('```python title="net.py" hl_lines="1"', "```"),
        ("```{.python .numberLines}", "```"),
        ("```{python}", "```"),
        ("```{code-cell} ipython3", "```"),
        ("```{code-block} python", "```"),
    ],
)
@pytest.mark.parametrize("margin", ["", "    ", "\t"], ids=["top", "in a list", "behind a tab"])
def test_blocks_are_fixed_as_deep_as_they_stand(opening: str, closing: str, margin: str) -> None:
    assert fixed(fence(CODE, opening, closing, margin)) == fence(FIXED, opening, closing, margin)


def test_positions_count_in_the_page() -> None:
    text = fence(CODE, margin="  ")
    (one,) = lint_bytes(text.encode(), "page.md", Settings()).findings
    assert (one.code, one.start.row, one.start.column, one.cell) == ("CB101", 7, 7, None)
    assert text.splitlines()[one.start.row - 1][one.start.column - 1 :].startswith("nn.Conv2d(")
    assert (one.related[-1].start.row, one.related[-1].start.column) == (12, 7)


def test_carriage_returns_stay() -> None:
    assert fixed(fence(CODE).replace("\n", "\r\n")) == fence(FIXED).replace("\n", "\r\n")


def test_every_block_is_a_module_of_its_own() -> None:
    # The second block has no import: nothing is known of its names.
    text = fence(CODE) + fence(CODE.replace("import torch.nn as nn\n", "")) + fence(CODE)
    rows = [one.start.row for one in lint_bytes(text.encode(), "page.md", Settings()).findings]
    assert rows == [7, 38]


@pytest.mark.parametrize(
    "text",
    [
        fence(CODE, "```pycon"),
        fence(CODE, "```"),
        fence(CODE, "```text"),
        fence(CODE, "```python-console"),
        CODE,
        f"```python\n{CODE}",
        f"````markdown\n{fence(CODE)}````\n",
        f"```python\n>>> import torch.nn as nn\n>>> {CODE}```\n",
    ],
    ids=[
        "pycon",
        "no language",
        "another language",
        "a session",
        "no fence",
        "never closed",
        "a page within the page",
        "prompts",
    ],
)
def test_other_blocks_are_left_alone(text: str) -> None:
    result = lint_bytes(text.encode(), "page.md", Settings(), fix="safe")
    assert (result.findings, result.fixed, result.error) == ((), (), None)


@pytest.mark.parametrize("directive", ["code-block", "code", "sourcecode"])
@pytest.mark.parametrize(
    "options", ["", "   :linenos:\n   :emphasize-lines: 1,2\n"], ids=["plain", "options"]
)
def test_restructured_text(directive: str, options: str) -> None:
    def page(code: str) -> str:
        return f"Title\n=====\n\n.. {directive}:: python\n{options}\n{indented(code, '   ')}\nText.\n"

    assert fixed(page(CODE), "page.rst") == page(FIXED)


def test_restructured_text_at_the_end_of_the_file() -> None:
    page = f".. code:: python\n\n{indented(CODE, '    ')}".rstrip()
    assert fixed(page, "page.rst") == f".. code:: python\n\n{indented(FIXED, '    ')}".rstrip()


def test_a_block_that_does_not_parse_hides_no_other() -> None:
    text = fence(CODE + "x = (\n") + fence(CODE)
    found = lint_bytes(text.encode(), "page.md", Settings()).findings
    assert [one.code for one in found] == ["CB900", "CB101"]


def test_comments_silence_in_blocks() -> None:
    text = fence(CODE.replace("Conv2d(", "Conv2d(  # noqa: CB101"), margin="  ")
    result = lint_bytes(text.encode(), "page.md", Settings())
    assert (len(result.findings), len(result.suppressed)) == (0, 1)


def test_silencing_writes_into_the_block() -> None:
    text = fence(CODE, margin="\t")
    expected = text.replace("Conv2d(\n", "Conv2d(  # noqa: CB101\n")
    assert silence(text.encode(), "page.md", Settings()) == (expected.encode(), 1)


@pytest.mark.parametrize("margin", ["", "    "])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\n# noqa: CB101\ny = 1\n", "x = 1\ny = 1\n"),
        ("x = 1\n# noqa: CB101\n", "x = 1\n"),
        ("# noqa: CB101\nx = 1\n", "x = 1\n"),
        ("x = 1  # noqa: CB101\n", "x = 1\n"),
    ],
    ids=["middle", "last row", "first row", "beside code"],
)
def test_unused_suppressions_go(margin: str, before: str, after: str) -> None:
    assert fixed(fence(before, margin=margin)) == fence(after, margin=margin)


def test_rows_less_deep_than_their_block_keep_their_blanks() -> None:
    text = "  ```python\n  a\n b\n\n   c\n  ```\n"
    source = open_source(text.encode(), "page.md")
    assert source.units == ("a\nb\n\n c\n",)
    assert source.edited({0: []}) == text.encode()


def test_a_mark_and_form_feeds_stay() -> None:
    text = "\ufeff\f\n" + fence(CODE)
    assert fixed(text) == "\ufeff\f\n" + fence(FIXED)
