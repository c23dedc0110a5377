"""``convbias-lint audit`` on Keras: models built by code and saved ones, verdicts, every format, errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers
from live_models import build, subclassed, with_own_code
from models import randomised

from convbias_lint.cli.main import main
from convbias_lint.keras_tools import ToolError, Verdict, audit
from convbias_lint.reports import FORMATS

FILE = Path(__file__).parent / "live_models.py"
REDUNDANT = {"one_conv": "CB101", "pooled": "CB104", "grouped": "CB103", "dense": "CB102"}


def row_of(text: str) -> int:
    return next(i for i, row in enumerate(FILE.read_text("utf-8").splitlines(), 1) if text in row)


def test_verdicts_ways_and_totals() -> None:
    found = audit(build())
    by_path = {layer.path: layer for layer in found.layers}
    assert {layer.path for layer in found.redundant} == set(REDUNDANT)
    assert str(by_path["one_conv"].way) == "BatchNormalization one_norm"
    assert str(by_path["pooled"].way) == "MaxPooling2D pool → BatchNormalization pooled_norm"
    assert by_path["head"].verdict is Verdict.NEEDED
    assert by_path["grouped"].shape == (4,)
    assert (found.precision, found.tolerance, found.runs) == ("float64", 1e-10, 3)
    assert found.redundant_parameters == 4 + 6 + 4 + 5
    assert found.redundant_bytes == {"weights": 76, "gradients": 76, "adam": 152}
    assert found.parameters == build().count_params()


def norm_of(layer: Any, *, call: Any = None) -> Any:
    inputs = keras.Input((6, 6, 3))
    x = layers.Conv2D(4, 3, name="conv")(inputs)
    x = call(layer, x) if call else layer(x)
    return keras.Model(inputs, layers.Dense(2, name="head")(layers.GlobalMaxPooling2D()(x)))


@pytest.mark.parametrize(
    ("layer", "verdict"),
    [
        (layers.BatchNormalization(center=False, scale=False), "redundant"),
        (layers.BatchNormalization(axis=1), "needed"),
        (layers.BatchNormalization(trainable=False), "needed"),
        (layers.GroupNormalization(groups=-1), "redundant"),
        (layers.GroupNormalization(groups=2), "needed"),
        (layers.LayerNormalization(), "needed"),
        (layers.UnitNormalization(), "needed"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_norms(layer: Any, verdict: str) -> None:
    found = {layer.path: layer.verdict.value for layer in audit(norm_of(layer)).layers}
    assert found == {"conv": verdict, "head": "needed"}


class Unnamed(layers.Layer):
    """A layer whose author forgot that a layer has a name."""

    def call(self, x: Any) -> Any:
        return x * 2

    def get_config(self) -> dict[str, Any]:
        return {}


@pytest.mark.parametrize("functional", [True, False])
def test_a_layer_that_does_not_save_its_name(functional: bool) -> None:
    steps = [layers.Conv2D(4, 3, name="conv"), Unnamed(), layers.BatchNormalization()]
    model = keras.Sequential([keras.Input((8, 8, 3)), *steps])
    if functional:
        model = keras.Model(model.inputs, model.outputs)
    (conv,) = audit(model).layers
    assert conv.path == "conv"
    assert conv.verdict is not Verdict.NEEDED


def test_the_model_stays_as_it_was() -> None:
    model = randomised(build())
    before = [np.array(keras.ops.convert_to_numpy(v)) for v in model.variables]
    audit(model)
    for variable, value in zip(model.variables, before):
        assert np.array_equal(keras.ops.convert_to_numpy(variable), value)


X = np.random.default_rng(0).normal(size=(4, 8, 8, 3)).astype("float32")


def test_a_subclassed_model_is_measured_on_inputs() -> None:
    model = subclassed()
    model.conv.trainable = False
    found = audit(model, X)
    assert not model.conv.bias.value.requires_grad  # the measuring needed it for a while
    assert {layer.path: layer.verdict.value for layer in found.layers} == {
        "conv": "redundant",
        "head": "needed",
    }
    assert found.precision == "float32"
    with pytest.raises(ToolError, match="give --input SHAPE"):
        audit(model)


def test_half_precision_inside_is_too_coarse_to_prove_with() -> None:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        found = audit(subclassed(), X)
    finally:
        keras.config.set_dtype_policy(before)
    assert {layer.path: layer.verdict.value for layer in found.layers} == {
        "conv": "undecided",
        "head": "needed",
    }
    assert found.precision == "bfloat16"


def test_the_table_names_source_lines(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FILE.parent)
    assert main(["audit", f"{FILE}:build", "--kwargs", '{"width": 7}', "--all"]) == 1
    out = capsys.readouterr().out
    assert "chatter" not in out
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert rows[0] == "BIAS OF LAYER SHAPE PARAMETERS VERDICT WHY BUILT AT"
    conv = row_of("x = layers.Conv2D(width, 3")
    assert rows[1] == f"one_conv Conv2D(7, 3x3) 7 7 redundant BatchNormalization one_norm {FILE.name}:{conv}"
    assert "5 layers: 4 redundant, 1 needed." in out


@pytest.mark.parametrize("given", [["--input", "4x8x8x3"], ["--inputs", f"{FILE}:batch"]])
def test_inputs(given: list[str], capsys: Any) -> None:
    assert main(["audit", f"{FILE}:build", *given, "--output-format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert sorted(finding["code"] for finding in found) == sorted(REDUNDANT.values())
    assert {finding["filename"] for finding in found} == {str(FILE)}


def test_every_format_of_code_and_of_a_saved_model(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    saved = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="dense"), layers.BatchNormalization()])
    saved.save("model.keras")
    for name in FORMATS:
        assert main(["audit", "model.keras", "--output-format", name]) == 1
        out = capsys.readouterr().out
        assert "CB102" in out
        assert "model.keras" in out
    assert main(["audit", "model.keras", "--output-format", "sarif"]) == 1
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "model.keras"
    assert main(["audit", "model.keras", "--report", "all.json"]) == 1
    report = json.loads(Path("all.json").read_text("utf-8"))
    assert [layer["verdict"] for layer in report["layers"]] == ["redundant"]
    assert "BUILT AT" not in capsys.readouterr().out


def test_models_with_code_of_their_own(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    randomised(with_own_code()).save("own.keras")
    subclassed().save("sub.keras")
    capsys.readouterr()
    for command in (["audit", "own.keras"], ["migrate", "own.keras", "-o", "x.keras"]):
        assert main(command) == 2
        assert "needs 'Doubled', which is not Keras's own" in capsys.readouterr().err
    assert main(["audit", "own.keras", "--custom", str(FILE)]) == 1
    for command, word in (("migrate", "its bias is now in norm"), ("fold", "norm folded into conv")):
        assert main([command, "own.keras", "-o", f"{command}.keras", "--custom", str(FILE)]) == 0
        assert word in capsys.readouterr().out
    assert main(["audit", "sub.keras", "--custom", str(FILE), "--input", "4x8x8x3"]) == 1
    assert main(["migrate", "sub.keras", "-o", "x.keras", "--custom", str(FILE)]) == 2
    assert "is a subclassed model" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([f"{FILE}:nothing"], "has no 'nothing'"),
        ([f"{FILE}:batch"], "returned Tensor, not a torch.nn.Module"),
        ([f"{FILE}:subclassed"], "does not say what its input is"),
        ([f"{FILE}:build", "--time"], "--time measures PyTorch models only"),
        ([f"{FILE}:build", "--input", "text=4x8"], "the model has no input 'text': it has image"),
        ([f"{FILE}:build", "--input", "4x8x8x5"], "expected shape=(None, 8, 8, 3), found shape=(4, 8, 8, 5)"),
        ([f"{FILE}:build", "--output-format", "xml"], "choose table or one of full"),
        (["nowhere.keras"], "nowhere.keras does not exist"),
        (["broken.keras"], "broken.keras cannot be read, it is damaged or no Keras model"),
        (["only.weights.h5"], "holds weights alone"),
        (["own.keras", "--custom", "nowhere.py"], "nowhere.py does not exist"),
    ],
)
def test_errors_are_one_line(
    words: list[str], reason: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("broken.keras", "only.weights.h5", "own.keras"):
        Path(name).write_bytes(b"PK\x03\x04 nothing of use")
    given = ["--input", "4x8x8x3"] if ":batch" in words[0] else []
    assert main(["audit", *words, *given]) == 2
    out, err = capsys.readouterr()
    lines = [line for line in err.splitlines() if "chatter" not in line]
    assert (out, len(lines)) == ("", 1)
    assert lines[0].startswith("convbias-lint: error: ")
    assert reason in lines[0]


def test_the_torch_tools_send_keras_models_to_theirs(tmp_path: Path, capsys: Any) -> None:
    old = tmp_path / "old.pt"
    import torch

    torch.save({"a": torch.ones(1)}, old)
    words = ["migrate", str(old), str(tmp_path / "new.pt"), "--model", f"{FILE}:build", "--input", "4x8x8x3"]
    assert main(words) == 2
    assert "builds a Keras model: save it as a .keras file" in capsys.readouterr().err


def test_it_chooses_a_backend_that_is_installed(tmp_path: Path) -> None:
    """Without KERAS_BACKEND, Keras asks for TensorFlow, which is not here."""
    kept = {name: value for name, value in os.environ.items() if name != "KERAS_BACKEND"}
    done = subprocess.run(
        [sys.executable, "-m", "convbias_lint", "audit", f"{FILE}:build", "--output-format", "concise"],
        env={**kept, "HOME": str(tmp_path), "KERAS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("CB10") == 4
