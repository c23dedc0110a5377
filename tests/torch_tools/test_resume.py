"""The whole road: fix the source, migrate a checkpoint, train on; the loss curve must not notice."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import pytest
import torch
from zoo_models import IDS, MODELS, ZooModel, class_in, fixed_file

from convbias_lint.torch_tools import audit
from convbias_lint.torch_tools.call import tensors_in

BEFORE, AFTER = 6, 20


def steps(
    model: torch.nn.Module, optimizer: torch.optim.Optimizer, zoo: ZooModel, first: int, count: int
) -> list[float]:
    """Train on numbered batches; what is random in the model is seeded by the number, too."""
    losses = []
    model.train()
    for number in range(first, first + count):
        batch = zoo.inputs(seed=100 + number, dtype=torch.float64)
        torch.manual_seed(number)
        loss: Any = torch.stack([(out - 0.5).square().mean() for _, out in tensors_in(model(batch))]).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


OPTIMIZERS: dict[str, Callable[[Any], torch.optim.Optimizer]] = {
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=1e-3),
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=1e-2, momentum=0.9, weight_decay=1e-4),
    "adamw": lambda parameters: torch.optim.AdamW(parameters, lr=1e-3, amsgrad=True),
}


@pytest.mark.parametrize("zoo", MODELS, ids=IDS)
def test_training_goes_on_as_if_nothing_had_happened(zoo: ZooModel, tmp_path: Path, cli: Any) -> None:
    fixed = fixed_file(zoo, tmp_path)
    old_class = class_in(zoo.path, zoo.name)
    new_class = class_in(fixed, zoo.name)

    torch.manual_seed(1)
    old = old_class().double()
    with torch.no_grad():  # trained biases are far from zero: so are these
        for name, parameter in old.named_parameters():
            if name.endswith("bias"):
                parameter.add_(torch.randn_like(parameter))
    adam = OPTIMIZERS["adam"](old.parameters())
    steps(old, adam, zoo, 0, BEFORE)
    checkpoint = tmp_path / "old.pt"
    torch.save({"epoch": 3, "model": old.state_dict(), "optimizer": adam.state_dict()}, checkpoint)

    status, out, err = cli(
        "migrate", checkpoint, tmp_path / "new.pt", "--model", f"{fixed}:{zoo.name}", "--input", zoo.spec
    )
    assert (status, err) == (0, "")
    assert "bias dropped" in out or "biases dropped" in out

    migrated = torch.load(tmp_path / "new.pt", weights_only=True)
    new = new_class().double()
    new.load_state_dict(migrated["model"], strict=True)
    redundant = {f"{layer.path}.bias" for layer in audit(old, zoo.inputs()).redundant}
    assert redundant
    assert old.state_dict().keys() - new.state_dict().keys() == redundant

    resumed = OPTIMIZERS["adam"](new.parameters())
    resumed.load_state_dict(migrated["optimizer"])
    old.eval(), new.eval()
    unseen = zoo.inputs(9, torch.float64)
    for (_, first), (_, second) in zip(tensors_in(old(unseen)), tensors_in(new(unseen))):
        torch.testing.assert_close(second, first, rtol=1e-10, atol=1e-10)
    expected = steps(old, adam, zoo, BEFORE, AFTER)
    got = steps(new, resumed, zoo, BEFORE, AFTER)
    worst = max(abs(a - b) / abs(a) for a, b in zip(expected, got))
    assert worst <= 1e-8, f"loss curves differ by {worst:.1e}"


def test_only_deleting_the_biases_would_be_wrong(tmp_path: Path) -> None:
    """The tests above can fail: without new running means the outputs are others."""
    zoo = MODELS[0]
    torch.manual_seed(1)
    old = class_in(zoo.path, zoo.name)().double()
    with torch.no_grad():
        for name, parameter in old.named_parameters():
            if name.endswith("bias"):
                parameter.add_(torch.randn_like(parameter))
    steps(old, OPTIMIZERS["adam"](old.parameters()), zoo, 0, BEFORE)
    new = class_in(fixed_file(zoo, tmp_path), zoo.name)().double()
    new.load_state_dict({key: value for key, value in old.state_dict().items() if key in new.state_dict()})
    x = zoo.inputs(9, torch.float64)
    gap = (old.eval()(x) - new.eval()(x)).abs().max()
    assert gap > 1e-2 * old(x).abs().max()


def _decay_groups(model: torch.nn.Module) -> list[dict[str, Any]]:
    flat = [p for p in model.parameters() if p.dim() <= 1]
    return [{"params": [p for p in model.parameters() if p.dim() > 1]}, {"params": flat, "weight_decay": 0.0}]


def _three_groups(model: torch.nn.Module) -> list[dict[str, Any]]:
    norms = [p for m in model.modules() if isinstance(m, torch.nn.BatchNorm2d) for p in m.parameters()]
    known = {id(p) for p in norms}
    biases = [p for n, p in model.named_parameters() if n.endswith("bias") and id(p) not in known]
    known |= {id(p) for p in biases}
    return [
        {"params": [p for p in model.parameters() if id(p) not in known]},
        {"params": norms, "weight_decay": 0.0},
        {"params": biases, "lr": 2e-3},
    ]


def _backbone_and_head(model: torch.nn.Module) -> list[dict[str, Any]]:
    head = list(model.fc.parameters())  # type: ignore[union-attr]
    own = {id(p) for p in head}
    return [{"params": [p for p in model.parameters() if id(p) not in own], "lr": 1e-4}, {"params": head}]


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
@pytest.mark.parametrize(
    "groups", [_decay_groups, _three_groups, _backbone_and_head], ids=["decay", "three", "backbone-head"]
)
@pytest.mark.parametrize("named", [False, True], ids=["numbered", "named"])
def test_parameter_groups_keep_their_parameters(
    optimizer: str, groups: Any, named: bool, tmp_path: Path, cli: Any
) -> None:
    zoo = next(model for model in MODELS if model.name == "ResNetBasic")
    fixed = fixed_file(zoo, tmp_path)
    torch.manual_seed(1)
    old = class_in(zoo.path, zoo.name)().double()
    new = class_in(fixed, zoo.name)().double()

    def make(model: torch.nn.Module) -> torch.optim.Optimizer:
        made: list[dict[str, Any]] = groups(model)
        if named:
            names = {id(p): n for n, p in model.named_parameters()}
            made = [{**g, "params": [(names[id(p)], p) for p in g["params"]]} for g in made]
        return OPTIMIZERS[optimizer](made)

    trained = make(old)
    steps(old, trained, zoo, 0, 3)
    torch.save({"model": old.state_dict(), "optimizer": trained.state_dict()}, tmp_path / "old.pt")
    status, _, err = cli(
        "migrate",
        tmp_path / "old.pt",
        tmp_path / "new.pt",
        "--model",
        f"{fixed}:{zoo.name}",
        "--input",
        zoo.spec,
    )
    assert (status, err) == (0, "")
    migrated = torch.load(tmp_path / "new.pt", weights_only=True)
    new.load_state_dict(migrated["model"])
    resumed = make(new)
    resumed.load_state_dict(migrated["optimizer"])
    expected, got = steps(old, trained, zoo, 3, 5), steps(new, resumed, zoo, 3, 5)
    assert max(abs(a - b) / abs(a) for a, b in zip(expected, got)) <= 1e-8

    # And back again, for the old code: zero biases, everything else as it was.
    status, _, err = cli(
        "migrate",
        tmp_path / "new.pt",
        tmp_path / "back.pt",
        "--reverse",
        "--model",
        zoo.target,
        "--input",
        zoo.spec,
    )
    assert (status, err) == (0, "")
    back = torch.load(tmp_path / "back.pt", weights_only=True)
    again = class_in(zoo.path, zoo.name)().double()
    again.load_state_dict(back["model"])
    assert list(back["model"]) == list(old.state_dict())
    continued = make(again)
    continued.load_state_dict(back["optimizer"])
    assert max(abs(a - b) / abs(a) for a, b in zip(expected, steps(again, continued, zoo, 3, 5))) <= 1e-8
