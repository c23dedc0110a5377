"""Keras on the torch backend, on one thread; skipped where Keras is not installed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
keras = pytest.importorskip("keras")


def pytest_configure(config: pytest.Config) -> None:
    # Keras hands tensors of PyTorch to NumPy 2 in the way of NumPy 1.
    config.addinivalue_line("filterwarnings", "ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(autouse=True)
def _fresh_names() -> None:
    keras.utils.clear_session()


@pytest.fixture
def doubles() -> Iterator[None]:
    """Models built inside compute in double precision, throughout."""
    from convbias_lint.keras_tools.precision import double_precision

    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float64")
    try:
        with double_precision() as real:
            assert real
            yield
    finally:
        keras.config.set_dtype_policy(before)
