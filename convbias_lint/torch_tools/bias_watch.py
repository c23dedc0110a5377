"""Watch every use of some biases while a model runs, whatever layer, function or operator uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode


class BiasUse:
    """What one run showed of one bias."""

    def __init__(self) -> None:
        self.calls = 0
        self.flow = 0.0
        """The sum of the absolute gradients of what the bias was added to."""
        self.nodes: list[Any] = []
        """The nodes of the autograd graph that the bias went into."""


class BiasWatch(TorchFunctionMode):
    """While active, notes each torch function that is given one of ``biases`` (path -> bias).

    ``coarsest`` is the least precise type in which anything differentiable was computed.
    """

    def __init__(self, biases: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.uses = {path: BiasUse() for path in biases}
        self._paths = {id(bias): path for path, bias in biases.items()}
        self._aliases: list[Tensor] = []
        self.coarsest = torch.float64

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Optional[dict[str, Any]] = None
    ) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        if isinstance(result, Tensor) and result.requires_grad and result.is_floating_point():
            if torch.finfo(result.dtype).eps > torch.finfo(self.coarsest).eps:
                self.coarsest = result.dtype
        given = [value for value in (*args, *kwargs.values()) if isinstance(value, Tensor)]
        for tensor in given:
            path = self._paths.get(id(tensor))
            if path is not None:
                self._note(path, result, alone=len(given) == 1)
        return result

    def _note(self, path: str, result: Any, *, alone: bool) -> None:
        results = [result] if isinstance(result, Tensor) else []
        if isinstance(result, (tuple, list)):
            results = [item for item in result if isinstance(item, Tensor)]
        use = self.uses[path]
        for tensor in results:
            if alone:
                # bias.view(1, -1, 1, 1), bias.to(x): still the bias, its real use comes later.
                # Kept alive, for an id is only an identity as long as its object lives.
                self._aliases.append(tensor)
                self._paths[id(tensor)] = path
                continue
            use.calls += 1
            if tensor.requires_grad and tensor.is_floating_point():
                use.nodes.append(tensor.grad_fn)
                hooked: Any = tensor
                hooked.register_hook(lambda grad, use=use: _add_flow(use, grad))
                break  # of several results (attention), the first is the one the bias is added to


def _add_flow(use: BiasUse, grad: Tensor) -> None:
    use.flow += float(grad.detach().abs().sum(dtype=torch.float64))
