"""Find, fix and prove biases that the following norm cancels.

>>> from convbias_lint import lint_source
>>> model = "from torch import nn\\nm = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))\\n"
>>> [finding.code for finding in lint_source(model)]
['CB101']

Names are imported when they are first used: a command that needs none of them starts at once.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convbias_lint.config import Settings
    from convbias_lint.finding import Applicability, Edit, Finding, Fix, Position, Related
    from convbias_lint.linter import lint_source
    from convbias_lint.project import lint_paths
    from convbias_lint.result import FileResult

__version__ = "0.1.0"

__all__ = [
    "Applicability",
    "Edit",
    "FileResult",
    "Finding",
    "Fix",
    "Position",
    "Related",
    "Settings",
    "__version__",
    "lint_paths",
    "lint_source",
]

_HOMES = {
    "Applicability": "finding",
    "Edit": "finding",
    "FileResult": "result",
    "Finding": "finding",
    "Fix": "finding",
    "Position": "finding",
    "Related": "finding",
    "Settings": "config",
    "lint_paths": "project",
    "lint_source": "linter",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
