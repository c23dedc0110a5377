"""Double precision that is double throughout.

Keras 3 computes batch and group norms in the type that it promotes ``float64`` and ``float32`` to,
and except on TensorFlow that is ``float32``, even in a model whose layers are all ``float64``.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from typing import Any

_ENTRY = "float64"


@contextlib.contextmanager
def double_precision() -> Iterator[bool]:
    """While it is open, doubles stay doubles; yields whether that is so."""
    table = _promotions()
    if table is None:
        yield False
        return
    before = table[_ENTRY]
    table[_ENTRY] = _ENTRY
    try:
        yield True
    finally:
        table[_ENTRY] = before


def _promotions() -> Any:
    try:
        table = importlib.import_module("keras.src.backend.common.dtypes").BIT64_TO_BIT32_DTYPE
    except (ImportError, AttributeError):
        return None
    return table if isinstance(table, dict) and _ENTRY in table else None


def in_double(saved: Any) -> None:
    """Change a saved model in place so that every layer of it computes in double precision."""
    if isinstance(saved, list):
        for item in saved:
            in_double(item)
    if not isinstance(saved, dict):
        return
    if saved.get("class_name") in ("DTypePolicy", "FloatDTypePolicy"):
        saved["config"]["name"] = "float64"
        return
    if isinstance(saved.get("dtype"), str) and "float" in saved["dtype"]:
        saved["dtype"] = "float64"
    for key, item in saved.items():
        if key != "compile_config":
            in_double(item)
