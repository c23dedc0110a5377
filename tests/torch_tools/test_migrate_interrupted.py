"""Whatever ends ``migrate`` at whatever moment: OLD is what it was, NEW is whole or what it was."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any, Optional

import pytest
import safetensors.torch
import torch
from migrate_models import OldNet, trained

from convbias_lint.cli.main import main

MODELS = Path(__file__).parent / "migrate_models.py"
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the command is forked, to start at once")


def start(old: Path, new: Path) -> int:
    """The command in a process of its own, with what it imports already imported."""
    child = os.fork()
    if child:
        return child
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        for descriptor in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
        words = [os.fspath(old), os.fspath(new), "--model", f"{MODELS}:Net", "--input", "4x3x12x12"]
        os._exit(main(["migrate", *words, "--force"]))
    finally:
        os._exit(99)  # something got past `main`


def ended(child: int) -> Optional[int]:
    """The exit status, negative for a signal; None while it runs."""
    done, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None


def loaded(path: Path) -> dict[str, Any]:
    state = safetensors.torch.load_file(path) if path.suffix == ".safetensors" else torch.load(path)
    return {key: value.clone() for key, value in state.items()}  # safetensors maps the file


@pytest.mark.parametrize("kind", ["pt", "safetensors"])
def test_files_stay_whole_whenever_the_run_is_ended(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    old, new = tmp_path / f"old.{kind}", tmp_path / "out" / f"new.{kind}"
    new.parent.mkdir()
    state = trained(OldNet()).state_dict()
    safetensors.torch.save_file(state, old) if kind == "safetensors" else torch.save(state, old)
    content = old.read_bytes()
    begin = time.monotonic()
    child = start(old, new)
    while ended(child) is None:
        time.sleep(0.001)
    whole = time.monotonic() - begin
    expected = loaded(new)
    assert "conv1.bias" not in expected

    chance = random.Random(kind)
    seen = {"old": 0, "new": 0, "ended": 0}
    least, most = (300, 1000) if request.config.getoption("--long") else (18, 200)
    attempt = 0
    while attempt < least or (0 in seen.values() and attempt < most):
        number = SIGNALS[attempt % 3]
        attempt += 1
        new.write_bytes(b"what was there")
        child = start(old, new)
        status, due = None, time.monotonic() + chance.uniform(0, 1.3 * whole)
        at_the_write = attempt % 2
        while status is None and (at_the_write or time.monotonic() < due):
            if at_the_write and len(os.listdir(new.parent)) > 1:
                time.sleep(chance.uniform(0, 0.003))
                break
            status = ended(child)
        if status is None:
            os.kill(child, number)
            while status is None:
                status = ended(child)
            seen["ended"] += status != 0
        assert status in {0, -signal.SIGKILL, 130, 128 + signal.SIGTERM, -signal.SIGTERM, -signal.SIGINT, 2}
        assert old.read_bytes() == content
        if new.read_bytes() == b"what was there":
            seen["old"] += 1
        else:
            seen["new"] += 1
            found = loaded(new)
            assert found.keys() == expected.keys()
            torch.testing.assert_close(found, expected)
        rubbish = [path for path in new.parent.iterdir() if path != new]
        # A killed process leaves its own temporary file behind, and safetensors one of its own.
        assert len(rubbish) <= 2 * (number == signal.SIGKILL), rubbish
        for path in rubbish:
            path.unlink()
    assert min(seen.values()) > 0, f"the signals came too early or too late to test anything: {seen}"
    print(f"{kind}: {attempt} runs, {seen}", file=sys.stderr)
