"""Whole networks through ``migrate`` and ``fold``: saved, loaded by plain Keras elsewhere, the same outputs.

Weights and moving statistics are random and not trivial.  All files are made first; then one new
process, which knows nothing of this package, loads them and runs them on the same inputs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pytest
from models import ZOO

from convbias_lint.cli.main import main

TOLERANCE = {"float32": 1e-5, "float64": 1e-10}
COMMANDS = ("migrate", "fold")
# Each network in single precision; in double those that are small enough to be quick.
RUNS = [(name, "float32") for name in ZOO]
RUNS += [(name, "float64") for name in ("VGG style", "MobileNet", "U-Net", "LSTM with conv")]

# How many redundant biases ``migrate`` takes away; MobileNet and DenseNet ship with none.
TAKEN = {
    "ResNet50": 53,
    "VGG style": 8,
    "MobileNet": 0,
    "DenseNet": 0,
    "U-Net": 12,
    "LSTM with conv": 3,
}

PLAIN = """\
import json, sys
import keras, numpy as np
from keras.src.backend.common import dtypes
# Keras rounds the norms of double models to single precision, which would hide what is compared.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
for source, inputs, output in json.load(open(sys.argv[1])):
    values = np.load(inputs)
    keras.config.set_floatx(str(values.dtype))
    model = keras.saving.load_model(source)
    np.save(output, model.predict(values, verbose=0))
assert not [name for name in sys.modules if name.startswith("convbias_lint")]
"""


class Made(NamedTuple):
    folder: Path

    def outputs(self, name: str, precision: str, kind: str) -> Any:
        return np.load(self.folder / f"{_stem(name, precision)}-{kind}.npy")


def _stem(name: str, precision: str) -> str:
    return f"{name.replace(' ', '-')}-{precision}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("networks")
    jobs = []
    before = keras.config.dtype_policy()
    for name, precision in RUNS:
        stem = _stem(name, precision)
        keras.utils.clear_session()
        keras.config.set_dtype_policy(precision)
        try:
            model = ZOO[name]()
        finally:
            keras.config.set_dtype_policy(before)
        model.save(folder / f"{stem}-model.keras")
        shape = (3, *model.inputs[0].shape[1:])
        np.save(folder / f"{stem}-in.npy", np.random.default_rng(7).normal(size=shape).astype(precision))
        for command in COMMANDS:
            source, target = folder / f"{stem}-model.keras", folder / f"{stem}-{command}.keras"
            assert main([command, str(source), "-o", str(target)]) == 0
        for kind in ("model", *COMMANDS):
            ends = (f"-{kind}.keras", "-in.npy", f"-{kind}.npy")
            jobs.append([str(folder / f"{stem}{end}") for end in ends])
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PLAIN, str(folder / "jobs.json")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return Made(folder)


def _layers(made: Made, name: str, precision: str, kind: str) -> list[dict[str, Any]]:
    """The configurations of all layers in a file, those inside wrappers included."""
    path = made.folder / f"{_stem(name, precision)}-{kind}.keras"
    with zipfile.ZipFile(path) as archive:
        return list(_held(json.loads(archive.read("config.json"))))


def _held(saved: Any) -> Iterator[dict[str, Any]]:
    if isinstance(saved, dict) and isinstance(saved.get("config"), dict) and "name" in saved["config"]:
        yield saved
    for item in saved.values() if isinstance(saved, dict) else saved if isinstance(saved, list) else ():
        yield from _held(item)


def _biases(layers: list[dict[str, Any]]) -> int:
    return sum(layer["config"].get("use_bias") is True for layer in layers)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("name", "precision"), RUNS)
def test_outputs_stay(made: Made, name: str, precision: str, command: str) -> None:
    wanted = made.outputs(name, precision, "model")
    got = made.outputs(name, precision, command)
    assert wanted.dtype == got.dtype == precision
    assert np.abs(wanted).max() > 1e-6
    gap = np.abs(wanted.astype("float64") - got.astype("float64")).max() / np.abs(wanted).max()
    assert gap < TOLERANCE[precision]


@pytest.mark.parametrize(("name", "precision"), RUNS)
def test_migrate_takes_the_redundant_biases(made: Made, name: str, precision: str) -> None:
    before, after = (_biases(_layers(made, name, precision, kind)) for kind in ("model", "migrate"))
    assert before - after == TAKEN[name]


@pytest.mark.parametrize("name", ["ResNet50", "VGG style", "MobileNet", "U-Net", "LSTM with conv"])
def test_fold_takes_every_norm_behind_a_layer(made: Made, name: str) -> None:
    kinds = [layer["class_name"] for layer in _layers(made, name, "float32", "fold")]
    assert "BatchNormalization" not in kinds
    assert "BatchNormalization" in [layer["class_name"] for layer in _layers(made, name, "float32", "model")]
