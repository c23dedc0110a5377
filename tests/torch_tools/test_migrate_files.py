"""Checkpoint files, in every shape they come in, from old code to new and back."""

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
from migrate_checks import DROPPED, NEW, OLD, SHAPE, X, same_function, shards
from migrate_models import OldNet, OtherNet, trained
from safetensors import safe_open


@pytest.fixture
def state() -> dict[str, torch.Tensor]:
    return trained(OldNet()).state_dict()


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


def test_shards_are_replaced_together_or_not_at_all(
    state: Any, tmp_path: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = shards(tmp_path / "old", state), shards(tmp_path / "new", trained(OldNet(), 5).state_dict())
    before = {path.name: path.read_bytes() for path in new.parent.iterdir()}

    def fail(*_: Any, **__: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("convbias_lint.torch_tools.checkpoint.json.dumps", fail)
    status, _, err = cli("migrate", old, new, "--model", NEW, "--input", SHAPE, "--force")
    assert (status, "No space left on device" in err) == (2, True)
    assert {path.name: path.read_bytes() for path in new.parent.iterdir()} == before


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


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # what torch imports for torch.compile
@pytest.mark.parametrize("name", ["TwoNames", "Versioned", "Compiled", "Checkpointed"])
@pytest.mark.parametrize("prefix", ["", "module."])
def test_models_with_state_dicts_of_their_own(name: str, prefix: str, tmp_path: Path, cli: Any) -> None:
    import odd_models

    build = getattr(odd_models, name)
    old, slim = trained(build(bias=True)), build()
    adam = torch.optim.Adam(old.parameters())
    with torch.compiler.set_stance("force_eager"):
        old(X).sum().backward()
        adam.step()
        expected = old.eval()(X)
    state = OrderedDict((prefix + key, value) for key, value in old.state_dict().items())
    state._metadata = {  # type: ignore[attr-defined]
        (prefix + path).rstrip("."): version for path, version in old.state_dict()._metadata.items()
    }
    torch.save({"model": state, "optimizer": adam.state_dict()}, tmp_path / "old.pt")
    arguments = ("--model", f"{odd_models.__file__}:{name}", "--input", SHAPE)
    status, _, err = cli("migrate", tmp_path / "old.pt", tmp_path / "new.pt", *arguments)
    assert (status, err) == (0, "")
    new = torch.load(tmp_path / "new.pt", weights_only=True)
    got = OrderedDict((key[len(prefix) :], value) for key, value in new["model"].items())
    got._metadata = old.state_dict()._metadata  # type: ignore[attr-defined]
    slim.load_state_dict(got, strict=True)
    resumed = torch.optim.Adam(slim.parameters())
    resumed.load_state_dict(new["optimizer"])
    assert all(p.shape == resumed.state[p]["exp_avg"].shape for p in slim.parameters())
    with torch.compiler.set_stance("force_eager"):
        torch.testing.assert_close(slim.eval()(X), expected)


def test_copies_may_have_their_names_in_any_order(state: Any, tmp_path: Path, cli: Any) -> None:
    average = dict(reversed(trained(OldNet(), seed=7).state_dict().items()))
    torch.save({"model": state, "ema": average}, tmp_path / "old.pt")
    new = tmp_path / "new.pt"
    assert cli("migrate", tmp_path / "old.pt", new, "--model", NEW, "--input", SHAPE)[0] == 0
    same_function(torch.load(new, weights_only=True)["ema"], average)


def test_counters_of_batches_may_be_missing(state: Any, tmp_path: Path, cli: Any) -> None:
    for key in [key for key in state if key.endswith("num_batches_tracked")]:
        del state[key]
    torch.save(state, tmp_path / "old.pt")
    new = tmp_path / "new.pt"
    assert cli("migrate", tmp_path / "old.pt", new, "--model", NEW, "--input", SHAPE)[0] == 0
    assert torch.load(new, weights_only=True).keys() == state.keys() - DROPPED


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


def stepped(model: torch.nn.Module) -> torch.optim.Optimizer:
    """An optimizer over what ``model`` trains, with a state for each parameter."""
    adam = torch.optim.Adam([p for p in model.parameters() if p.requires_grad])
    model(X).sum().backward()
    adam.step()
    return adam


@pytest.mark.parametrize("kind", [list, tuple])
@pytest.mark.parametrize("drop", [False, True])
def test_several_optimizers(kind: Any, drop: bool, tmp_path: Path, cli: Any) -> None:
    old = trained(OldNet())
    states = kind(stepped(old).state_dict() for _ in range(2))
    torch.save({"model": old.state_dict(), "optimizer_states": states}, tmp_path / "old.pt")
    arguments = (tmp_path / "new.pt", "--model", NEW, "--input", SHAPE)
    more = ["--drop-optimizer"] if drop else []
    status, out, err = cli("migrate", tmp_path / "old.pt", *arguments, *more)
    assert (status, err) == (0, "")
    got = torch.load(tmp_path / "new.pt", weights_only=True)["optimizer_states"]
    assert got == kind() if drop else [len(g["state"]) for g in got] == [9, 9]
    assert ("optimizer_states[1]: optimizer state left out." in out) == drop


def test_an_optimizer_with_names_for_numbers(tmp_path: Path, cli: Any) -> None:
    """As `torch.distributed.checkpoint.state_dict.get_optimizer_state_dict` writes it."""
    old = trained(OldNet())
    plain = stepped(old).state_dict()
    names = [name for name, _ in old.named_parameters()]
    named = {
        "state": {names[number]: value for number, value in plain["state"].items()},
        "param_groups": [{**plain["param_groups"][0], "params": names}],
    }
    torch.save({"model": old.state_dict(), "optimizer": named}, tmp_path / "old.pt")
    arguments = (tmp_path / "new.pt", "--model", NEW, "--input", SHAPE)
    assert cli("migrate", tmp_path / "old.pt", *arguments)[0] == 0
    got = torch.load(tmp_path / "new.pt", weights_only=True)["optimizer"]
    left = [name for name in names if name not in DROPPED]
    assert got["param_groups"][0]["params"] == left
    assert list(got["state"]) == left
    assert all(torch.equal(got["state"][n]["exp_avg"], named["state"][n]["exp_avg"]) for n in left)


def test_an_optimizer_without_the_frozen_parameters(tmp_path: Path, cli: Any) -> None:
    import odd_models

    old = trained(odd_models.Frozen(bias=True))
    torch.save({"model": old.state_dict(), "optimizer": stepped(old).state_dict()}, tmp_path / "old.pt")
    model = f"{odd_models.__file__}:Frozen"
    arguments = (tmp_path / "new.pt", "--model", model, "--input", SHAPE)
    status, out, err = cli("migrate", tmp_path / "old.pt", *arguments)
    assert (status, err) == (0, "")
    assert "optimizer: 1 bias taken out of the optimizer state." in out
