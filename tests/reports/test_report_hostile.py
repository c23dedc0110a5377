"""Names and sources that try to break out of a format: none does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import report_models as models

from convbias_lint.reports import FORMATS, render
from convbias_lint.reports.escapes import printable

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_harmful_comes_out(format_: str, tmp_path: Path) -> None:
    text = render(format_, models.hostile(tmp_path))
    assert text.encode("utf-8")
    assert not CONTROLS.search(text)
    assert text.endswith("\n")


@pytest.mark.parametrize("format_", ["concise", "pylint", "github", "azure"])
def test_a_name_stays_on_its_line(format_: str, tmp_path: Path) -> None:
    report = models.hostile(tmp_path, summary=False)
    findings = sum(len(result.findings) + (result.error is not None) for result in report.results)
    assert len(render(format_, report).splitlines()) == findings


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain.py", "plain.py"),
        ("new\nline", "new\\nline"),
        ("esc\x1b[0m", "esc\\x1b[0m"),
        ("byte\udcff", "byte\\xff"),
        ("half\ud83d", "half\\ud83d"),
        ("rtl\u202e", "rtl\\u202e"),
        ("漢字🙂é", "漢字🙂é"),
    ],
)
def test_names_are_shown_so_that_they_do_no_harm(name: str, shown: str) -> None:
    assert printable(name) == shown
