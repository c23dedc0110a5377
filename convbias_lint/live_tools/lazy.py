"""Packages whose names import their modules, and so a framework, only when they are used."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Mapping
from typing import Callable


def names_from(
    package: str, homes: Mapping[str, str], libraries: Collection[str], advice: str
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The ``__getattr__`` and ``__dir__`` of ``package``, whose names live where ``homes`` says.

    Where one of ``libraries`` is missing, ``advice`` says what to install.
    """

    def get(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        try:
            module = importlib.import_module(f"convbias_lint.{homes[name]}")
        except ModuleNotFoundError as error:
            if error.name not in libraries:
                raise
            raise ModuleNotFoundError(f"{package} needs {advice}", name=error.name) from None
        value: object = getattr(module, name)
        setattr(sys.modules[package], name, value)
        return value

    return get, lambda: sorted(homes)
