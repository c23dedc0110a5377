"""What all tests share: options, and PyTorch where a test needs it."""

from __future__ import annotations

import importlib.util
import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="rewrite the expectations under tests/cases to what is found now; read the diff",
    )
    parser.addoption(
        "--long", action="store_true", help="thousands of generated models and inputs in place of hundreds"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-cases") and os.environ.get("CI"):
        raise pytest.UsageError("--update-cases is for people who read the diff, not for CI")


@pytest.fixture(scope="session")
def needs_torch() -> None:
    """Skip where PyTorch is not installed; in CI that is a failure."""
    if importlib.util.find_spec("torch") is None:
        if os.environ.get("CI"):
            pytest.fail("PyTorch is not installed: in CI its tests must run")
        pytest.skip("PyTorch is not installed")
    import torch

    torch.set_num_threads(1)
