"""``--watch``: check again whenever a file changes.

Each round is a process of its own, so that nothing of an older state is left in memory; the cache makes
it fast.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterable

from convbias_lint.config_files import FILE_NAMES
from convbias_lint.discovery import DOCUMENTS, PYTHON
from convbias_lint.messages import complain, missing_library
from convbias_lint.reports.escapes import printable

_CLEAR = "\x1b[2J\x1b[H"


def watch(args: argparse.Namespace) -> int:
    """Check, wait, check again, until Ctrl-C."""
    try:
        import watchfiles
    except ImportError:
        return missing_library("--watch", "watchfiles", "watch")
    paths = args.paths or ["."]
    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        from convbias_lint.cli.meant import meant

        complain(missing[0], "no such file or folder" + meant(missing[0]))
        return 2
    _round()
    try:
        changes = watchfiles.watch(*paths, watch_filter=lambda _, path: _matters(path), debounce=200)
        for changed in changes:
            _round(os.path.relpath(path) for _, path in changed)
    except KeyboardInterrupt:
        pass
    return 0


def _round(changed: Iterable[str] = ()) -> None:
    names = sorted(changed)
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        sys.stdout.write(f"[{time.strftime('%H:%M:%S')}] {printable(names[0])}{more} changed\n")
    sys.stdout.flush()
    words = sys.argv[1:]
    end = words.index("--") if "--" in words else len(words)
    program = f"import sys; sys.path[:] = {sys.path!r}; from convbias_lint.cli.main import main; main()"
    subprocess.run(
        [sys.executable, "-c", program, *words[:end], "--no-watch", *words[end:]],
        check=False,
    )
    sys.stdout.write("Watching for changes; Ctrl-C ends.\n")
    sys.stdout.flush()


def _matters(path: str) -> bool:
    return path.endswith((*PYTHON, *DOCUMENTS)) or os.path.basename(path) in FILE_NAMES
