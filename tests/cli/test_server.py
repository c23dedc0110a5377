"""``convbias-lint server`` in the hands of a person: it says what it waits for, and can be left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="terminals of this kind are those of Unix")


def test_on_a_terminal_it_says_what_it_is_and_ends_with_control_c() -> None:
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "convbias_lint", "server"],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        assert server.stderr.readline().startswith("Listening on standard input, for an editor ")
        assert server.stderr.readline().startswith("Setups: https://")
        server.send_signal(signal.SIGINT)
        try:
            out, err = server.communicate(timeout=30)
        finally:
            server.kill()
    os.close(keyboard)
    os.close(terminal)
    assert (server.returncode, out, err) == (130, "", "")
