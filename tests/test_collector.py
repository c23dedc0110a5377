"""Garbage is collected between files, and never while one is checked."""

from __future__ import annotations

import gc

import pytest

from convbias_lint import one_by_one
from convbias_lint.config import Settings
from convbias_lint.discovery import Target
from convbias_lint.one_by_one import one_run, run_here
from convbias_lint.project import Task


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    with one_run() as collect:
        assert not gc.isenabled()
        collect()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    task = Task(Target("m.py", Settings()), b"import torch.nn as nn\n", "off", False)
    with pytest.raises(KeyError):
        run_here([(0, task)], 0, lambda *_: {}["x"])
    assert gc.isenabled()


def test_what_is_old_is_looked_through_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_by_one, "COLLECT_AFTER", -1)
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    gc.callbacks.append(note)
    try:
        with one_run() as collect:
            for _ in range(2 * one_by_one.ALL_AFTER):
                collect()
    finally:
        gc.callbacks.remove(note)
    assert seen == [*[1] * (one_by_one.ALL_AFTER - 1), 2] * 2
