"""Notebooks: one module of all code cells, fixed without a change anywhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from convbias_lint.config import Settings
from convbias_lint.diffs import unified_diff
from convbias_lint.examine import silence
from convbias_lint.linter import lint_bytes
from convbias_lint.magics import masked

IMPORT = "import torch.nn as nn"
MODEL = "net = nn.Sequential(\n    nn.Conv2d(3, 8, 3),\n    nn.BatchNorm2d(8),\n)"


def notebook(*sources: object, **more: Any) -> dict[str, Any]:
    """A notebook of code cells; a source is a string, or a list of strings."""
    cells = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        for source in sources
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def rows(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def lint(document: object, **more: Any) -> list[str]:
    """The findings of a notebook as ``cell:row:column code``."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    result = lint_bytes(data, "n.ipynb", Settings(), **more)
    assert result.error is None
    return [f"{one.cell}:{one.start.row}:{one.start.column} {one.code}" for one in result.findings]


def fix(data: bytes) -> bytes:
    result = lint_bytes(data, "n.ipynb", Settings(), fix="safe")
    assert result.error is None
    assert result.new_data is not None
    return result.new_data


@pytest.mark.parametrize("listed", [True, False], ids=["list of rows", "one string"])
def test_cells_are_one_module_and_positions_count_in_the_cell(listed: bool) -> None:
    sources: list[object] = [rows(text) if listed else text for text in (IMPORT, "%time\n" + MODEL, MODEL)]
    assert lint(notebook(*sources)) == ["2:3:5 CB101", "3:2:5 CB101"]


def test_cells_are_numbered_with_the_cells_of_text_between() -> None:
    document = notebook(IMPORT, MODEL)
    document["cells"].insert(1, {"cell_type": "markdown", "metadata": {}, "source": MODEL})
    assert lint(document) == ["3:2:5 CB101"]


def test_everything_of_a_finding_counts_in_its_cell() -> None:
    result = lint_bytes(json.dumps(notebook(IMPORT, MODEL)).encode(), "n.ipynb", Settings())
    (one,) = result.findings
    assert (one.cell, one.start.row, one.end.row, one.noqa_row) == (2, 2, 2, 2)
    assert one.related
    assert [(step.cell, step.start.row) for step in one.related[-1:]] == [(2, 3)]
    assert one.fix is not None
    assert [edit.start.row for edit in one.fix.edits] == [2]


LAYOUTS: dict[str, dict[str, Any]] = {
    "jupyter": {"indent": 1, "ensure_ascii": False},
    "two blanks, escapes": {"indent": 2},
    "a single line": {},
    "no blanks": {"separators": (",", ":")},
    "tabs": {"indent": "\t"},
    "sorted keys": {"indent": 4, "sort_keys": True},
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("listed", [True, False], ids=["list of rows", "one string"])
@pytest.mark.parametrize("ending", ["\n", "", "\r\n", "  \n\n"], ids=repr)
def test_fixing_is_as_if_the_tool_had_written_the_fixed_notebook(
    layout: dict[str, Any], listed: bool, ending: str
) -> None:
    call = "nn.Conv2d(\n        3,\n        8,  # '\u00e9\U0001f600\\\t\"\n        3,\n    )"
    model = MODEL.replace("nn.Conv2d(3, 8, 3)", call)
    fixed_model = model.replace("        3,\n    )", "        3,\n        bias=False,\n    )")
    texts = [IMPORT, "!pip install x\n" + model, "a?\n" + MODEL + "\n"]
    fixed = [
        IMPORT,
        "!pip install x\n" + fixed_model,
        "a?\n" + MODEL.replace("8, 3)", "8, 3, bias=False)") + "\n",
    ]
    more = {"z": [1.0, 1e5, -0.0, "\u2028\u00e9</script>"], "a": {"b": None, "source": [MODEL]}}

    def written(sources: list[str]) -> bytes:
        document = notebook(*[rows(text) if listed else text for text in sources], **more)
        document["cells"][0]["outputs"] = [{"text": [MODEL], "data": {"image/png": "iVBO\u00e9" * 9}}]
        return (json.dumps(document, **layout) + ending).encode()

    assert fix(written(texts)) == written(fixed)


def test_odd_escapes_stay_where_nothing_changed() -> None:
    source = (
        r'"\u0069mport torch.nn as nn\r\n'
        r'm = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)) # \/ \ud83d\ude00 \u00E9"'
    )
    data = b'{ "nbformat" : 4 ,\t"cells":[ {"source" :' + source.encode() + b',\n"cell_type":"code"} ] }'
    assert fix(data) == data.replace(b"2, 3)", b"2, 3, bias=False)")


def test_carriage_returns_inside_the_source_are_the_style_of_new_rows() -> None:
    model = MODEL.replace("(3, 8, 3)", "(\n        3,\n        8,\n        3,\n    )").replace("\n", "\r\n")
    data = json.dumps(notebook(IMPORT, rows(model))).encode()
    expected = rows(model.replace("3,\r\n    )", "3,\r\n        bias=False,\r\n    )"))
    assert json.loads(fix(data))["cells"][1]["source"] == expected


def test_a_mark_at_the_start_stays() -> None:
    data = b"\xef\xbb\xbf" + json.dumps(notebook(IMPORT, MODEL)).encode()
    assert fix(data) == data.replace(b"8, 3)", b"8, 3, bias=False)")


@pytest.mark.parametrize(
    ("cell", "module"),
    [
        ("%matplotlib inline\nx = 1", "get_ipython()\nx = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%timeit -n 3\nx = 1", "\n\nx = 1"),
        ("%%bash\nls it's\n", "\n\n"),
        ("%%writefile m.py\nx = (\n", "\n\n"),
        ("!ls 'it\nx = 1", "get_ipython()\nx = 1"),
        ("!!ls", "get_ipython()"),
        ("if x:\n    !ls\n\t%run y", "if x:\n    get_ipython()\n\tget_ipython()"),
        ("!pip install \\\n  x \\\n  y\nz = 1", "get_ipython()\n\n\nz = 1"),
        ("pip install x", "get_ipython()"),
        ("files = !ls *.py\nt = %timeit -o f()", "files = get_ipython()\nt = get_ipython()"),
        ("nn.Conv2d?\n?nn\nnn.Linear??\n%time?", "\n".join(["get_ipython()"] * 4)),
    ],
)
def test_what_is_no_python_is_hidden_row_by_row(cell: str, module: str) -> None:
    assert masked(cell) == module


@pytest.mark.parametrize(
    "cell",
    [
        "x = '''\n!ls\n%time\n?x\n'''",
        "x = (1\n%b\n!= c)",
        "x = a \\\n%b",
        "print('a = %d' % b)\nx %= 2\nx != 1",
        "# what?\nx = 1  # = %y",
        "x = 'what?'",
        "pip = 1\nconda.x = 2",
    ],
)
def test_python_stays(cell: str) -> None:
    assert masked(cell) == cell


def test_magics_survive_a_fix() -> None:
    cell = f"%%time\n!ls 'it\n{MODEL}\nnet?\nx = !ls"
    data = json.dumps(notebook(IMPORT, cell)).encode()
    assert fix(data) == data.replace(b"8, 3)", b"8, 3, bias=False)")


def test_a_cell_that_does_not_parse_hides_no_other() -> None:
    document = notebook(IMPORT, "x = (", MODEL, "for:\n    pass")
    found = lint(document)
    assert [line for line in found if "CB900" not in line] == ["3:2:5 CB101"]
    assert [line.split(":")[0] for line in found if "CB900" in line] == ["2", "4"]
    result = lint_bytes(json.dumps(document).encode(), "n.ipynb", Settings(), fix="safe")
    assert result.new_data == json.dumps(document).encode().replace(b"8, 3)", b"8, 3, bias=False)")


def test_comments_silence_in_cells() -> None:
    model = MODEL.replace("3),\n", "3),  # noqa: CB101\n")
    assert lint(notebook(IMPORT, model, MODEL)) == ["3:2:5 CB101"]
    assert lint(notebook(IMPORT, "# convbias-lint: ignore-file", MODEL)) == []


def test_unused_suppressions_are_removed_with_their_row() -> None:
    cells = [["x = 1\n", "# noqa: CB101"], ["# noqa: CB101\n", "y = 1"], "z = 1\n# noqa: CB101"]
    data = json.dumps(notebook(*cells), indent=1).encode()
    assert [cell["source"] for cell in json.loads(fix(data))["cells"]] == [["x = 1\n"], ["y = 1"], "z = 1\n"]


def test_silencing_writes_into_the_cell() -> None:
    data = json.dumps(notebook(rows(IMPORT), rows(MODEL)), indent=1).encode()
    assert silence(data, "n.ipynb", Settings()) == (data.replace(b"8, 3),", b"8, 3),  # noqa: CB101"), 1)


def test_diff_is_of_the_source_of_each_changed_cell() -> None:
    data = json.dumps(notebook(IMPORT, MODEL, MODEL)).encode()
    fixed = data.replace(b"8, 3)", b"8, 3, bias=False)", 1)
    assert unified_diff(data, fixed, "n.ipynb") == (
        "--- n.ipynb:cell 2\n+++ n.ipynb:cell 2\n@@ -1,4 +1,4 @@\n net = nn.Sequential(\n"
        "-    nn.Conv2d(3, 8, 3),\n+    nn.Conv2d(3, 8, 3, bias=False),\n     nn.BatchNorm2d(8),\n )\n"
        "\\ No newline at end of file\n"
    )


def test_notebooks_of_other_languages_are_left_alone() -> None:
    document = notebook(IMPORT, MODEL, metadata={"kernelspec": {"language": "julia"}})
    assert lint(document) == []


def test_a_notebook_without_code_has_no_findings() -> None:
    assert lint(notebook(metadata={"title": "Conv2d"})) == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"cells": [Conv', "broken notebook: Expecting value (row 1, column 12)"),
        (b"Conv2d", "broken notebook: Expecting value (row 1, column 1)"),
        (b'["Conv2d"]', "broken notebook: no `nbformat`, so it is other JSON"),
        (b'{"Conv2d": 1}', "broken notebook: no `nbformat`, so it is other JSON"),
        (b'{"nbformat": 4, "cells": "Conv2d"}', "broken notebook: no list of cells"),
        (b'{"nbformat": 4, "cells": [{}, "Conv2d"]}', "broken notebook: cell 2 is no object"),
        (
            b'{"nbformat": 4, "cells": [{"cell_type": "code", "x": "Conv2d"}]}',
            "broken notebook: cell 1 has no source",
        ),
        (
            b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["Conv2d", 1]}]}',
            "broken notebook: the source of cell 1 is no text",
        ),
        (
            b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = \'\\ud800 Conv2d\'"}]}',
            "broken notebook: U+D800 in cell 1 is half a character",
        ),
        (
            b'{"nbformat": 3, "worksheets": "Conv2d"}',
            "notebook format 3; convert it with `jupyter nbconvert --to notebook`",
        ),
        (b'{"nbformat": 4, "Conv2d": ' + b"[" * 100_000, "broken notebook: nested too deeply"),
        (b'{"Conv2d": "\xff"}', "not UTF-8: byte 0xff in row 1; save it as UTF-8"),
        (b'{"nbformat": 4, "cells": []} Conv2d', "broken notebook: more text behind its end"),
    ],
)
def test_a_broken_notebook_is_one_clear_line(data: bytes, reason: str) -> None:
    result = lint_bytes(data, "n.ipynb", Settings(), fix="safe")
    assert result.error == reason
    assert (result.findings, result.new_data) == ((), None)
