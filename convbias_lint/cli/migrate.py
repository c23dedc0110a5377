"""``convbias-lint migrate``: carry a checkpoint over to a model without its redundant biases."""

from __future__ import annotations

import argparse

from convbias_lint.cli.fixing import tidy_end
from convbias_lint.cli.model_arguments import (
    TARGET_HELP,
    add_model_arguments,
    add_output,
    add_writing,
    missing_library,
    settle_output,
)
from convbias_lint.messages import fail

DESCRIPTION = (
    "Write NEW, a checkpoint for the model without redundant biases, from OLD, one of the model that "
    "had them: biases and their optimizer state go, the running means of the norms take over what "
    "they did. The outputs are compared before anything is written. OLD is never changed."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "old",
        metavar="OLD",
        help="checkpoint to read: .pt, .pth, .ckpt, .bin, .safetensors, a sharded checkpoint's "
        ".safetensors.index.json, or .keras",
    )
    parser.add_argument("new", metavar="NEW", nargs="?", help="checkpoint to write, of the same kind")
    add_output(parser)
    parser.add_argument(
        "--model", metavar="TARGET", help=TARGET_HELP + ". The new model (with --reverse: the old one)"
    )
    add_model_arguments(parser)
    parser.add_argument("--reverse", action="store_true", help="put zero biases back, for old code")
    add_writing(parser)
    parser.add_argument(
        "--drop-optimizer",
        action="store_true",
        help="leave optimizer state out of NEW instead of refusing where it cannot be matched",
    )


def run(args: argparse.Namespace) -> int:
    with tidy_end():
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    wrong = settle_output(args)
    if args.old is None:
        wrong = "two files are needed: OLD to read and NEW to write; see convbias-lint migrate --help"
    if wrong is not None:
        return fail(wrong)
    if args.old.endswith(".keras"):
        from convbias_lint.keras_tools.commands import migrate_file

        return migrate_file(args)
    try:
        import torch  # noqa: F401
    except ImportError:
        return missing_library("migrate", "PyTorch", "torch")
    from convbias_lint.torch_tools.commands import migrate_command

    return migrate_command(args)
