"""Which modules of a live model have a bias that may be redundant, and which are norms."""

from __future__ import annotations

from typing import NamedTuple, Optional

from torch import Tensor, nn
from torch.nn.parameter import is_lazy

LINEAR_LAYERS: tuple[type[nn.Module], ...] = (nn.modules.conv._ConvNd, nn.Linear, nn.Bilinear)
_NORMS: tuple[type[nn.Module], ...] = (
    nn.modules.batchnorm._NormBase,
    nn.GroupNorm,
    nn.LayerNorm,
    nn.LocalResponseNorm,
)


class BiasedLayer(NamedTuple):
    """A layer that can have a bias; ``bias`` is None where it has none."""

    path: str
    module: nn.Module
    bias: Optional[nn.Parameter]


def is_norm(module: nn.Module) -> bool:
    """Whether ``module`` normalises: torch's own norms, and any that is called so or keeps a mean."""
    if isinstance(module, LINEAR_LAYERS):
        return False  # a ``NormedConv2d`` normalises its weight
    called_so = "Norm" in type(module).__name__
    return isinstance(module, _NORMS) or called_so or has_running_mean(module)


def has_running_mean(module: nn.Module) -> bool:
    """Whether ``module`` keeps a running mean, as batch norms do."""
    return isinstance(module._buffers.get("running_mean"), Tensor)


def biased_layers(model: nn.Module) -> list[BiasedLayer]:
    """The layers of ``model`` in its own order: convolutions, linear layers and others with a bias.

    A bias that a parametrization computes counts as absent here: it is no parameter of the layer.
    """
    found = []
    for path, module in model.named_modules():
        bias = module._parameters.get("bias")
        if is_norm(module) or (bias is not None and is_lazy(bias)):
            continue
        if bias is not None or ("bias" in module._parameters and isinstance(module, LINEAR_LAYERS)):
            found.append(BiasedLayer(path, module, bias))
    return found


def describe(module: nn.Module) -> str:
    """A short text for a layer: ``Conv2d(3, 64, 7x7)``, ``Linear(64, 10)``, or its class."""
    name = type(module).__name__
    if isinstance(module, nn.modules.conv._ConvNd):
        kernel = "x".join(str(size) for size in module.kernel_size)
        return f"{name}({module.in_channels}, {module.out_channels}, {kernel})"
    if isinstance(module, nn.Linear):
        return f"{name}({module.in_features}, {module.out_features})"
    return name
