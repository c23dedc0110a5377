"""The state dict of a live model: the names that its tensors have there, and loading one that must fit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from torch import nn

from convbias_lint.live_tools.errors import ToolError, one_line


def state_names(model: nn.Module) -> dict[int, str]:
    """The name of each tensor of ``model`` in its state dict, by the tensor's id.

    Wrappers may leave segments out there which `torch.nn.Module.named_parameters` has.
    """
    names: dict[int, str] = {}
    for key, value in model.state_dict(keep_vars=True).items():
        names.setdefault(id(value), key)
    return names


def load_state(model: nn.Module, state: Mapping[str, Any], failing: str) -> None:
    """Load ``state``, which must fit but for counters of batches; a `ToolError` begins with ``failing``."""
    own = model.state_dict()
    full = OrderedDict(state)
    full.update((k, v) for k, v in own.items() if k.endswith("num_batches_tracked") and k not in state)
    if hasattr(state, "_metadata"):
        full._metadata = state._metadata  # type: ignore[attr-defined]
    try:
        model.load_state_dict(full, strict=True)
    except Exception as error:  # a module may read its state by code of its own
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        # The first line of torch's own message only says that there are errors.
        raise ToolError(f"{failing}: {lines[1] if len(lines) > 1 else one_line(error)}") from error
