"""``convbias-lint migrate``: carry a checkpoint over to a model without its redundant biases."""

from __future__ import annotations

import argparse

from convbias_lint.cli.model_arguments import (
    TARGET_HELP,
    add_model_arguments,
    add_output,
    fail,
    is_keras_file,
    missing_library,
    settle_output,
)

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
    parser.add_argument("--dry-run", action="store_true", help="do everything but write NEW")
    parser.add_argument("--force", action="store_true", help="replace NEW where it exists")
    parser.add_argument(
        "--allow-pickle",
        action="store_true",
        help="read files that hold more than tensors and plain data; they can run any code",
    )
    parser.add_argument(
        "--drop-optimizer",
        action="store_true",
        help="leave optimizer state out of NEW instead of refusing where it cannot be matched",
    )
    parser.add_argument(
        "--output-format", default="text", choices=("text", "json"), help="how to report (default text)"
    )


def run(args: argparse.Namespace) -> int:
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
