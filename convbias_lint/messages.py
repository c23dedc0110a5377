"""Lines on standard error; what comes from files must not steer the terminal."""

from __future__ import annotations

import sys


def complain(path: str, message: str) -> None:
    """One line on what is wrong with a path."""
    from convbias_lint.reports.escapes import printable

    sys.stderr.write(f"{printable(path)}: {printable(message)}\n")


def fail(message: str) -> int:
    """Say in one line why the command stops; returns its exit status, 2."""
    from convbias_lint.reports.escapes import printable

    sys.stderr.write(f"convbias-lint: error: {printable(message)}\n")
    return 2


def missing_library(command: str, library: str, extra: str) -> int:
    """Say which extra the command needs."""
    return fail(f"{command} needs {library}, which is not installed: pip install 'convbias-lint[{extra}]'")
