"""The live side of a case: build its model from source, compare it with the fixed one, prove its biases."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from convbias_lint.finding import Finding
from convbias_lint.torch_tools import Call, LayerAudit, Verdict, migrate_state_dict, recorded_births
from convbias_lint.torch_tools.call import materialised, tensors_in

TOLERANCE = 1e-8
_ORDINALS = itertools.count()


class Built(NamedTuple):
    model: nn.Module
    inputs: tuple[Any, ...]


def built(folder: Path, name: str, run: str) -> Built:
    """Build the model that ``run`` names in the file ``name`` of ``folder``, in double precision."""
    torch.manual_seed(0)
    with recorded_births():
        namespace = {"torch": torch, **vars(_imported(folder, name))}
        target, *inputs = eval(f"({run},)", namespace)  # noqa: S307, our own case files
        model = target if isinstance(target, nn.Module) else target()
    model = model.double()
    values = tuple(torch.randn(v, dtype=torch.float64) if isinstance(v, tuple) else v for v in inputs)
    materialised(model, Call(values))
    return Built(model, values)


def _imported(folder: Path, name: str) -> ModuleType:
    if "/" in name:
        package = name.split("/")[0]
        sys.path.insert(0, str(folder))
        try:
            importlib.invalidate_caches()
            return importlib.import_module(name[: -len(".py")].replace("/", "."))
        finally:
            sys.path.remove(str(folder))
            for loaded in [m for m in sys.modules if m.split(".")[0] == package]:
                del sys.modules[loaded]
    spec = importlib.util.spec_from_file_location(f"case_{next(_ORDINALS)}", folder / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses and pickles look it up
    spec.loader.exec_module(module)
    return module


def shake(model: nn.Module, seed: int = 1) -> None:
    """Give every parameter and statistic a value that hides nothing."""
    generator = torch.Generator().manual_seed(seed)
    for name, tensor in itertools.chain(model.named_parameters(), model.named_buffers()):
        if not tensor.is_floating_point():
            continue
        noise = torch.rand(tensor.shape, generator=generator, dtype=tensor.dtype)
        if name.endswith("running_var"):
            tensor.copy_(0.5 + noise)
        elif name.endswith("running_mean") or isinstance(tensor, nn.Parameter):
            tensor.data.copy_(noise - 0.5 if tensor.dim() != 1 else noise + 0.25)


def assert_same_function(before: Built, after: Built) -> None:
    """The fixed model computes the same, with the weights that ``migrate_state_dict`` carries over."""
    old, new = before.model, after.model
    shake(old)
    state = old.state_dict()
    reached = _reached(before)
    for name in set(state) - set(new.state_dict()):
        if name.endswith(".bias") and name.rpartition(".")[0] not in reached:
            del state[name]  # of a layer that this run never calls; `migrate` would rather not say
    if set(state) != set(new.state_dict()):
        state = dict(migrate_state_dict(state, new, before.inputs).state_dict)
    new.load_state_dict(state, strict=True)
    for training in (False, True):  # training last: it moves the running statistics
        one, other = (_outputs(model.train(training), before.inputs) for model in (old, new))
        assert len(one) == len(other)
        for expected, found in zip(one, other):
            gap = float((expected - found).abs().max()) if expected.numel() else 0.0
            scale = float(expected.abs().max()) if expected.numel() else 1.0
            assert gap <= TOLERANCE * max(scale, 1e-3), f"{'training' if training else 'evaluation'} mode"


def on_other_numbers(built: Built, seed: int) -> Built:
    """The model with other values and inputs: what was zero by accident is so no longer.

    Each ReLU is a softplus: one that cuts nothing off, behind a pooling say, lets a shift through.
    """
    for module in list(built.model.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.ReLU):
                setattr(module, name, nn.Softplus())
    shake(built.model, seed)
    generator = torch.Generator().manual_seed(seed)
    return Built(built.model, tuple(_drawn(value, generator) for value in built.inputs))


def _drawn(value: Any, generator: torch.Generator) -> Any:
    if not (isinstance(value, Tensor) and value.is_floating_point()):
        return value
    return torch.randn(value.shape, generator=generator, dtype=value.dtype)


def _reached(built: Built) -> set[str]:
    """The paths of the modules that are called."""
    seen: set[str] = set()
    hooks = [
        module.register_forward_pre_hook(lambda _, __, name=name: seen.add(name))
        for name, module in built.model.named_modules(remove_duplicate=False)
    ]
    _outputs(built.model.eval(), built.inputs)
    for hook in hooks:
        hook.remove()
    return seen


def _outputs(model: nn.Module, inputs: tuple[Any, ...]) -> list[Tensor]:
    torch.manual_seed(2)
    copies = [value.clone() if isinstance(value, Tensor) else value for value in inputs]
    return [tensor.detach() for _, tensor in tensors_in(model(*copies)) if tensor.is_floating_point()]


Place = tuple[str, int, int]


def places_of(layer: LayerAudit) -> list[Place]:
    """Where a layer was built, innermost first, but for the calls of this file and of pytest.

    Python before 3.11 knows no columns.
    """
    exact = sys.version_info >= (3, 11)
    files = itertools.takewhile(lambda birth: birth.filename != __file__, layer.births)
    return [(birth.filename, birth.row, birth.column if exact else 0) for birth in files]


def place_of(finding: Finding) -> Place:
    return (finding.filename, finding.start.row, finding.start.column if sys.version_info >= (3, 11) else 0)


def contradictions(
    layers: tuple[LayerAudit, ...], findings: list[Finding], silent: set[tuple[str, int]]
) -> list[str]:
    """Where the gradients of one run disagree with the findings."""
    always = {place_of(finding) for finding in findings if finding.condition is None}
    anyhow = {place_of(finding) for finding in findings}
    wrong = []
    for layer in layers:
        places = places_of(layer)
        if not places:  # the model itself: no call in the case builds it
            continue
        if layer.verdict is Verdict.NEEDED and places[0] in always:
            wrong.append(f"{layer.path}, built at row {places[0][1]}: flagged, but its bias is needed")
        if layer.verdict is Verdict.REDUNDANT and not anyhow.intersection(places):
            rows = [row for _, row, _ in places]
            if not silent.intersection((filename, row) for filename, row, _ in places):
                wrong.append(f"{layer.path}, built at rows {rows}: not flagged, but its bias is redundant")
    return wrong
