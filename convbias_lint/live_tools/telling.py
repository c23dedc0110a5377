"""How a command on live models ends: what it says, or one line on why it stopped."""

from __future__ import annotations

import argparse
import contextlib
import sys
import traceback
from collections.abc import Callable

from convbias_lint.live_tools.errors import ToolError
from convbias_lint.messages import fail

Outcome = tuple[int, str]
"""An exit status, and what goes to standard output."""


def told_in_one_line(
    work: Callable[[argparse.Namespace], Outcome],
    args: argparse.Namespace,
    passing: tuple[type[Exception], ...] = (),
) -> int:
    """Do ``work``; print what it says, or in one line why it stopped; ``passing`` is for the caller."""
    try:
        # What the user's own code prints must not get between a report and the tool that reads it.
        with contextlib.redirect_stdout(sys.stderr):
            status, text = work(args)
    except passing:
        raise
    except ToolError as error:
        if args.traceback:
            traceback.print_exc()
        return fail(" ".join(str(error).split()))
    sys.stdout.write(text)
    return status
