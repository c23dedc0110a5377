"""What all tests share: options, and PyTorch where a test needs it."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys

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
    # Commands that are interrupted on purpose would inherit it from a run in the background to ignore that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


HAS_TORCH = importlib.util.find_spec("torch") is not None
collect_ignore_glob = [] if HAS_TORCH else ["test_catalog*.py", "test_generated_models.py"]
if os.environ.get("CI") and not HAS_TORCH and sys.version_info >= (3, 10):  # none recent for Python 3.9
    raise RuntimeError("PyTorch is not installed: in CI its tests must run")


@pytest.fixture(scope="session")
def needs_torch() -> None:
    """Skip where PyTorch is not installed, and keep it to one thread where it is."""
    if not HAS_TORCH:
        pytest.skip("PyTorch is not installed")
    import torch

    torch.set_num_threads(1)
