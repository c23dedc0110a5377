"""One thread for all tests of the live tools: they share their machine, and are small."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Callable

import pytest

sys.path.insert(0, str(Path(__file__).parent))
collect_ignore_glob = []
if importlib.util.find_spec("torch") is not None:
    import torch

    torch.set_num_threads(1)
elif os.environ.get("CI") and sys.version_info >= (
    3,
    10,
):  # for Python 3.9 there is no PyTorch that is recent
    raise RuntimeError("PyTorch is not installed: in CI its tests must run")
else:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process: ``(exit status, standard output, standard error)``."""

    def run(command: str, *argv: object) -> tuple[int, str, str]:
        module = importlib.import_module(f"convbias_lint.cli.{command}")
        parser = argparse.ArgumentParser(prog=f"convbias-lint {command}")
        module.add_arguments(parser)
        capsys.readouterr()
        status = module.run(parser.parse_args([str(argument) for argument in argv]))
        out, err = capsys.readouterr()
        return status, out, err

    return run
