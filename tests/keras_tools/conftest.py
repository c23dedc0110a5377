"""Keras on the torch backend, on one thread; skipped where Keras is not installed."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("KERAS_BACKEND", "torch")
keras = pytest.importorskip("keras")


@pytest.fixture(autouse=True)
def _fresh_names() -> None:
    keras.utils.clear_session()
