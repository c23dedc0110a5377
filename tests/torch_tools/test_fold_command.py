"""``convbias-lint fold``: programs that run alone, state dicts, and what is said where neither can be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from migrate_models import Net, OldNet, trained
from torch import nn
from zoo_models import MODELS, ZooModel, class_in


def built(zoo: ZooModel) -> nn.Module:
    torch.manual_seed(0)
    return trained(class_in(zoo.path, zoo.name)()).eval()


def test_command_writes_a_program_that_runs_alone(tmp_path: Path, cli: Any) -> None:
    zoo = next(model for model in MODELS if model.name == "ResNetBasic")
    state = built(zoo).state_dict()
    torch.save({"model": state}, tmp_path / "old.pt")
    status, out, err = cli(
        "fold", tmp_path / "old.pt", tmp_path / "new.pt2", "--model", zoo.target, "--input", zoo.spec
    )
    assert (status, err) == (0, "")
    assert "bn1 folded into conv1, which comes before it" in out
    assert "6 batch norms folded, 0 left; outputs differ by" in out
    assert out.endswith(" It takes batches of any size.\n")
    x = torch.randn(7, *zoo.shape[1:], generator=torch.Generator().manual_seed(9))
    torch.save(x, tmp_path / "x.pt")
    script = (
        "import sys, torch\n"
        f"program = torch.export.load({str(tmp_path / 'new.pt2')!r})\n"
        f"x = torch.load({str(tmp_path / 'x.pt')!r})\n"
        "assert 'batch_norm' not in str(program.graph)\n"
        f"torch.save(program.module()(x), {str(tmp_path / 'y.pt')!r})\n"
        "assert not any('convbias' in name for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path)
    expected = built(zoo)(x).detach()
    torch.testing.assert_close(torch.load(tmp_path / "y.pt"), expected, rtol=1e-4, atol=1e-4)


def test_a_program_for_one_shape_says_so(tmp_path: Path, cli: Any) -> None:
    zoo = next(model for model in MODELS if model.name == "ResNetBasic")
    single = "x".join(map(str, (1, *zoo.shape[1:])))
    status, out, _ = cli("fold", tmp_path / "one.pt2", "--model", zoo.target, "--input", single)
    assert status == 0
    assert out.endswith(" It takes inputs of exactly these shapes.\n")


def test_what_cannot_be_written_says_what_can(tmp_path: Path, cli: Any) -> None:
    models, shape = Path(__file__).parent / "migrate_models.py", "4x3x12x12"
    torch.save(OldNet().state_dict(), tmp_path / "old.pt")
    arguments = ("fold", tmp_path / "old.pt", tmp_path / "new.pt", "--model", f"{models}:Net")
    status, _, err = cli(*arguments, "--input", shape)
    assert (status, err.count("\n")) == (2, 1)
    assert "OLD has 'conv1.bias' and the model has not: convert OLD with `migrate` first" in err
    torch.save(Net().state_dict(), tmp_path / "old.pt")
    assert cli(*arguments, "--input", shape)[0] == 0
    odd = Path(__file__).parent / "audit_models.py"
    given = ("--model", f"{odd}:TwoWays", "--inputs", f"{odd}:pair")
    status, _, err = cli("fold", tmp_path / "odd.pt2", *given)
    (line,) = [line for line in err.splitlines() if "chatter" not in line]
    assert (status, line.count("name a state dict, .pt, instead")) == (2, 1)
    assert not (tmp_path / "odd.pt2").exists()
    assert cli("fold", tmp_path / "odd.pt", *given)[0] == 0


@pytest.mark.parametrize("ending", ["pt", "safetensors"])
def test_command_writes_a_state_dict(ending: str, tmp_path: Path, cli: Any) -> None:
    zoo = MODELS[0]
    new = tmp_path / f"new.{ending}"
    arguments = ("fold", new, "--model", zoo.target, "--input", zoo.spec, "--output-format", "json")
    status, out, err = cli(*arguments)
    assert (status, err) == (0, "")
    report = json.loads(out)
    assert len(report["folded"]) == 4
    assert report["difference"] < 1e-5
    assert report["new"] == str(new)
    status, _, err = cli(*arguments)
    assert status == 2
    assert "exists: --force replaces it" in err
    assert cli(*arguments, "--force")[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == [new.name]
    status, _, err = cli("fold", tmp_path / "new.onnx", "--model", zoo.target, "--input", zoo.spec)
    assert status == 2
    assert "NEW ends with" in err


def test_it_says_which_of_several_copies_it_took(tmp_path: Path, cli: Any) -> None:
    model = ("--model", f"{Path(__file__).parent / 'migrate_models.py'}:Net", "--input", "4x3x12x12")
    held = {"average": trained(Net(), 1).state_dict(), "model": trained(Net(), 2).state_dict()}
    torch.save(held, tmp_path / "old.pt")
    status, out, err = cli("fold", tmp_path / "old.pt", tmp_path / "new.pt", *model)
    assert (status, err) == (0, "")
    assert out.startswith("The weights are those of average, not of model, in OLD.\n")
    new = torch.load(tmp_path / "new.pt", weights_only=True)
    assert torch.equal(new["fc.weight"], held["average"]["fc.weight"])


def test_tied_weights_as_safetensors(tmp_path: Path, cli: Any) -> None:
    model = Path(__file__).parent / "odd_models.py"
    arguments = ("--model", f"{model}:TwoNames", "--input", "4x3x12x12")
    status, out, err = cli("fold", tmp_path / "new.safetensors", *arguments)
    assert (status, err) == (0, "")
    assert "1 batch norm folded, 0 left" in out
    new = safetensors.torch.load_file(tmp_path / "new.safetensors")
    assert torch.equal(new["conv.weight"], new["layers.0.weight"])
