"""Tools that work on live Keras 3 models: audit, fold, change ``use_bias``.

``import convbias_lint`` never imports this package, and this package imports keras only when one of
its names is used::

    from convbias_lint.keras_tools import audit, fold_batch_norm, migrate, set_use_bias
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.live_tools.lazy import names_from

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
    from convbias_lint.live_tools.audited import Audit as Audit, LayerAudit as LayerAudit, Verdict as Verdict
    from convbias_lint.live_tools.errors import ToolError as ToolError

_HOMES = {
    "Audit": "live_tools.audited",
    "Changed": "keras_tools.use_bias",
    "Folded": "keras_tools.folding",
    "LayerAudit": "live_tools.audited",
    "ToolError": "live_tools.errors",
    "Verdict": "live_tools.audited",
    "audit": "keras_tools.prove",
    "change_use_bias": "keras_tools.use_bias",
    "difference": "keras_tools.compare",
    "fold": "keras_tools.folding",
    "fold_batch_norm": "keras_tools.folding",
    "migrate": "keras_tools.use_bias",
    "restore": "keras_tools.use_bias",
    "set_use_bias": "keras_tools.use_bias",
}

__all__ = sorted(_HOMES)
__getattr__, __dir__ = names_from(
    __name__, _HOMES, ("keras", "numpy"), "Keras 3: pip install 'convbias-lint[keras]'"
)
