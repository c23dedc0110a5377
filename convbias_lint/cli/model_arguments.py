"""Options that ``audit``, ``migrate`` and ``fold`` share: which model to build and what to feed it."""

from __future__ import annotations

import argparse
import contextlib
import sys
import traceback
from typing import Callable, Optional

Outcome = tuple[int, str]
"""An exit status, and what goes to standard output."""

TARGET_HELP = (
    "what builds the model: package.module:callable or path/to/file.py:Class. "
    "It is imported and run: name only code that you trust"
)


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--kwargs``, ``--input``, ``--inputs`` and ``--traceback``."""
    group = parser.add_argument_group("the model and its input")
    group.add_argument(
        "--kwargs", metavar="JSON", default="{}", help="keyword arguments for TARGET, as a JSON object"
    )
    group.add_argument(
        "--input",
        metavar="[NAME=]SHAPE[:DTYPE[:HIGH]]",
        action="append",
        default=[],
        help="one random input, such as 4x3x64x64, 4x16:int64:1000 (integers below 1000) or "
        "mask=4x16:bool; once for each argument of the model",
    )
    group.add_argument(
        "--inputs",
        metavar="TARGET",
        help="what returns the model's input instead: a tensor, a tuple of arguments or a dict of "
        "keyword arguments",
    )
    group.add_argument(
        "--custom",
        metavar="MODULE",
        help="package.module or path/to/file.py with the classes and functions of your own that a .keras "
        "file needs; it is imported",
    )
    group.add_argument("--traceback", action="store_true", help="show the whole traceback of an error")


def add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="NEW", help="another way to say NEW")


def settle_output(args: argparse.Namespace, *, needs_old: bool) -> Optional[str]:
    """Let ``-o NEW`` and the positional NEW mean the same; what is wrong with them, if anything.

    Where OLD may be left out, a single name is NEW.  ``--dry-run`` needs no NEW.
    """
    if args.output is not None:
        if args.new is not None:
            return "NEW is given twice"
        args.new = args.output
    elif args.new is None and not needs_old and not (args.dry_run and is_keras_file(args.old or "")):
        args.old, args.new = None, args.old
    if needs_old and args.old is None:
        return "OLD is missing: name the file to read"
    if args.new is None and args.dry_run:
        args.new = args.old  # never written; its ending says what kind it would be
    return "NEW is missing: name the file to write, or give --dry-run" if args.new is None else None


def is_keras_file(name: str) -> bool:
    """Whether ``name`` is a model that Keras saved: ``.keras``, or the HDF5 of before."""
    return name.endswith((".keras", ".h5", ".hdf5"))


def fail(message: str) -> int:
    """Say in one line on standard error why the command stops; return its exit status, 2."""
    print(f"convbias-lint: error: {message}", file=sys.stderr)
    return 2


def told_in_one_line(
    work: Callable[[argparse.Namespace], Outcome],
    args: argparse.Namespace,
    passing: tuple[type[Exception], ...] = (),
) -> int:
    """Do ``work``; print what it says, or in one line why it stopped; ``passing`` is for the caller."""
    from convbias_lint.torch_tools.errors import ToolError

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


def missing_library(command: str, library: str, extra: str) -> int:
    """Say which extra the command needs."""
    return fail(f"{command} needs {library}, which is not installed: pip install 'convbias-lint[{extra}]'")
