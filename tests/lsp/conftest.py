"""The client that plays an editor needs Python 3.10; the server does not."""

from __future__ import annotations

import importlib.util
import sys

collect_ignore_glob: list[str] = []
if importlib.util.find_spec("pytest_lsp") is None:
    if sys.version_info >= (3, 10):
        raise RuntimeError("pytest-lsp is not installed")
    collect_ignore_glob = ["test_*.py"]
