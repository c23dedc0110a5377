"""The reports that people read, held against files under ``expected``; ``--update-cases`` rewrites them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import report_models as models

from convbias_lint.reports import TEXT_FORMATS, render
from convbias_lint.reports.report import Report

EXPECTED = Path(__file__).parent / "expected"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.skipif(sys.version_info < (3, 10), reason="Python 3.9 places syntax errors elsewhere")
@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_the_report_reads_as_expected(format_: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = render(format_, models.everything(tmp_path, show_suppressed=True))
    # What LibCST says of a syntax error is its own.
    text = re.sub(r"(?<=CB900 ).*", "…", text)
    expected = EXPECTED / f"{format_}.txt"
    if request.config.getoption("--update-cases"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_colours_change_nothing_but_colours(format_: str, tmp_path: Path) -> None:
    plain = models.everything(tmp_path, show_suppressed=True)
    coloured = render(format_, plain._replace(colour=True))
    assert "\x1b[1;31mCB101\x1b[0m" in coloured
    assert ANSI.sub("", coloured) == render(format_, plain)


def test_marks_stand_below_what_they_mark(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"wide.py": models.WIDE})
    lines = render("full", report).split("\n")
    row = next(index for index, line in enumerate(lines) if "nn.Conv2d" in line and "self.conv" in line)
    # Two wide characters, a wide emoji and an accent without width: three columns more than characters,
    # one column less.
    shift = 3 - 1
    assert lines[row + 1].index("^") == lines[row].index("nn.Conv2d") + shift
    assert "\t" not in lines[row]


def test_a_notebook_is_cited_by_cell(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"n.ipynb": models.NOTEBOOK})
    assert " --> n.ipynb:cell 2:2:23\n" in render("full", report)
    assert render("concise", report).startswith("n.ipynb:cell 2:2:23: CB101 [*] ")


def test_a_norm_in_another_file_has_a_frame_of_its_own(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    block = "from torch import nn\n\n\ndef norm(width):\n    return nn.BatchNorm2d(width)\n"
    (package / "norms.py").write_text(block)
    model = "from torch import nn\nfrom .norms import norm\n\n"
    model += "model = nn.Sequential(nn.Conv2d(3, 8, 3), norm(8))\n"
    report = models.check(package, {"model.py": model})
    text = render("full", report)
    assert " --> model.py:4:23\n" in text
    assert " ::: norms.py:5:12\n" in text
    assert "5 |     return nn.BatchNorm2d(width)\n" in text


def test_a_way_that_goes_up_and_down_is_numbered(tmp_path: Path) -> None:
    text = render("full", models.check(tmp_path, {"m.py": models.UPWARDS}))
    assert "- 1. passes `MaxPool2d`\n" in text
    assert "- 2. `BatchNorm2d` subtracts the mean\n" in text
    assert "1. " not in render("full", models.check(tmp_path, {"m.py": models.SEQUENTIAL}))


def test_a_file_that_is_gone_is_reported_without_its_code(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"gone.py": models.SEQUENTIAL})
    (tmp_path / "gone.py").unlink()
    text = render("full", report)
    assert " --> gone.py:4:5\n" in text
    assert "nn.MaxPool2d(2)" not in text


def test_a_file_that_shrank_since_is_reported_all_the_same(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"short.py": models.SEQUENTIAL})
    for text in ("", "x\n", "\n" * 6 + "nn.\n"):
        (tmp_path / "short.py").write_text(text)
        for format_ in ("full", "html", "lsp", "sarif", "rdjson", "gitlab"):
            assert render(format_, report)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({}, "Found 2 redundant biases (2 fixable with --fix) in 1 file: 192 parameters."),
        ({"summary": False}, ""),
    ],
)
def test_the_summary_counts(options: dict[str, bool], line: str, tmp_path: Path) -> None:
    report = models.check(tmp_path, {"a.py": models.SEQUENTIAL, "b.py": models.CLEAN}, **options)
    text = render("concise", report)
    assert text.endswith(f"\n{line}\n" if line else "again\n")


def test_unsafe_fixes_are_counted_apart_until_they_are_wanted(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"a.py": models.SEQUENTIAL, "b.py": models.UNSAFE})
    trust = [
        f.fix.applicability.value for result in report.results for f in result.findings if f.fix is not None
    ]
    assert sorted(trust) == ["safe", "safe", "unsafe"]
    assert "(2 fixable with --fix, 1 more with --unsafe-fixes)" in render("concise", report)
    why = "unsafe, since the bias is an option of the caller's"
    assert f"help: Set `bias=False`; {why} (--unsafe-fixes applies it)" in render("full", report)
    assert "(3 fixable with --fix)" in render("concise", report._replace(unsafe_fixes=True))


def test_nothing_found_is_one_line(tmp_path: Path) -> None:
    report = models.check(tmp_path, {"a.py": models.CLEAN})
    for format_ in TEXT_FORMATS:
        assert render(format_, report) == "Nothing to report in 1 file.\n"
        assert render(format_, Report([])) == "Nothing to report: no Python files.\n"
        assert render(format_, Report([], from_files=False)) == "Nothing to report.\n"
        assert render(format_, report._replace(summary=False)) == ""


def test_what_was_fixed_is_counted_and_migrate_is_named(tmp_path: Path) -> None:
    found = models.check(tmp_path, {"a.py": models.SEQUENTIAL})
    (result,) = found.results
    fixed = found._replace(results=[result._replace(findings=(), fixed=result.findings)])
    text = render("full", fixed)
    assert text.startswith("Fixed 2 redundant biases in 1 file: 192 parameters.\n")
    assert "`convbias-lint migrate`" in text
    text = render("full", fixed._replace(would_fix=True))
    assert text == "Would fix 2 redundant biases in 1 file: 192 parameters.\n"


def test_statistics(tmp_path: Path) -> None:
    report = models.everything(tmp_path, statistics=True)
    lines = render("full", report).split("\n")
    assert lines[0].split() == ["7", "CB101", "[-]", "conv-bias-before-batch-norm", "140", "parameters"]
    assert [line.split()[1] for line in lines[:4]] == ["CB101", "CB104", "CB105", "CB900"]
    assert "\x1b" in render("full", report._replace(colour=True))


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format `xml`: choose one of full, concise"):
        render("xml", models.check(tmp_path, {}))


def test_a_report_imports_the_format_asked_for_only() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from convbias_lint.reports import render;"
        "from convbias_lint.reports.report import Report;"
        "render('full', Report([])); loaded = set(sys.modules);"
        "assert not loaded & {'json', 'dataclasses', 'libcst', 'html', 'convbias_lint.reports.sarif'}, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
