"""State dicts and checkpoint files, in every shape they come in, from old code to new and back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from migrate_models import NeedsBias, Net, OldNet, OtherNet, trained
from safetensors import safe_open
from torch import nn

from convbias_lint.torch_tools import ToolError, migrate_state_dict, restore_state_dict

MODELS = Path(__file__).parent / "migrate_models.py"
NEW, OLD = f"{MODELS}:Net", f"{MODELS}:OldNet"
SHAPE = "4x3x12x12"
X = torch.randn(4, 3, 12, 12, generator=torch.Generator().manual_seed(3))
DROPPED = {"conv1.bias", "depthwise.bias", "pointwise.bias"}


@pytest.fixture
def state() -> dict[str, torch.Tensor]:
    return trained(OldNet()).state_dict()


def same_function(new_state: Any, old_state: Any, tolerance: float = 1e-5) -> None:
    """Both states give the same outputs in evaluation mode, up to rounding of what is stored."""
    new, old = Net().double().eval(), OldNet().double().eval()
    new.load_state_dict(new_state, strict=True)
    old.load_state_dict(old_state, strict=True)
    expected = old(X.double()).detach()
    torch.testing.assert_close(
        new(X.double()), expected, rtol=0, atol=tolerance * float(expected.abs().max())
    )


def test_a_state_dict(state: Any) -> None:
    kept = {key: value.clone() for key, value in state.items()}
    done = migrate_state_dict(state, Net(), X)
    assert set(done.dropped) == DROPPED
    assert done.parameters == 6 + 6 + 8
    assert set(done.shifts) == {"bn1.running_mean", "bn2.running_mean"}
    assert done.differences["evaluation"] <= 1e-10
    assert done.differences["training"] <= 1e-8
    assert done.differences["evaluation on noise"] <= 1e-8
    assert done.differences["as stored"] <= 1e-6
    assert done.precision == "float64"
    assert isinstance(done.state_dict, OrderedDict)
    assert done.state_dict._metadata == state._metadata
    assert all(done.state_dict[key] is state[key] for key in done.state_dict if "running_mean" not in key)
    assert all(torch.equal(kept[key], state[key]) for key in kept)
    assert kept.keys() == state.keys()
    same_function(done.state_dict, state)


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(torch.float64, 1e-10), (torch.float16, 2e-2), (torch.bfloat16, 1e-1)]
)
def test_other_dtypes_are_kept(state: Any, dtype: torch.dtype, tolerance: float) -> None:
    cast = {key: value.to(dtype) if value.is_floating_point() else value for key, value in state.items()}
    done = migrate_state_dict(cast, Net(), X)
    assert {value.dtype for key, value in done.state_dict.items() if "tracked" not in key} == {dtype}
    assert done.differences["evaluation"] <= 1e-10  # computed in float64 whatever is stored
    same_function(done.state_dict, cast, tolerance)


def test_there_and_back(state: Any) -> None:
    slim = migrate_state_dict(state, Net(), X).state_dict
    back = restore_state_dict(slim, OldNet(), X)
    assert set(back.added) == DROPPED
    assert list(back.state_dict) == list(state)
    assert all(not back.state_dict[key].any() for key in DROPPED)
    same_function(slim, back.state_dict)


def test_norms_without_statistics_or_written_by_hand() -> None:
    class HandMade(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("running_mean", torch.zeros(4))
            self.register_buffer("running_var", torch.ones(4))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            mean = x.mean((0, 2, 3)) if self.training else self.running_mean
            return (x - mean.view(1, -1, 1, 1)) / self.running_var.sqrt().view(1, -1, 1, 1)

    def build(bias: bool) -> nn.Module:
        return nn.Sequential(
            nn.Conv2d(3, 4, 3, bias=bias), HandMade(), nn.ReLU(),
            nn.Conv2d(4, 4, 3, bias=bias), nn.InstanceNorm2d(4), nn.ReLU(),
            nn.Conv2d(4, 4, 1, bias=bias), nn.InstanceNorm2d(4, track_running_stats=True), nn.ReLU(),
            nn.Conv2d(4, 4, 1, bias=bias), nn.GroupNorm(4, 4),
        )  # fmt: skip

    done = migrate_state_dict(trained(build(True)).state_dict(), build(False), X)
    assert set(done.shifts) == {"1.running_mean", "7.running_mean"}
    assert done.differences["evaluation"] <= 1e-10


def test_one_norm_for_two_layers_is_refused_unless_they_agree() -> None:
    class Shared(nn.Module):
        def __init__(self, bias: bool) -> None:
            super().__init__()
            self.a, self.b = nn.Conv2d(3, 4, 1, bias=bias), nn.Conv2d(3, 4, 1, bias=bias)
            self.bn = nn.BatchNorm2d(4)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.bn(self.a(x)) - self.bn(self.b(x))

    old = trained(Shared(True))
    with pytest.raises(ToolError, match="the norm 'bn' is used several times"):
        migrate_state_dict(old.state_dict(), Shared(False), X)
    with torch.no_grad():
        old.b.bias.copy_(old.a.bias)
    assert migrate_state_dict(old.state_dict(), Shared(False), X).differences["evaluation"] <= 1e-10


def test_a_bias_that_is_needed_is_refused_by_name() -> None:
    with pytest.raises(ToolError, match=r"'conv\.bias' cannot go, the model needs it"):
        migrate_state_dict(trained(NeedsBias(True)).state_dict(), NeedsBias(), X)


def test_dropout_before_the_norm_shows_in_training_only() -> None:
    def build(bias: bool) -> nn.Module:
        return nn.Sequential(nn.Conv2d(3, 4, 1, bias=bias), nn.Dropout(0.5), nn.BatchNorm2d(4))

    with pytest.raises(ToolError, match=r"'0.bias' cannot go.* in training"):
        migrate_state_dict(trained(build(True)).state_dict(), build(False), X)


def test_a_relu_that_cuts_nothing_off_is_not_believed() -> None:
    """On this input every value is positive, so the shift looks constant; on noise it is not."""

    def build(bias: bool) -> nn.Module:
        return nn.Sequential(nn.Conv2d(1, 2, 1, bias=bias), nn.ReLU(), nn.BatchNorm2d(2))

    old = trained(build(True))
    with torch.no_grad():
        old[0].weight.fill_(1.0)
        old[0].bias.fill_(0.5)
    with pytest.raises(ToolError, match=r"on noise|cannot go"):
        migrate_state_dict(old.state_dict(), build(False), torch.rand(4, 1, 3, 3) + 0.1)


def test_outputs_of_nothing_but_rounding_are_equal() -> None:
    def model(bias: bool) -> nn.Module:
        silence = nn.Threshold(1e9, 0.0)  # no input gets through: the norm sees images of one value
        return nn.Sequential(silence, nn.Conv2d(3, 3, 1, bias=bias), nn.InstanceNorm2d(3))

    old = model(bias=True)
    old[1].bias.data = torch.tensor([0.1, 0.7, 1.3])  # type: ignore[union-attr]
    assert 0 < old.double()(X.double()).abs().max() < 1e-12
    done = migrate_state_dict(old.float().state_dict(), model(bias=False), X)
    assert done.dropped == ("1.bias",)
    assert done.differences["evaluation"] == 0


def test_a_layer_that_the_input_does_not_reach_is_refused() -> None:
    class Optional(nn.Module):
        def __init__(self, bias: bool) -> None:
            super().__init__()
            self.a, self.bn = nn.Conv2d(3, 4, 1, bias=bias), nn.BatchNorm2d(4)
            self.b, self.bn2 = nn.Conv2d(3, 4, 1, bias=bias), nn.BatchNorm2d(4)

        def forward(self, x: torch.Tensor, both: bool = False) -> torch.Tensor:
            y = self.bn(self.a(x))
            return y + self.bn2(self.b(x)) if both else y

    state = trained(Optional(True)).state_dict()
    with pytest.raises(ToolError, match=r"'b\.bias' cannot be measured: this input never reaches its layer"):
        migrate_state_dict(state, Optional(False), X)
    assert (
        migrate_state_dict(state, Optional(False), {"x": X, "both": True}).differences["evaluation"] <= 1e-10
    )


def test_large_biases_keep_their_precision(state: Any) -> None:
    state["conv1.bias"] += 1e4
    state["bn1.running_mean"] += 1e4
    assert migrate_state_dict(state, Net(), X).differences["evaluation"] <= 1e-10


@pytest.mark.parametrize("ending", ["pt", "pth", "ckpt", "bin", "safetensors"])
def test_files_of_every_kind(ending: str, state: Any, tmp_path: Path, cli: Any) -> None:
    old, new = tmp_path / f"old.{ending}", tmp_path / f"new.{ending}"
    if ending == "safetensors":
        safetensors.torch.save_file(state, old, metadata={"format": "pt", "note": "kept"})
    else:
        torch.save(state, old)
    before = old.read_bytes()
    status, out, err = cli("migrate", old, new, "--model", NEW, "--input", SHAPE)
    assert (status, err) == (0, "")
    assert "3 biases dropped (20 parameters), 2 running means changed" in out
    assert out.endswith(f"Wrote {new}.\n")
    assert old.read_bytes() == before
    if ending == "safetensors":
        same_function(safetensors.torch.load_file(new), state)
        with safe_open(new, framework="pt") as stream:
            assert stream.metadata() == {"format": "pt", "note": "kept"}
    else:
        same_function(torch.load(new, weights_only=True), state)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([old.name, new.name])


def shards(folder: Path, state: Any) -> Path:
    folder.mkdir()
    names = sorted(state)
    files = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
    for file, keys in files.items():
        safetensors.torch.save_file(
            {key: state[key] for key in keys}, folder / file, metadata={"format": "pt"}
        )
    total = sum(value.numel() * value.element_size() for value in state.values())
    index = folder / "model.safetensors.index.json"
    weight_map = {key: file for file, keys in files.items() for key in keys}
    index.write_text(json.dumps({"metadata": {"total_size": total}, "weight_map": weight_map}))
    return index


def test_sharded_safetensors(state: Any, tmp_path: Path, cli: Any) -> None:
    old = shards(tmp_path / "old", state)
    before = {path.name: path.read_bytes() for path in old.parent.iterdir()}
    new = tmp_path / "new" / old.name
    new.parent.mkdir()
    status, _, err = cli("migrate", old, new, "--model", NEW, "--input", SHAPE)
    assert (status, err) == (0, "")
    index = json.loads(new.read_text())
    assert not DROPPED & index["weight_map"].keys()
    loaded: dict[str, torch.Tensor] = {}
    for file in set(index["weight_map"].values()):
        loaded.update(safetensors.torch.load_file(new.parent / file))
    assert loaded.keys() == index["weight_map"].keys()
    assert index["metadata"]["total_size"] == sum(v.numel() * v.element_size() for v in loaded.values())
    same_function(loaded, state)
    assert {path.name: path.read_bytes() for path in old.parent.iterdir()} == before
    assert len(list(new.parent.iterdir())) == 3
    back = tmp_path / "back" / old.name
    back.parent.mkdir()
    assert cli("migrate", new, back, "--reverse", "--model", OLD, "--input", SHAPE)[0] == 0
    assert json.loads(back.read_text())["weight_map"].keys() == state.keys()
    status, _, err = cli(
        "migrate", old, old.parent / "again.safetensors.index.json", "--model", NEW, "--input", SHAPE
    )
    assert status == 2
    assert "a sharded NEW needs a folder of its own" in err


def nested(state: Any) -> dict[str, Any]:
    """A checkpoint in the shape of Lightning's, with averages under a prefix and a compiled copy."""
    average = trained(OldNet(), seed=7).state_dict()
    compiled = trained(OldNet(), seed=8).state_dict()
    return {
        "epoch": 12,
        "pytorch-lightning_version": "2.4.0",
        "state_dict": {
            **{f"model.{key}": value for key, value in state.items()},
            **{f"ema_model.module.{key}": value for key, value in average.items()},
            "loss.weight": torch.ones(3),
            "ema_model.n_averaged": torch.tensor(5),
        },
        "compiled": {f"module._orig_mod.{key}": value for key, value in compiled.items()},
        "hyper_parameters": {"lr": 0.1, "betas": (0.9, 0.99), "names": ["a", "b"]},
        "callbacks": {"best": {"score": torch.tensor(0.5)}},
    }


def test_nested_checkpoints_with_prefixes_and_averages(state: Any, tmp_path: Path, cli: Any) -> None:
    whole = nested(state)
    torch.save(whole, tmp_path / "old.ckpt")
    status, out, err = cli(
        "migrate", tmp_path / "old.ckpt", tmp_path / "new.ckpt", "--model", NEW, "--input", SHAPE,
        "--output-format", "json",
    )  # fmt: skip
    assert (status, err) == (0, "")
    report = json.loads(out)
    assert [copy["place"] for copy in report["copies"]] == [
        "state_dict.ema_model.module", "state_dict.model", "compiled.module",
    ]  # fmt: skip
    new = torch.load(tmp_path / "new.ckpt", weights_only=True)
    for keys, prefix in (
        ("state_dict", "model."),
        ("state_dict", "ema_model.module."),
        ("compiled", "module._orig_mod."),
    ):
        got = {k[len(prefix) :]: v for k, v in new[keys].items() if k.startswith(prefix)}
        was = {k[len(prefix) :]: v for k, v in whole[keys].items() if k.startswith(prefix)}
        same_function(got, was)
    for key in ("epoch", "hyper_parameters", "callbacks", "pytorch-lightning_version"):
        assert new[key] == whole[key]
    assert torch.equal(new["state_dict"]["loss.weight"], torch.ones(3))


def test_dry_run_writes_nothing(state: Any, tmp_path: Path, cli: Any) -> None:
    torch.save(state, tmp_path / "old.pt")
    status, out, _ = cli(
        "migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE, "--dry-run"
    )
    assert status == 0
    assert "Dry run: nothing written." in out
    assert [path.name for path in tmp_path.iterdir()] == ["old.pt"]


def test_a_dry_run_needs_no_name_for_new(state: Any, tmp_path: Path, cli: Any) -> None:
    torch.save(state, tmp_path / "old.pt")
    status, out, _ = cli("migrate", tmp_path / "old.pt", "--model", NEW, "--input", SHAPE, "--dry-run")
    assert (status, out.endswith("Dry run: nothing written.\n")) == (0, True)
    status, _, err = cli("migrate", tmp_path / "old.pt", "--model", NEW, "--input", SHAPE)
    assert (status, "NEW is missing: name the file to write" in err) == (2, True)


def test_pickled_code_that_is_not_here(tmp_path: Path, cli: Any) -> None:
    code = tmp_path / "elsewhere.py"
    code.write_text("class Settings:\n    pass\n")
    make = "import sys, torch; sys.path.insert(0, sys.argv[1]); import elsewhere; "
    make += "torch.save({'settings': elsewhere.Settings()}, sys.argv[1] + '/old.pt')"
    subprocess.run([sys.executable, "-c", make, str(tmp_path)], check=True)
    arguments = ("migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE)
    status, _, err = cli(*arguments, "--allow-pickle")
    assert (status, err.count("\n")) == (2, 1)
    assert "No module named 'elsewhere'): put its folder on PYTHONPATH" in err


def test_average_without_buffers_is_refused(state: Any, tmp_path: Path, cli: Any) -> None:
    average = {key: value for key, value in state.items() if "running" not in key and "tracked" not in key}
    torch.save({"model": state, "ema": average}, tmp_path / "old.pt")
    status, _, err = cli(
        "migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE
    )
    assert status == 2
    assert "ema looks like another copy of the model, but is not complete" in err
    torch.save({"model": state, "shadow": [p.clone() for p in OldNet().parameters()]}, tmp_path / "old.pt")
    status, _, err = cli(
        "migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE
    )
    assert status == 2
    assert "shadow is a list of 12 tensors without names" in err


def test_an_optimizer_that_fits_nothing_is_refused_or_left_out(state: Any, tmp_path: Path, cli: Any) -> None:
    other = torch.optim.SGD(OtherNet().parameters(), momentum=0.9).state_dict()
    torch.save({"model": state, "optimizer": other}, tmp_path / "old.pt")
    arguments = ("migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE)
    status, _, err = cli(*arguments)
    assert status == 2
    assert "fit no usual grouping" in err
    assert "--drop-optimizer" in err
    assert cli(*arguments, "--drop-optimizer")[0] == 0
    assert torch.load(tmp_path / "new.pt", weights_only=True).keys() == {"model"}
