"""Tools that work on live Keras 3 models: audit, fold, change ``use_bias``.

``import convbias_lint`` never imports this package, and this package imports keras only when one of
its names is used::

    from convbias_lint.keras_tools import audit, fold_batch_norm, migrate, set_use_bias
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convbias_lint.keras_tools.compare import difference as difference
    from convbias_lint.keras_tools.folding import (
        Folded as Folded,
        fold as fold,
        fold_batch_norm as fold_batch_norm,
    )
    from convbias_lint.keras_tools.prove import audit as audit
    from convbias_lint.keras_tools.use_bias import (
        Changed as Changed,
        change_use_bias as change_use_bias,
        migrate as migrate,
        restore as restore,
        set_use_bias as set_use_bias,
    )
    from convbias_lint.torch_tools.audited import Audit as Audit, LayerAudit as LayerAudit, Verdict as Verdict
    from convbias_lint.torch_tools.errors import ToolError as ToolError

_HOMES = {
    "Audit": "convbias_lint.torch_tools.audited",
    "Changed": "use_bias",
    "Folded": "folding",
    "LayerAudit": "convbias_lint.torch_tools.audited",
    "ToolError": "convbias_lint.torch_tools.errors",
    "Verdict": "convbias_lint.torch_tools.audited",
    "audit": "prove",
    "change_use_bias": "use_bias",
    "difference": "compare",
    "fold": "folding",
    "fold_batch_norm": "folding",
    "migrate": "use_bias",
    "restore": "use_bias",
    "set_use_bias": "use_bias",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES[name]
    try:
        module = importlib.import_module(home if "." in home else f"{__name__}.{home}")
    except ModuleNotFoundError as error:
        if error.name not in ("keras", "numpy"):
            raise
        advice = f"{__name__} needs Keras 3: pip install 'convbias-lint[keras]'"
        raise ModuleNotFoundError(advice, name=error.name) from None
    value: object = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
