"""Tools that work on live PyTorch models: prove, migrate, fold.

``import convbias_lint`` never imports this package, and this package imports torch only when one of
its names is used::

    from convbias_lint.torch_tools import audit, assert_no_redundant_bias
    from convbias_lint.torch_tools import migrate_state_dict, fold_batch_norm
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.live_tools.lazy import names_from

if TYPE_CHECKING:
    from convbias_lint.live_tools.audited import Audit as Audit, LayerAudit as LayerAudit, Verdict as Verdict
    from convbias_lint.live_tools.births import recorded_births as recorded_births
    from convbias_lint.live_tools.errors import ToolError as ToolError
    from convbias_lint.torch_tools.assertion import assert_no_redundant_bias as assert_no_redundant_bias
    from convbias_lint.torch_tools.call import Call as Call
    from convbias_lint.torch_tools.fold import Folded as Folded, fold_batch_norm as fold_batch_norm
    from convbias_lint.torch_tools.migrate import (
        Migrated as Migrated,
        migrate_state_dict as migrate_state_dict,
        restore_state_dict as restore_state_dict,
    )
    from convbias_lint.torch_tools.prove import audit as audit

_HOMES = {
    "Audit": "live_tools.audited",
    "Call": "torch_tools.call",
    "Folded": "torch_tools.fold",
    "LayerAudit": "live_tools.audited",
    "Migrated": "torch_tools.migrate",
    "ToolError": "live_tools.errors",
    "Verdict": "live_tools.audited",
    "assert_no_redundant_bias": "torch_tools.assertion",
    "audit": "torch_tools.prove",
    "fold_batch_norm": "torch_tools.fold",
    "migrate_state_dict": "torch_tools.migrate",
    "recorded_births": "live_tools.births",
    "restore_state_dict": "torch_tools.migrate",
}

__all__ = sorted(_HOMES)
__getattr__, __dir__ = names_from(
    __name__, _HOMES, ("torch", "safetensors", "numpy"), "PyTorch: pip install 'convbias-lint[torch]'"
)
