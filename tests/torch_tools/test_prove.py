"""Proof by gradient: what is redundant, needed, absent, and why something stays undecided."""

from __future__ import annotations

import copy
import dataclasses
import random
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.checkpoint import checkpoint
from zoo_models import IDS, MODELS, ZooModel, class_in, fixed_file

from convbias_lint.torch_tools import Call, ToolError, Verdict, assert_no_redundant_bias, audit


def verdicts(model: nn.Module, inputs: Any) -> dict[str, str]:
    return {layer.path: layer.verdict.value for layer in audit(model, inputs).layers}


@pytest.mark.parametrize("zoo", MODELS, ids=IDS)
def test_proof_and_linter_agree_on_every_layer(zoo: ZooModel, tmp_path: Path) -> None:
    model, fixed = class_in(zoo.path, zoo.name)(), class_in(fixed_file(zoo, tmp_path), zoo.name)()
    found = audit(model, zoo.inputs())
    assert not found.having(Verdict.UNDECIDED)
    absent = {layer.path for layer in audit(fixed, zoo.inputs()).having(Verdict.ABSENT)}
    assert {layer.path for layer in found.redundant} == absent
    assert all(layer.norms for layer in found.redundant)


class Model(nn.Module):
    """A module whose forward is given: short enough to be read beside what it shows."""

    def __init__(self, forward: Any, **layers: nn.Module) -> None:
        super().__init__()
        for name, layer in layers.items():
            setattr(self, name, layer)
        self._run = forward

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        return self._run(self, *args, **kwargs)


X = torch.randn(4, 3, 8, 8, generator=torch.Generator().manual_seed(0))


def conv(outside: int = 4, kernel: int = 1, **kwargs: Any) -> nn.Conv2d:
    return nn.Conv2d(3, outside, kernel, **kwargs)


@pytest.mark.parametrize(
    ("norm", "verdict"),
    [
        (nn.BatchNorm2d(4), "redundant"),
        (nn.BatchNorm2d(4, affine=False, track_running_stats=False), "redundant"),
        (nn.SyncBatchNorm(4), "redundant"),
        (nn.InstanceNorm2d(4), "redundant"),
        (nn.GroupNorm(4, 4), "redundant"),
        (nn.LayerNorm([8, 8]), "redundant"),
        (nn.GroupNorm(2, 4), "needed"),
        (nn.LayerNorm([4, 8, 8]), "needed"),
        (nn.BatchNorm2d(4).eval(), "needed"),  # frozen: its running mean does not follow
        (nn.Sequential(nn.ReLU(), nn.BatchNorm2d(4)), "needed"),
        (nn.Sequential(nn.Dropout(0.5), nn.BatchNorm2d(4)), "needed"),
        (nn.Sequential(nn.Dropout(0.05), nn.BatchNorm2d(4)), "needed"),
        (nn.Sequential(nn.MaxPool2d(2), nn.BatchNorm2d(4)), "redundant"),
        (nn.Sequential(nn.ZeroPad2d(1), nn.BatchNorm2d(4)), "needed"),
        (nn.Sequential(nn.ReflectionPad2d(1), nn.BatchNorm2d(4)), "redundant"),
    ],
    ids=str,
)
def test_norms(norm: nn.Module, verdict: str) -> None:
    model = Model(lambda m, x: m.norm(m.c(x)), c=conv(), norm=norm)
    assert verdicts(model, X) == {"c": verdict}


def test_a_convolution_may_have_norm_in_its_name() -> None:
    class NormedConv2d(nn.Conv2d):
        """It normalises its weight, not what goes through it."""

    assert verdicts(nn.Sequential(NormedConv2d(3, 4, 1), nn.BatchNorm2d(4)), X) == {"0": "redundant"}


def test_undecided_says_why() -> None:
    def forward(m: Any, x: torch.Tensor) -> torch.Tensor:
        m.thrown_away(x)
        with torch.no_grad():
            steady = m.no_grad(x)
        return m.bn(m.c(x)) + steady.mean()

    model = Model(
        forward,
        c=conv(),
        bn=nn.BatchNorm2d(4),
        thrown_away=conv(),
        no_grad=conv(),
        unused=conv(),
        none=conv(bias=False),
    )
    found = {layer.path: layer for layer in audit(model, X).layers}
    assert found["c"].verdict is Verdict.REDUNDANT
    assert found["thrown_away"].reason.startswith("dead branch")
    assert found["no_grad"].reason.startswith("not differentiable")
    assert found["unused"].reason.startswith("not reached")
    assert found["none"].verdict is Verdict.ABSENT
    assert [found[p].verdict for p in ("thrown_away", "no_grad", "unused")] == [Verdict.UNDECIDED] * 3


def test_no_differentiable_output_leaves_everything_undecided() -> None:
    model = Model(lambda m, x: m.bn(m.c(x)).argmax(1), c=conv(), bn=nn.BatchNorm2d(4))
    assert verdicts(model, X) == {"c": "undecided"}


def test_a_branch_that_one_seed_drops_is_seen_with_another() -> None:
    class DropPath(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            keep = (torch.rand(x.shape[0], 1, 1, 1) < 0.1).to(x)
            return x * keep

    model = Model(
        lambda m, x: m.stem(x) + m.drop(m.bn(m.c(x))) if random.random() < 0.5 else m.stem(x) + m.bn(m.c(x)),
        stem=conv(),
        c=conv(),
        bn=nn.BatchNorm2d(4),
        drop=DropPath(),
    )
    assert verdicts(model, X) == {"stem": "needed", "c": "redundant"}


def test_zero_initialised_gains_hide_nothing() -> None:
    block = Model(
        lambda m, x: x + m.gain * m.bn2(m.c2(torch.relu(m.bn1(m.c1(x))))),
        c1=conv(3),
        bn1=nn.BatchNorm2d(3),
        c2=conv(3),
        bn2=nn.BatchNorm2d(3),
    )
    block.gain = nn.Parameter(torch.zeros(1))
    nn.init.zeros_(block.bn2.weight)
    assert verdicts(block, X) == {"c1": "redundant", "c2": "redundant"}


def test_a_bias_added_by_hand_or_used_as_a_function_is_followed() -> None:
    class Shift(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bias = nn.Parameter(torch.zeros(4))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x + self.bias.view(1, -1, 1, 1)

    def forward(m: Any, x: torch.Tensor) -> torch.Tensor:
        y = torch.nn.functional.conv2d(x, m.c.weight, m.c.bias)
        return m.bn(m.a(y)) + m.b(y * 0)

    model = Model(forward, c=conv(), a=Shift(), bn=nn.BatchNorm2d(4), b=Shift())
    assert verdicts(model, X) == {"c": "redundant", "a": "redundant", "b": "needed"}


@pytest.mark.parametrize("reentrant", [False, True])
def test_checkpointed_segments(reentrant: bool) -> None:
    inner = nn.Sequential(nn.ReLU(), conv(3), nn.BatchNorm2d(3), nn.ReLU(), conv(2))
    model = Model(
        lambda m, x: checkpoint(m.inner, m.first(x), use_reentrant=reentrant), first=conv(3), inner=inner
    )
    assert verdicts(model, X) == {"first": "needed", "inner.1": "redundant", "inner.4": "needed"}


@pytest.mark.parametrize(
    "norm", [nn.utils.spectral_norm, nn.utils.weight_norm, nn.utils.parametrizations.weight_norm]
)
@pytest.mark.filterwarnings("ignore:.*weight_norm.* is deprecated")
def test_computed_weights(norm: Any) -> None:
    model = Model(lambda m, x: m.bn(m.c(x)), c=norm(conv()), bn=nn.BatchNorm2d(4))
    model(X)  # leaves a computed weight behind, which torch would refuse to copy
    assert verdicts(model, X) == {"c": "redundant"}


def test_lazy_layers_take_their_shapes_from_the_input() -> None:
    model = nn.Sequential(nn.LazyConv2d(4, 1), nn.LazyBatchNorm2d(), nn.Flatten(), nn.LazyLinear(3))
    assert verdicts(model, X) == {"0": "redundant", "3": "needed"}


def test_keys_of_attention_are_cancelled_by_the_softmax() -> None:
    def forward(m: Any, x: torch.Tensor) -> torch.Tensor:
        scores = m.q(x) @ m.k(x).transpose(1, 2)
        return scores.softmax(-1) @ m.v(x)

    model = Model(forward, q=nn.Linear(5, 5), k=nn.Linear(5, 5), v=nn.Linear(5, 5))
    found = {layer.path: layer for layer in audit(model, torch.randn(2, 7, 5)).layers}
    assert [found[p].verdict.value for p in "qkv"] == ["needed", "redundant", "needed"]
    assert found["k"].norms == ()
    assert str(found["k"].way).endswith("softmax")


@dataclasses.dataclass
class Output:
    logits: torch.Tensor
    extra: dict[str, Any]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda y: {"a": {"b": [y]}},
        lambda y: Output(torch.ones(2), {"deep": (y, "text", None)}),
        lambda y: (y.argmax(), y),
        lambda y: torch.complex(y, y),
    ],
    ids=["dicts", "dataclass", "beside an integer", "complex"],
)
def test_outputs_of_any_shape(wrap: Any) -> None:
    model = Model(lambda m, x: wrap(m.bn(m.c(x))), c=conv(), bn=nn.BatchNorm2d(4))
    assert verdicts(model, X) == {"c": "redundant"}


def test_several_inputs_by_position_and_by_name() -> None:
    model = Model(
        lambda m, x, ids, *, mask: m.bn(m.c(x)) * m.e(ids).mean() * mask,
        c=conv(),
        bn=nn.BatchNorm2d(4),
        e=nn.Embedding(10, 3),
    )
    call = Call((X, torch.tensor([1, 2])), {"mask": torch.ones(8, dtype=torch.bool)})
    assert verdicts(model, call) == {"c": "redundant"}
    keywords = Model(lambda m, image: m.bn(m.c(image)), c=conv(), bn=nn.BatchNorm2d(4))
    assert verdicts(keywords, {"image": X}) == {"c": "redundant"}
    assert verdicts(keywords, [X]) == {"c": "redundant"}


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_models_are_proved_in_double(dtype: torch.dtype) -> None:
    model = nn.Sequential(conv(), nn.BatchNorm2d(4)).to(dtype)
    found = audit(model, X.to(dtype))
    assert (found.precision, found.redundant_bytes["weights"]) == ("float64", 8)
    assert [layer.verdict.value for layer in found.layers] == ["redundant"]


def test_a_model_that_fails_in_double_is_proved_in_single() -> None:
    def forward(m: Any, x: torch.Tensor) -> torch.Tensor:
        if x.dtype != torch.float32:
            raise TypeError("float32 only")
        return m.fc(m.bn(m.c(x)).mean((2, 3)))

    found = audit(Model(forward, c=conv(), bn=nn.BatchNorm2d(4), fc=nn.Linear(4, 2)), X)
    assert {layer.path: layer.verdict.value for layer in found.layers} == {"c": "redundant", "fc": "needed"}
    assert found.precision == "float32"
    assert found.tolerance > 1e-7
    assert "float32 only" in found.notes[0]


@pytest.mark.parametrize("where", ["before the norm", "after the norm", "autocast"])
def test_models_that_compute_in_single_whatever_they_are_given(where: str) -> None:
    """Rounding of that size is no proof of a gradient, and none of its absence below it."""

    def forward(m: Any, x: torch.Tensor) -> torch.Tensor:
        y = m.c(x)
        y = m.bn(y.float().to(y.dtype)) if where == "before the norm" else m.bn(y)
        y = y.float().to(x.dtype) if where == "after the norm" else y
        return m.fc(y.relu().mean((2, 3)))

    def cast(m: Any, x: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return forward(m, x)

    model = Model(
        cast if where == "autocast" else forward, c=conv(), bn=nn.BatchNorm2d(4), fc=nn.Linear(4, 2)
    )
    found = audit(model, X)
    assert {layer.path: layer.verdict.value for layer in found.layers} == {"c": "redundant", "fc": "needed"}
    if where != "autocast":  # which leaves doubles alone
        assert (found.precision, found.tolerance) == ("float32", 3e-6)
        assert found.notes == ("the model computes in float32, whatever its parameters are",)


def test_half_precision_inside_is_too_coarse_to_prove_with() -> None:
    model = Model(
        lambda m, x: m.fc(m.bn(m.c(x).bfloat16().to(x.dtype)).relu().mean((2, 3))),
        c=conv(),
        bn=nn.BatchNorm2d(4),
        fc=nn.Linear(4, 2),
    )
    found = audit(model, X)
    assert found.precision == "bfloat16"
    assert {layer.path: layer.verdict.value for layer in found.layers} == {"c": "undecided", "fc": "needed"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # what torch imports for it
def test_compiled_parts_run_uncompiled() -> None:
    model = nn.Sequential(torch.compile(nn.Sequential(conv(), nn.BatchNorm2d(4))), nn.ReLU())
    assert verdicts(model, X) == {"0._orig_mod.0": "redundant"}
    assert torch._dynamo.utils.counters["stats"].get("calls_captured", 0) == 0


@pytest.mark.filterwarnings("ignore")
def test_torchscript_is_refused() -> None:
    traced = torch.jit.trace(nn.Sequential(conv(), nn.BatchNorm2d(4)), X)
    for model in (traced, nn.Sequential(traced, nn.ReLU())):
        with pytest.raises(ToolError, match="name the Python code behind it"):
            audit(model, X)


def test_the_model_and_the_random_state_stay_as_they_were() -> None:
    model = nn.Sequential(conv(), nn.BatchNorm2d(4), nn.Dropout(0.5)).eval()
    before, state = copy.deepcopy(model.state_dict()), torch.get_rng_state()
    audit(model, X)
    assert torch.equal(state, torch.get_rng_state())
    assert not model.training
    assert all(p.grad is None for p in model.parameters())
    assert all(torch.equal(a, b) for a, b in zip(before.values(), model.state_dict().values()))


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (torch.randn(4, 5, 8, 8), "fails on this input: RuntimeError"),
        (torch.randn(1, 3, 1, 1), "give a batch of two or more"),
    ],
)
def test_models_that_do_not_run_are_reported_in_one_line(inputs: torch.Tensor, reason: str) -> None:
    with pytest.raises(ToolError, match=reason) as caught:
        audit(nn.Sequential(conv(), nn.BatchNorm2d(4)), inputs)
    assert "\n" not in str(caught.value)


def test_totals() -> None:
    model = nn.Sequential(conv(4), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 6, 1))
    found = audit(model, X)
    assert (found.redundant_parameters, found.parameters) == (4, 4 * 3 + 4 + 8 + 24 + 6)
    assert found.redundant_bytes == {"weights": 16, "gradients": 16, "adam": 32}


def test_assert_no_redundant_bias() -> None:
    good = nn.Sequential(conv(bias=False), nn.BatchNorm2d(4))
    assert_no_redundant_bias(good, X)
    bad = nn.Sequential(conv(), nn.BatchNorm2d(4))
    with pytest.raises(
        AssertionError,
        match=r"1 bias of Sequential does nothing:\n  0: Conv2d\(3, 4, 1x1\) → BatchNorm2d 1",
    ):
        assert_no_redundant_bias(bad, X)
    assert_no_redundant_bias(bad, X, allow=("0",))
    dead = Model(lambda m, x: m.c(x), c=conv(), unused=conv())
    assert_no_redundant_bias(dead, X)
    with pytest.raises(AssertionError, match=r"unused: .* not reached"):
        assert_no_redundant_bias(dead, X, allow_undecided=False)
