"""What reads the reports in earnest: other people's parsers, and a browser."""

from __future__ import annotations

import importlib
import os
import shutil
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def needed(module: str) -> Any:
    """A module that a test needs; without it the test is skipped, in CI it fails."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return missing(f"{module} is not installed")


def browser() -> str:
    """The path of a Chromium."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or missing("there is no Chromium")


def missing(what: str) -> Any:
    """Skip the test for want of something; in CI fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: in CI its tests must run")
    pytest.skip(what)
