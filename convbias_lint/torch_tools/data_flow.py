"""Which layer's output goes into which call, found by running a model and watching its tensors.

Two modes watch together.  The first sees torch functions as models call them (``F.conv2d`` with the
very weight of a module); the second sees every tensor operation, so that a use from C++ or inside an
``autograd.Function`` counts as a use too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple, Optional

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from convbias_lint.torch_tools.biased_layers import has_running_mean
from convbias_lint.torch_tools.call import Call, run, seeded, tensors_in

_LINEAR = {
    torch.conv1d: "conv",
    torch.conv2d: "conv",
    torch.conv3d: "conv",
    torch.conv_transpose1d: "transposed",
    torch.conv_transpose2d: "transposed",
    torch.conv_transpose3d: "transposed",
    F.conv1d: "conv",
    F.conv2d: "conv",
    F.conv3d: "conv",
    F.conv_transpose1d: "transposed",
    F.conv_transpose2d: "transposed",
    F.conv_transpose3d: "transposed",
    F.linear: "linear",
}


class LayerCall(NamedTuple):
    """One call of a layer: its kind (conv, transposed, linear, norm), its module, what goes in and out."""

    kind: str
    path: str
    module: Optional[nn.Module]
    input: Tensor
    output: Tensor


class DataFlow:
    """What one run of a model in evaluation mode showed."""

    def __init__(self, model: nn.Module, call: Call) -> None:
        self.calls: list[LayerCall] = []
        self.uses: dict[int, int] = defaultdict(int)
        """Of each tensor, by id: by how many operations and outputs it is used."""
        self._kept: list[Any] = []  # ids are identities only while their objects live
        self._model = model
        self._weights: dict[int, tuple[str, nn.Module]] = {}
        for path, module in model.named_modules():
            # A norm is known by its running mean: it may have no weight.
            held = {**module._parameters, **module._buffers}
            tensor = held.get("running_mean" if has_running_mean(module) else "weight")
            if tensor is not None:
                self._weights[id(tensor)] = (path, module)
        self._run(call)

    def _run(self, call: Call) -> None:
        self._model.eval()
        with torch.no_grad(), seeded(0), _Functions(self), _Operations(self):
            output = run(self._model, call)
        for _, tensor in tensors_in(output):
            self.uses[id(tensor)] += 1

    def into(self, tensor: Tensor) -> list[LayerCall]:
        return [call for call in self.calls if call.input is tensor]

    def of(self, module: nn.Module) -> list[LayerCall]:
        return [call for call in self.calls if call.module is module]

    def note(self, kind: str, weight: Any, given: Tensor, result: Tensor) -> None:
        path, module = self._weights.get(id(weight), ("", None))
        self.calls.append(LayerCall(kind, path, module, given, result))


class _Functions(TorchFunctionMode):
    def __init__(self, flow: DataFlow) -> None:
        super().__init__()
        self._flow = flow

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Optional[dict[str, Any]] = None
    ) -> Any:
        kwargs = kwargs or {}
        kind = "norm" if func is F.batch_norm else _LINEAR.get(func)
        result = func(*args, **kwargs)
        if kind is not None:
            given = args[0] if args else kwargs["input"]
            weight = args[1] if len(args) > 1 else kwargs.get("running_mean" if kind == "norm" else "weight")
            self._flow.note(kind, weight, given, result)
        return result


class _Operations(TorchDispatchMode):  # type: ignore[no-untyped-call]
    def __init__(self, flow: DataFlow) -> None:
        watching: Any = super()
        watching.__init__()
        self._flow = flow

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Optional[dict[str, Any]] = None
    ) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        given = {id(t): t for _, t in tensors_in([list(args), dict(kwargs)])}
        for tensor in given.values():
            self._flow.uses[id(tensor)] += 1
        self._flow._kept.append((list(given.values()), result))
        return result
