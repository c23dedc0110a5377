"""The command ``convbias-lint``: picks the subcommand, and turns whatever ends it into an exit status."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Optional

from convbias_lint.messages import fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

COMMANDS = {
    "check": "find redundant biases, and fix them (what runs if no command is named)",
    "explain": "what a rule finds, why it matters, and what to write instead",
    "rules": "list the rules",
    "config": "list or explain the keys of the configuration",
    "clean": "remove the cache",
    "server": "run the language server for editors",
    "audit": "prove on a live model which biases are redundant",
    "migrate": "carry a checkpoint over to the model without its redundant biases",
    "fold": "fold batch norms into the layers beside them, for inference",
    "completion": "print a script that makes a shell complete all this",
}

USAGE = "usage: convbias-lint [COMMAND] [OPTIONS] [PATH ...]"

HELP = """\
Find, fix and prove biases that the following norm cancels.

{usage}

Commands:
{commands}

Most used:
  convbias-lint                     check the current folder
  convbias-lint src --fix           check a folder and fix what can safely be fixed
  convbias-lint src --diff          show what --fix would change
  convbias-lint explain CB101       explain a rule

Options of a command: convbias-lint COMMAND --help
Documentation: {docs}
Exit status: 0 nothing found, 1 something found, 2 wrong use or an error
"""


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Run one command line and return its exit status; no exception leaves this function.

    Without ``argv`` this is a process of its own, and ends without tidying up its memory.
    """
    if argv is not None:
        return _guarded(list(argv))
    words = sys.argv[1:]
    if _command(words) != "check":
        return _guarded(words)
    gc.disable()  # collected between files instead, see `one_by_one`
    status = _guarded(words)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)  # taking a few hundred thousand nodes apart takes a third of a second


def _guarded(argv: list[str]) -> int:
    """Run one command line; whatever ends it becomes an exit status."""
    _take_any_character()
    try:
        status = _run(argv)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _forget_output()
        return 2
    except SystemExit as error:  # argparse
        return error.code if isinstance(error.code, int) else 2
    except RecursionError:
        return fail("internal error, please report: nested too deeply")
    except MemoryError:
        return fail("out of memory")
    except OSError as error:
        return fail(_reason(error))
    except Exception as error:
        if _is_usage(error):
            return fail(str(error))
        return fail(_internal(error))


def _take_any_character() -> None:
    """What the encoding of standard output lacks is written as an escape, and no reason to end the run."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


def _run(argv: list[str]) -> int:
    if argv and argv[0] in ("-h", "--help", "help") and len(argv) == 1:
        width = max(map(len, COMMANDS))
        from convbias_lint.finding import DOCS_URL

        commands = "\n".join(f"  {name:<{width}}  {what}" for name, what in COMMANDS.items())
        sys.stdout.write(HELP.format(usage=USAGE, commands=commands, docs=DOCS_URL))
        return 0
    if argv and argv[0] in ("-V", "--version"):
        from convbias_lint import __version__

        sys.stdout.write(f"convbias-lint {__version__}\n")
        return 0
    if argv[:1] == ["help"] and not os.path.exists("help"):
        if argv[1] not in COMMANDS:
            return fail(f"there is no command `{argv[1]}`; the commands are {', '.join(COMMANDS)}")
        argv = [argv[1], "--help"]
    name = _command(argv)
    if argv[:1] == [name]:
        argv = argv[1:]
    command = load(name)
    from convbias_lint.cli.parser import Parser

    parser = Parser(prog=f"convbias-lint {name}")
    command.add_arguments(parser)
    status = command.run(parser.parse_args(argv))
    assert isinstance(status, int)
    return status


def _command(argv: Sequence[str]) -> str:
    return argv[0] if argv and argv[0] in COMMANDS else "check"


def load(name: str) -> ModuleType:
    """The module of a command; each has the functions ``add_arguments`` and ``run``."""
    from importlib import import_module

    return import_module(f"convbias_lint.cli.{name}")


def _reason(error: OSError) -> str:
    text = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {text}" if error.filename else text


def _is_usage(error: Exception) -> bool:
    """Whether an error speaks of what the user wrote, in a text of one line."""
    from convbias_lint.baseline import BaselineError
    from convbias_lint.config import ConfigError

    return isinstance(error, (BaselineError, ConfigError))


def _internal(error: Exception) -> str:
    """One line on an error of ours; the traceback if it is asked for."""
    if os.environ.get("CONVBIAS_LINT_TRACEBACK"):
        import traceback

        traceback.print_exception(type(error), error, error.__traceback__)
    from convbias_lint.linter import internal_error

    return internal_error(error)


def _forget_output() -> None:
    """Whoever read our output is gone; Python must not complain when it flushes at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        pass
