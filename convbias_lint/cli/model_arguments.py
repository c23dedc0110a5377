"""Options that ``audit``, ``migrate`` and ``fold`` share: which model to build and what to feed it."""

from __future__ import annotations

import argparse
from typing import Optional

from convbias_lint.keras_tools.files import is_keras_file

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


def add_writing(parser: argparse.ArgumentParser) -> None:
    """Add what ``migrate`` and ``fold`` share about reading OLD, writing NEW and telling of it."""
    parser.add_argument("--dry-run", action="store_true", help="do everything but write NEW")
    parser.add_argument("--force", action="store_true", help="replace NEW where it exists")
    parser.add_argument(
        "--allow-pickle",
        action="store_true",
        help="read files that hold more than tensors and plain data; they can run any code",
    )
    parser.add_argument(
        "--output-format", default="text", choices=("text", "json"), help="how to report (default text)"
    )


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
    if args.new is None and args.dry_run:
        args.new = args.old  # never written; its ending says what kind it would be
    return "NEW is missing: name the file to write, or give --dry-run" if args.new is None else None
