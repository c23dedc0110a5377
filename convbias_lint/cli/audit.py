"""``convbias-lint audit``: prove on a live model which biases are redundant."""

from __future__ import annotations

import argparse
import os

from convbias_lint.cli.model_arguments import TARGET_HELP, add_model_arguments
from convbias_lint.keras_tools.files import is_keras_file
from convbias_lint.messages import missing_library

DESCRIPTION = (
    "Build a model, run one training step with random biases in double precision and read the "
    "gradients: a bias that no output depends on is redundant. Exit status 1 where there is one."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "target", metavar="TARGET", help=f"{TARGET_HELP}; or a saved Keras model, .keras or .h5"
    )
    add_model_arguments(parser)
    parser.add_argument("--all", action="store_true", help="list needed and absent biases too")
    parser.add_argument(
        "--output-format",
        default="table",
        metavar="FORMAT",
        help="table (default), or any format of check: concise, full, json, sarif ...",
    )
    parser.add_argument(
        "--report", metavar="FILE", help="write the whole audit, every layer, to FILE as JSON"
    )
    parser.add_argument(
        "--time", action="store_true", help="measure a training step with and without the redundant biases"
    )
    parser.add_argument(
        "--repeat", type=int, default=30, metavar="N", help="pairs of training steps for --time (default 30)"
    )
    parser.add_argument(
        "--clock",
        default="wall",
        choices=("wall", "cpu"),
        help="what --time counts: wall (default), or cpu, the time of this process alone, on a machine that "
        "others use too",
    )
    parser.add_argument("--device", default="cpu", help="where --time runs: cpu (default), cuda, cuda:1 ...")


def run(args: argparse.Namespace) -> int:
    from convbias_lint.keras_tools.files import choose_backend

    backend = choose_backend()  # before TARGET may import Keras
    if is_keras_file(args.target):
        from convbias_lint.keras_tools.commands import audit_target

        return audit_target(args)
    try:
        import torch  # noqa: F401
    except ImportError:
        if not backend or os.environ.get("KERAS_BACKEND") == "torch":
            return missing_library("audit", "PyTorch", "torch")
        from convbias_lint.keras_tools.commands import audit_target

        return audit_target(args)
    from convbias_lint.live_tools.errors import KerasModelFound
    from convbias_lint.torch_tools.commands import audit_command

    try:
        return audit_command(args)
    except KerasModelFound as found:
        from convbias_lint.keras_tools.commands import audit_target

        return audit_target(args, found.model)
