"""``convbias-lint fold``: fold batch norms into the layers beside them, for inference."""

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
    "Fold every batch norm that can be folded into the convolution or linear layer before it (or after "
    "it, where nothing is padded), print by how much the outputs differ, and write the result: an "
    "exported program (.pt2) that runs without this tool, or a state dict."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "old",
        metavar="OLD",
        nargs="?",
        help="checkpoint to load into the model first (.pt, .pth, .ckpt, .bin, .safetensors), or a "
        "Keras model, .keras or .h5; left out, the model keeps the weights that TARGET gives it",
    )
    parser.add_argument(
        "new",
        metavar="NEW",
        nargs="?",
        help=".pt2 for an exported program; .pt, .pth or .safetensors; or .keras",
    )
    add_output(parser)
    parser.add_argument("--model", metavar="TARGET", help=TARGET_HELP)
    add_model_arguments(parser)
    add_writing(parser)


def run(args: argparse.Namespace) -> int:
    with tidy_end():
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    wrong = settle_output(args, needs_old=False)
    if wrong is not None:
        return fail(wrong)
    if is_keras_file(args.new) or is_keras_file(args.old or ""):
        from convbias_lint.keras_tools.commands import fold_file

        return fold_file(args)
    try:
        import torch  # noqa: F401
    except ImportError:
        return missing_library("fold", "PyTorch", "torch")
    from convbias_lint.keras_tools.files import choose_backend
    from convbias_lint.torch_tools.commands import fold_command

    choose_backend()  # the code that --model names may import Keras too
    return fold_command(args)
