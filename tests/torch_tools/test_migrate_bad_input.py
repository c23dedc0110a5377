"""What goes wrong is said in one line, with status 2; OLD stays as it is, NEW is whole or not there."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any, Callable

import pytest
import safetensors.torch
import torch
from migrate_checks import shards
from migrate_models import OldNet, trained

MODELS = Path(__file__).parent / "migrate_models.py"
NEW, SHAPE = f"{MODELS}:Net", "4x3x12x12"


def save(state: Any, path: Path) -> None:
    safetensors.torch.save_file(state, path) if path.suffix == ".safetensors" else torch.save(state, path)


@pytest.fixture(params=["pt", "safetensors"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    old = tmp_path / f"old.{request.param}"
    save(trained(OldNet()).state_dict(), old)
    return old, tmp_path / f"new.{request.param}"


@pytest.fixture
def refused(cli: Any, files: tuple[Path, Path]) -> Callable[..., str]:
    """Run migrate, which must fail cleanly; the line that it says."""
    old, new = files

    def run(*more: object, model: str = NEW, shape: str = SHAPE) -> str:
        before = old.read_bytes() if old.exists() else b""
        was = new.read_bytes() if new.exists() else None
        listed = sorted(old.parent.iterdir())
        status, out, err = cli("migrate", old, new, "--model", model, "--input", shape, *more)
        assert (status, out) == (2, "")
        assert err.startswith("convbias-lint: error: ")
        assert err.count("\n") == 1
        assert (old.read_bytes() if old.exists() else b"") == before
        assert (new.read_bytes() if new.exists() else None) == was
        assert sorted(old.parent.iterdir()) == listed  # no half-written file beside it
        return str(err)

    return run


def change(path: Path, edit: Callable[[Any], Any]) -> None:
    state = safetensors.torch.load_file(path) if path.suffix == ".safetensors" else torch.load(path)
    edit(state)
    save(state, path)


@pytest.mark.parametrize("keep", [0, 1, 10, 0.5, 0.99])
def test_truncated_file(files: Any, refused: Any, keep: float) -> None:
    data = files[0].read_bytes()
    files[0].write_bytes(data[: int(keep if keep >= 1 else keep * len(data))])
    assert "damaged or no checkpoint" in refused()


def test_random_bytes(files: Any, refused: Any) -> None:
    files[0].write_bytes(os.urandom(3000))
    assert "damaged or no checkpoint" in refused()


def test_missing_file(files: Any, refused: Any) -> None:
    files[0].unlink()
    assert "does not exist" in refused()


def test_wrong_model(refused: Any) -> None:
    assert "wrong model" in refused(model=f"{MODELS}:OtherNet")


def test_wrong_shape(files: Any, refused: Any) -> None:
    change(files[0], lambda state: state.update({"fc.weight": torch.ones(5, 8)}))
    assert "wrong model: 'fc.weight' has shape (5, 8) in OLD, (4, 8) in the model" in refused()


def test_missing_weight(files: Any, refused: Any) -> None:
    change(files[0], lambda state: state.pop("fc.weight"))
    assert "wrong model: OLD has no 'fc.weight'" in refused()


def test_surplus_weight(files: Any, refused: Any) -> None:
    change(files[0], lambda state: state.update({"head.weight": torch.ones(3)}))
    assert "wrong model: it has no 'head.weight', which OLD has" in refused()


def test_model_with_its_biases(refused: Any) -> None:
    assert "nothing to migrate" in refused(model=f"{MODELS}:OldNet")


@pytest.mark.parametrize(
    "keys", [["bn1.running_mean"], ["bn1.running_mean", "bn1.running_var", "bn2.running_mean"]]
)
def test_missing_norm_statistics(files: Any, refused: Any, keys: list[str]) -> None:
    change(files[0], lambda state: [state.pop(key) for key in keys])
    assert "norm statistics are missing in OLD: 'bn1.running_mean'" in refused()


@pytest.mark.parametrize("key", ["conv1.bias", "bn2.running_var", "fc.weight"])
def test_nan(files: Any, refused: Any, key: str) -> None:
    change(files[0], lambda state: state[key].view(-1)[0].fill_(float("nan")))
    assert f"{key!r} of OLD holds NaN: 1 of" in refused()


def test_infinity(files: Any, refused: Any) -> None:
    change(files[0], lambda state: state["conv1.bias"].fill_(float("inf")))
    refused()


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("conv1.bias", [0.1, 0.2], "is list, no tensor"),
        ("bn1.running_mean", None, "is NoneType, no tensor"),
        ("conv1.bias", torch.ones(6, dtype=torch.int32), "is torch.int32: a bias has floating-point numbers"),
        ("conv1.weight", torch.ones(6, 3, 3, 3).to_sparse(), "is sparse: only plain dense tensors"),
        ("fc.weight", torch.ones(4, 8, device="meta"), "has no values"),
    ],
    ids=["list", "none", "integers", "sparse", "meta"],
)
def test_values_that_are_no_numbers(key: str, value: Any, reason: str, tmp_path: Path, cli: Any) -> None:
    old, new = tmp_path / "old.pt", tmp_path / "new.pt"
    torch.save({**trained(OldNet()).state_dict(), key: value}, old)
    before = old.read_bytes()
    status, out, err = cli("migrate", old, new, "--model", NEW, "--input", SHAPE)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert f"{key!r} of OLD {reason}" in err
    assert old.read_bytes() == before
    assert not new.exists()


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (5, "OLD holds int, no state dict"),
        (torch.ones(3), "OLD holds Tensor, no state dict"),
        ({}, "OLD is empty"),
        ({"state": {}, "param_groups": []}, "wrong model: nothing in OLD has its names"),
    ],
    ids=["number", "tensor", "empty", "optimizer"],
)
def test_files_that_hold_something_else(held: Any, reason: str, tmp_path: Path, cli: Any) -> None:
    torch.save(held, tmp_path / "old.pt")
    arguments = ("migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE)
    status, out, err = cli(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert reason in err
    assert not (tmp_path / "new.pt").exists()


def test_folders_are_no_files(files: Any, cli: Any) -> None:
    old, new = files
    folder = old.with_name(f"folder{old.suffix}")
    folder.mkdir()
    for arguments, reason in [((folder, new), "is no file"), ((old, folder), "is a folder: name a file")]:
        status, out, err = cli("migrate", *arguments, "--model", NEW, "--input", SHAPE, "--force")
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert reason in err
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "is no index of shards"),
        ("{", "is no index of shards"),
        ('{"weight_map": {}}', "OLD is empty"),
        ('{"weight_map": {"a": 5}}', "names a shard outside its folder: 5"),
    ],
)
def test_broken_indexes(text: str, reason: str, tmp_path: Path, cli: Any) -> None:
    (tmp_path / "new").mkdir()
    old, new = tmp_path / "m.safetensors.index.json", tmp_path / "new" / "m.safetensors.index.json"
    old.write_text(text)
    status, out, err = cli("migrate", old, new, "--model", NEW, "--input", SHAPE)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert reason in err
    assert not list(new.parent.iterdir())


def test_new_exists(files: Any, refused: Any, cli: Any) -> None:
    files[1].write_bytes(b"precious")
    assert "exists: --force replaces it" in refused()
    assert cli("migrate", *files, "--model", NEW, "--input", SHAPE, "--force")[0] == 0
    assert files[1].stat().st_size > 1000


def test_new_is_old(files: Any, cli: Any) -> None:
    old = files[0]
    before = old.read_bytes()
    for name in (old, old.parent / "." / old.name):
        status, _, err = cli("migrate", old, name, "--model", NEW, "--input", SHAPE, "--force")
        assert status == 2
        assert "NEW is OLD" in err
    link = old.with_name(f"link{old.suffix}")
    link.symlink_to(old)
    status, _, err = cli("migrate", old, link, "--model", NEW, "--input", SHAPE, "--force")
    assert status == 2
    assert "NEW is OLD" in err
    assert old.read_bytes() == before


def test_no_such_folder(files: Any, cli: Any) -> None:
    status, _, err = cli(
        "migrate", files[0], files[1].parent / "no" / files[1].name, "--model", NEW, "--input", SHAPE
    )
    assert status == 2
    assert "does not exist" in err


def test_other_kind(files: Any, cli: Any) -> None:
    status, _, err = cli("migrate", files[0], files[0].parent / "new.onnx", "--model", NEW, "--input", SHAPE)
    assert status == 2
    assert "of no known kind" in err


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("nowhere.py:Net", "nowhere.py does not exist"),
        (f"{MODELS}:Nat", "has no 'Nat' (it has Net, OldNet, OtherNet, NeedsBias)"),
        ("no.such.package:Net", "cannot be imported: ModuleNotFoundError"),
        ("Net", "names no object"),
        (f"{MODELS}:trained", "cannot be built: TypeError"),
        ("math:pi", "neither a model nor what builds one"),
        ("torch.nn:ReLU", "wrong model: it has no parameters"),
    ],
)
def test_bad_target(refused: Any, model: str, reason: str) -> None:
    assert reason in refused(model=model)


@pytest.mark.parametrize("shape", ["", "4x", "4x3x0x2", "4x3:float13", "a"])
def test_bad_shape(refused: Any, shape: str) -> None:
    assert "is no shape" in refused(shape=shape)


def test_bad_kwargs(refused: Any) -> None:
    assert "--kwargs is not JSON" in refused("--kwargs", "{bias: 1}")
    assert "not a JSON object" in refused("--kwargs", "[1]")
    assert "cannot be built: TypeError" in refused("--kwargs", '{"no_such": 1}')


def test_input_that_the_model_does_not_take(refused: Any) -> None:
    assert "the model fails on this input: RuntimeError" in refused(shape="4x5x12x12")


def test_pickles_need_a_flag(tmp_path: Path, cli: Any) -> None:
    old, new = tmp_path / "old.pt", tmp_path / "new.pt"
    torch.save({"args": Namespace(lr=0.1), "model": trained(OldNet()).state_dict()}, old)
    status, _, err = cli("migrate", old, new, "--model", NEW, "--input", SHAPE)
    assert status == 2
    assert err.count("\n") == 1
    assert "argparse.Namespace" in err
    assert "--allow-pickle if you trust the file" in err
    assert cli("migrate", old, new, "--model", NEW, "--input", SHAPE, "--allow-pickle")[0] == 0
    assert torch.load(new, weights_only=False)["args"].lr == 0.1


def test_reading_never_runs_code(tmp_path: Path, cli: Any) -> None:
    class Trap:
        def __reduce__(self) -> Any:
            return (os.mkdir, (str(tmp_path / "trace"),))

    torch.save({"model": trained(OldNet()).state_dict(), "trap": Trap()}, tmp_path / "old.pt")
    status, _, _ = cli("migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE)
    assert status == 2
    assert not (tmp_path / "trace").exists()


def test_whole_pickled_model(tmp_path: Path, cli: Any) -> None:
    torch.save(OldNet(), tmp_path / "old.pt")
    arguments = ("migrate", tmp_path / "old.pt", tmp_path / "new.pt", "--model", NEW, "--input", SHAPE)
    assert "reading it can run code" in cli(*arguments)[2]
    assert "holds a whole pickled OldNet" in cli(*arguments, "--allow-pickle")[2]


def limited(file_size: int) -> Callable[[], None]:
    """In a child process: writing past ``file_size`` fails, as on a full disk."""

    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    return prepare


RUN = """
import argparse, sys
from convbias_lint.cli import migrate
parser = argparse.ArgumentParser()
migrate.add_arguments(parser)
sys.exit(migrate.run(parser.parse_args(sys.argv[1:])))
"""


@pytest.mark.parametrize("room", [0, 500, 1300])
def test_disk_full(files: Any, room: int) -> None:
    """The kernel itself refuses the write, after ``room`` bytes."""
    old, new = files
    before = old.read_bytes()
    assert len(before) > 2 * room
    done = subprocess.run(
        [sys.executable, "-B", "-c", RUN, str(old), str(new), "--model", NEW, "--input", SHAPE],
        capture_output=True, text=True, preexec_fn=limited(room), check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert "was not written" in lines[0]
    assert "File too large" in lines[0]
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_disk_full_leaves_an_existing_file(files: Any) -> None:
    old, new = files
    new.write_bytes(b"precious")
    done = subprocess.run(
        [sys.executable, "-B", "-c", RUN, str(old), str(new), "--model", NEW, "--input", SHAPE, "--force"],
        capture_output=True, text=True, preexec_fn=limited(1000), check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert new.read_bytes() == b"precious"
    assert sorted(path.name for path in old.parent.iterdir()) == sorted([old.name, new.name])


@pytest.mark.parametrize("keep", ["index", "shard"])
def test_broken_shards(keep: str, tmp_path: Path, cli: Any) -> None:
    index = shards(tmp_path / "old", trained(OldNet()).state_dict())
    if keep == "index":
        (index.parent / "model-00002-of-00002.safetensors").unlink()
    else:
        index.write_text('{"weight_map": {"a": "../../outside.safetensors"}}')
    (tmp_path / "new").mkdir()
    status, _, err = cli("migrate", index, tmp_path / "new" / index.name, "--model", NEW, "--input", SHAPE)
    assert status == 2
    assert "does not exist" in err or "outside its folder" in err
    assert not list((tmp_path / "new").iterdir())
