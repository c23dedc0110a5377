"""Meet every norm that keeps a running mean just before it works, in the order of the run.

Norms are met where they are computed, ``F.batch_norm`` and ``F.instance_norm``, so that modules,
subclasses with a forward of their own and functional calls are all seen.  A norm written out in
Python is met at the call of the module that owns its ``running_mean``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable, Optional

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from convbias_lint.torch_tools.model_state import state_names

# function -> positions of running_mean and of the flag that says "use this batch's own mean"
_FUNCTIONS: dict[Any, tuple[int, str, int, str]] = {
    F.batch_norm: (1, "running_mean", 5, "training"),
    F.instance_norm: (1, "running_mean", 5, "use_input_stats"),
    torch.batch_norm: (3, "running_mean", 5, "training"),
    torch.instance_norm: (3, "running_mean", 5, "use_input_stats"),
}
_DEFAULTS = {F.batch_norm: False, F.instance_norm: True}

Meeting = Callable[[str, Tensor, Tensor, int], None]
"""Called with the running mean's key, the tensor, the norm's input and its channel axis."""


class NormWatch(TorchFunctionMode):
    """While active, calls ``meet`` before each norm that is about to use its running mean.

    ``owners`` are keys of norms that are met at their module's call; `functional` says, after a run,
    which were met as functions.
    """

    def __init__(self, model: nn.Module, meet: Meeting, owners: Sequence[str] = ()) -> None:
        super().__init__()
        self._meet = meet
        self._keys: dict[int, str] = {}
        self._modules: dict[str, nn.Module] = {}
        self._owners = set(owners)
        self._handles: list[Any] = []
        self.functional: set[str] = set()
        self.low_precision = False
        names = state_names(model)
        for path, module in model.named_modules():
            mean = module._buffers.get("running_mean")
            if isinstance(mean, Tensor):
                key = names.get(id(mean), f"{path}.running_mean")
                self._keys[id(mean)] = key
                self._modules[key] = module

    @property
    def keys(self) -> set[str]:
        """The keys of all running means of the model."""
        return set(self._modules)

    def __enter__(self) -> NormWatch:
        for key in self._owners:
            self._handles.append(
                self._modules[key].register_forward_pre_hook(
                    lambda module, args, kwargs, key=key: self._at_call(key, module, args, kwargs),
                    with_kwargs=True,
                )
            )
        modes: Any = super()
        modes.__enter__()
        return self

    def __exit__(self, *exception: Any) -> None:
        modes: Any = super()
        modes.__exit__(*exception)
        for handle in self._handles:
            handle.remove()

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Optional[dict[str, Any]] = None
    ) -> Any:
        kwargs = kwargs or {}
        if func in _FUNCTIONS:
            mean_at, mean_name, flag_at, flag_name = _FUNCTIONS[func]
            mean = args[mean_at] if len(args) > mean_at else kwargs.get(mean_name)
            default = _DEFAULTS.get(func, False)
            own_mean = args[flag_at] if len(args) > flag_at else kwargs.get(flag_name, default)
            key = self._keys.get(id(mean))
            if isinstance(mean, Tensor) and key is not None and key not in self._owners and not own_mean:
                self.functional.add(key)
                given = args[0] if args else kwargs["input"]
                self._meet(key, mean, given, 1)
        result = func(*args, **kwargs)
        if isinstance(result, Tensor) and result.dtype in (torch.float32, torch.float16, torch.bfloat16):
            self.low_precision = True
        return result

    def _at_call(self, key: str, module: nn.Module, args: Any, kwargs: Any) -> None:
        mean = module._buffers["running_mean"]
        given = next((v for v in (*args, *kwargs.values()) if isinstance(v, Tensor)), None)
        if mean is not None and given is not None and not module.training:
            # Channels first if the sizes say so, else last; the comparison of outputs is the judge.
            first = given.dim() > 1 and given.shape[1] == mean.numel()
            self._meet(key, mean, given, 1 if first else given.dim() - 1)
