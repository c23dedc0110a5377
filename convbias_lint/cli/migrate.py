"""``convbias-lint migrate``: carry a checkpoint over to a model without its redundant biases."""

from __future__ import annotations

import argparse

from convbias_lint.cli.model_arguments import (
    TARGET_HELP,
    add_model_arguments,
    add_output,
    add_writing,
    settle_output,
)
from convbias_lint.keras_tools.files import is_keras_file
from convbias_lint.messages import fail, missing_library
from convbias_lint.writing import tidy_end

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
        ".safetensors.index.json; or a Keras model, .keras or .h5",
    )
    parser.add_argument(
        "new",
        metavar="NEW",
        nargs="?",
        help="checkpoint to write, of the same kind (.keras for a Keras model)",
    )
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
    wrong = settle_output(args, needs_old=True)
    if wrong is not None:
        return fail(wrong)
    if is_keras_file(args.old):
        from convbias_lint.keras_tools.commands import migrate_file

        return migrate_file(args)
    try:
        import torch  # noqa: F401
    except ImportError:
        return missing_library("migrate", "PyTorch", "torch")
    from convbias_lint.keras_tools.files import choose_backend
    from convbias_lint.torch_tools.commands import migrate_command

    choose_backend()  # the code that --model names may import Keras too
    return migrate_command(args)
