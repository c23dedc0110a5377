"""The line that says how far a long run is."""

from __future__ import annotations

import io

import pytest

from convbias_lint.cli import progress
from convbias_lint.cli.progress import ProgressLine


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_short_run_is_silent(clock: list[float]) -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    for done in range(11):
        clock[0] += 0.05
        line(done, 10)
    assert stream.getvalue() == ""


def test_a_long_run_shows_a_line_now_and_then_and_takes_it_away(clock: list[float]) -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    for done in range(2001):
        clock[0] += 0.002
        line(done, 2000)
    shown = stream.getvalue().split("\r\x1b[K")
    assert shown[0] == shown[-1] == ""
    assert shown[1].startswith("Checked 5")
    assert shown[-2].endswith(" of 2,000 files")
    assert 20 < len(shown) < 40
