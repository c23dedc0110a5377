"""Tools that work on live PyTorch models: prove, migrate, fold.

``import convbias_lint`` never imports this package, and this package imports torch only when one of
its names is used::

    from convbias_lint.torch_tools import audit, assert_no_redundant_bias
    from convbias_lint.torch_tools import migrate_state_dict, fold_batch_norm
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convbias_lint.torch_tools.assertion import assert_no_redundant_bias as assert_no_redundant_bias
    from convbias_lint.torch_tools.audited import Audit as Audit, LayerAudit as LayerAudit, Verdict as Verdict
    from convbias_lint.torch_tools.births import recorded_births as recorded_births
    from convbias_lint.torch_tools.call import Call as Call
    from convbias_lint.torch_tools.errors import ToolError as ToolError
    from convbias_lint.torch_tools.fold import Folded as Folded, fold_batch_norm as fold_batch_norm
    from convbias_lint.torch_tools.migrate import (
        Migrated as Migrated,
        migrate_state_dict as migrate_state_dict,
        restore_state_dict as restore_state_dict,
    )
    from convbias_lint.torch_tools.prove import audit as audit

_HOMES = {
    "Audit": "audited",
    "Call": "call",
    "Folded": "fold",
    "LayerAudit": "audited",
    "Migrated": "migrate",
    "ToolError": "errors",
    "Verdict": "audited",
    "assert_no_redundant_bias": "assertion",
    "audit": "prove",
    "fold_batch_norm": "fold",
    "migrate_state_dict": "migrate",
    "recorded_births": "births",
    "restore_state_dict": "migrate",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = importlib.import_module(f"{__name__}.{_HOMES[name]}")
    except ModuleNotFoundError as error:
        if error.name not in ("torch", "safetensors", "numpy"):
            raise
        advice = f"{__name__} needs PyTorch: pip install 'convbias-lint[torch]'"
        raise ModuleNotFoundError(advice, name=error.name) from None
    value: object = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
