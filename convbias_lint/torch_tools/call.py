"""Models and their inputs: how they are called, copied, cast, and what tensors come out.

Inputs may be one tensor, a tuple or list of positional arguments, a mapping of keyword arguments, or
a `Call` with both.  Arguments may themselves be nested lists, tuples, dicts and dataclasses of tensors.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import random
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Callable, NamedTuple, Union

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError, one_line


class Call(NamedTuple):
    """The arguments of one call of a model."""

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = {}

    def on(self, model: nn.Module) -> Any:
        return model(*map_tensors(self.args, _fresh), **map_tensors(dict(self.kwargs), _fresh))

    def cast(self, dtype: torch.dtype) -> Call:
        """The same call with every floating-point tensor in ``dtype``."""

        def convert(tensor: Tensor) -> Tensor:
            if tensor.is_complex():
                return tensor.to(torch.complex128 if dtype == torch.float64 else torch.complex64)
            return tensor.to(dtype) if tensor.is_floating_point() else tensor

        return self.map(convert)

    def map(self, function: Callable[[Tensor], Tensor]) -> Call:
        return Call(map_tensors(self.args, function), map_tensors(dict(self.kwargs), function))


Inputs = Union[Tensor, "tuple[Any, ...]", "list[Any]", Mapping[str, Any], Call]


def as_call(inputs: Inputs) -> Call:
    """What the tools accept as ``inputs``, as a `Call`."""
    if isinstance(inputs, Call):
        return inputs
    if isinstance(inputs, Mapping):
        return Call((), inputs)
    if isinstance(inputs, (tuple, list)):
        return Call(tuple(inputs))
    return Call((inputs,))


def _fresh(tensor: Tensor) -> Tensor:
    """A copy, so that a model that works in place does not spoil the next run's input."""
    return tensor.detach().clone()


def map_tensors(value: Any, function: Callable[[Tensor], Tensor]) -> Any:
    """``value`` with every tensor in it replaced; containers keep their types."""
    if isinstance(value, Tensor):
        return function(value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(map_tensors(item, function) for item in value))
    if isinstance(value, (tuple, list)):
        return type(value)(map_tensors(item, function) for item in value)
    changed: Any
    if isinstance(value, dict):
        changed = copy.copy(value)
        for key in value:
            changed[key] = map_tensors(value[key], function)
        return changed
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = copy.copy(value)
        for field in dataclasses.fields(value):
            object.__setattr__(changed, field.name, map_tensors(getattr(value, field.name), function))
        return changed
    return value


def tensors_in(value: Any, _depth: int = 0) -> Iterator[tuple[str, Tensor]]:
    """Every tensor of a model's output with a name for it, such as ``[0].logits``."""
    if isinstance(value, Tensor):
        yield "", value
        return
    if _depth > 8 or isinstance(value, (str, bytes, int, float, bool, type(None), type, nn.Module)):
        return
    items: list[tuple[str, Any]] = []
    if isinstance(value, Mapping):
        items = [(f"[{key!r}]", value[key]) for key in value]
    elif isinstance(value, (tuple, list)):
        items = [(f"[{index}]", item) for index, item in enumerate(value)]
    elif hasattr(value, "__dict__"):
        items = [(f".{name}", item) for name, item in vars(value).items()]
    elif dataclasses.is_dataclass(value):  # with slots
        items = [(f".{field.name}", getattr(value, field.name)) for field in dataclasses.fields(value)]
    for name, item in items:
        for rest, tensor in tensors_in(item, _depth + 1):
            yield name + rest, tensor


def refuse_scripted(model: nn.Module) -> None:
    """Raise `ToolError` where ``model`` is, or holds, compiled TorchScript."""
    if any(isinstance(module, torch.jit.ScriptModule) for module in model.modules()):
        raise ToolError("a TorchScript module cannot be taken apart: name the Python code behind it")


def copy_model(model: nn.Module) -> nn.Module:
    """A deep copy that shares nothing with ``model``.

    The old ``weight_norm`` and ``spectral_norm`` keep a computed weight as a plain attribute, which
    torch refuses to deep-copy: such tensors are detached in the copy and computed anew by its hooks.
    """
    refuse_scripted(model)
    memo: dict[int, Any] = {}
    for module in model.modules():
        for value in vars(module).values():
            if isinstance(value, Tensor) and not value.is_leaf:
                memo[id(value)] = value.detach().clone()
    try:
        copied = copy.deepcopy(model, memo)
    except Exception as error:
        raise ToolError(f"the model cannot be copied: {one_line(error)}") from error
    for module in copied.modules():
        if type(module) is nn.SyncBatchNorm:
            object.__setattr__(module, "__class__", SyncBatchNorm)
    return copied


class SyncBatchNorm(nn.modules.batchnorm._BatchNorm):
    """What copies have in place of torch's own, which does not train on a CPU: the same, in one process."""

    def _check_input_dim(self, input: Tensor) -> None:
        """Any number of dimensions, as in the original."""


def materialised(model: nn.Module, call: Call) -> nn.Module:
    """``model`` itself, after one run where it has lazy layers that still wait for their shapes."""
    lazy = torch.nn.parameter.is_lazy
    if any(lazy(p) for p in [*model.parameters(), *model.buffers()]):
        with torch.no_grad(), seeded(0):
            run(model, call)
    return model


def run(model: nn.Module, call: Call) -> Any:
    """What ``model`` returns; whatever it raises becomes a `ToolError`.

    Parts that ``torch.compile`` wraps run as they are written: compiling them would take minutes.
    """
    try:
        with _uncompiled():
            return call.on(model)
    except ToolError:
        raise
    except (Exception, SystemExit) as error:
        hint = ""
        if "should be the same" in str(error) or "must have the same dtype" in str(error):
            hint = " (give the input the dtype of the model, such as 4x3x64x64:float16)"
        if "more than 1 value per channel" in str(error) or "more than 1 spatial element" in str(error):
            hint = " (give a batch of two or more, or larger images)"
        if isinstance(error, TypeError) and "required positional argument" in str(error):
            hint = " (give one input for each argument: --input several times, or --inputs)"
        raise ToolError(f"the model fails on this input: {one_line(error)}{hint}") from error


def _uncompiled() -> Any:
    stance: Any = getattr(torch.compiler, "set_stance", None)  # from PyTorch 2.6 on
    if stance is None or "torch._dynamo" not in sys.modules:
        return contextlib.nullcontext()  # without dynamo, which takes long to import, nothing is compiled
    return stance("force_eager")


def placed_like(call: Call, model: nn.Module) -> Call:
    """``call`` with its tensors on the device of ``model``, if all of that is on one."""
    devices = {tensor.device for tensor in [*model.parameters(), *model.buffers()]}
    if len(devices) != 1:
        return call
    (device,) = devices
    return call.map(lambda tensor: tensor.to(device))


def _cuda_devices() -> list[int]:
    """The devices that have a generator which was, or may have been, drawn from."""
    cuda: Any = torch.cuda
    return list(range(cuda.device_count())) if cuda.is_initialized() else []


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Seed every generator that models draw from; give back their states afterwards."""
    python_state = random.getstate()
    numpy = sys.modules.get("numpy")
    numpy_state = numpy.random.get_state() if numpy is not None else None
    with torch.random.fork_rng(devices=_cuda_devices()):
        torch.manual_seed(seed)
        random.seed(seed)
        if numpy is not None:
            numpy.random.seed(seed % 2**32)
        try:
            yield
        finally:
            random.setstate(python_state)
            if numpy is not None:
                numpy.random.set_state(numpy_state)


def random_state() -> tuple[Any, ...]:
    """A value that changes when any generator was drawn from."""
    numpy = sys.modules.get("numpy")
    drawn = numpy.random.get_state()[1:3] if numpy is not None else ()
    return (
        bytes(torch.get_rng_state().tolist()),
        *(bytes(torch.cuda.get_rng_state(device).tolist()) for device in _cuda_devices()),
        random.getstate(),
        tuple(str(part) if not hasattr(part, "tobytes") else part.tobytes() for part in drawn),
    )
