"""``convbias-lint server``: the language server, on standard input and output."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from typing import NoReturn

from convbias_lint.finding import DOCS_URL
from convbias_lint.messages import missing_library

DESCRIPTION = "Run the language server that editors talk to, on standard input and output."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    # Some clients say it, all mean it.
    parser.add_argument("--stdio", action="store_true", help="talk on standard input and output (always so)")


def run(args: argparse.Namespace) -> int:
    try:
        from convbias_lint.lsp.server import make_server
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        return missing_library("server", "pygls", "lsp")
    server = make_server()

    def leave(*_: object) -> NoReturn:
        server.session.worker.stop()
        os._exit(130)  # a tidy end would wait for the thread that reads standard input

    # Set here even where the shell that started this has interrupts ignored.
    signal.signal(signal.SIGINT, leave)
    if sys.stdin.isatty():
        note = "Listening on standard input, for an editor that starts this command; Ctrl-C ends it."
        sys.stderr.write(f"{note}\nSetups: {DOCS_URL}/editors/\n")
    try:
        server.start_io()
    except EOFError:  # the client went away in the middle of a message
        pass
    finally:
        server.session.worker.stop()
        # pygls closes the channel; what ends the process looks after standard output once more.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    return 0
