"""``set_use_bias`` and ``migrate``: both directions, refusals, optimizers, files of before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers
from models import randomised

from convbias_lint.cli.main import main
from convbias_lint.keras_tools import ToolError, change_use_bias, difference, migrate, restore, set_use_bias


def network(bias: bool = True) -> Any:
    inputs = keras.Input((8, 8, 3))
    x = layers.Conv2D(4, 3, use_bias=bias, name="one")(inputs)
    x = layers.Activation("relu")(layers.BatchNormalization(name="norm_one")(x))
    x = layers.DepthwiseConv2D(2, use_bias=bias, name="depthwise")(x)
    x = layers.Conv2D(5, 1, use_bias=bias, name="pointwise")(x)
    x = layers.BatchNormalization(name="norm_two")(x)
    x = layers.GlobalMaxPooling2D()(layers.Activation("relu")(x))
    return randomised(keras.Model(inputs, layers.Dense(2, name="head")(x), name="network"))


def biases(model: Any) -> set[str]:
    return {layer.name for layer in model.layers if getattr(layer, "bias", None) is not None}


ALL = ["one", "depthwise", "pointwise"]


@pytest.mark.usefixtures("doubles")
def test_there_and_back_in_double_precision() -> None:
    model = network()
    away = change_use_bias(model, ALL, False)
    assert biases(away.model) == {"head"}
    assert away.layers == {"one": ("norm_one",), "depthwise": ("norm_two",), "pointwise": ("norm_two",)}
    assert away.parameters == 4 + 4 + 5
    assert away.difference is not None
    assert away.difference <= 1e-12
    back = change_use_bias(away.model, ALL, True)
    assert biases(back.model) == {"head", *ALL}
    assert back.difference == 0.0
    assert not any(np.array(back.model.get_layer(name).bias).any() for name in ALL)
    assert difference(model, back.model) <= 1e-12


@pytest.mark.usefixtures("doubles")
def test_migrate_and_restore_take_all_of_them() -> None:
    slim = migrate(network())
    assert set(slim.layers) == set(ALL)
    assert slim.kept == {"head": "an output of the model depends on it"}
    assert slim.difference is not None
    assert slim.difference <= 1e-12
    assert set(restore(slim.model).layers) == set(ALL)


def test_biases_that_are_given() -> None:
    model = network(bias=False)
    wanted = np.arange(4.0)
    given = set_use_bias(model, "one", True, biases={"one": wanted})
    assert np.array_equal(given.get_layer("one").bias, wanted.astype("float32"))
    with pytest.raises(ToolError, match=r"needs a bias of shape \(4,\), not \(3,\)"):
        set_use_bias(model, "one", True, biases={"one": np.zeros(3)})
    with pytest.raises(ToolError, match="a bias is given for head, which gets none"):
        set_use_bias(model, "one", True, biases={"head": np.zeros(2)})


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["head"], "the bias of head has nowhere to go: an output of the model depends on it"),
        (["nothing"], "no layer is called nothing"),
        (["norm_one"], "norm_one: BatchNormalization is no convolution or dense layer"),
    ],
)
def test_refusals(names: list[str], reason: str) -> None:
    with pytest.raises(ToolError, match=reason):
        set_use_bias(network(), names, False)


def test_an_activation_inside_the_layer_is_refused() -> None:
    model = keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, "relu", name="d"), layers.BatchNormalization()]
    )
    with pytest.raises(
        ToolError, match=r"d has nowhere to go: its activation \(relu\) comes behind its bias"
    ):
        set_use_bias(randomised(model), ["d"], False)


class Cut(layers.GaussianNoise):
    """A subclass may do anything."""

    def call(self, x: Any, training: bool = False) -> Any:
        return keras.ops.relu(x)


class CutAndRepeated(layers.RepeatVector):
    def call(self, x: Any) -> Any:
        return keras.ops.relu(super().call(x))


def in_time(layer: Any) -> Any:
    return layers.TimeDistributed(layer, name=f"timed_{layer.name}")


@pytest.mark.parametrize(
    ("shape", "stack", "taken"),
    [
        ((6, 6, 3), [layers.Conv2D(4, 3, name="c"), Cut(0.1)], {}),
        ((5,), [layers.Dense(4, name="c"), CutAndRepeated(3)], {}),
        (
            (3, 6, 6, 3),
            [in_time(layers.Conv2D(4, 3, name="c")), in_time(layers.GroupNormalization(2, name="g"))],
            {},
        ),
        (
            (3, 6, 6, 3),
            [in_time(layers.Conv2D(4, 3, name="c")), in_time(layers.GroupNormalization(-1, name="g"))],
            {"timed_c": ("timed_g",)},
        ),
    ],
    ids=["subclass of a noise", "subclass of a repetition", "groups in time", "instances in time"],
)
def test_what_stands_between_a_layer_and_its_norm(shape: Any, stack: Any, taken: Any) -> None:
    model = randomised(keras.Sequential([keras.Input(shape), *stack, layers.BatchNormalization()]))
    slim = migrate(model)
    assert slim.layers == taken
    assert slim.difference is not None
    assert slim.difference <= 1e-5


def train(model: Any, steps: int, seed: int) -> list[float]:
    generator = np.random.default_rng(seed)
    return [
        float(model.train_on_batch(generator.normal(size=(4, 8, 8, 3)), generator.normal(size=(4, 2))))
        for _ in range(steps)
    ]


@pytest.mark.usefixtures("doubles")
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_training_goes_on_with_the_optimizer_that_was(optimizer: str) -> None:
    made = {
        "adam": keras.optimizers.Adam(1e-2),
        "sgd": keras.optimizers.SGD(1e-2, momentum=0.9),
    }
    model = network()
    model.compile(made[optimizer], "mse")
    train(model, 3, seed=1)
    slim = migrate(model)
    assert set(slim.layers) == set(ALL)
    assert not slim.notes
    assert int(slim.model.optimizer.iterations) == 3
    expected, got = train(model, 5, seed=2), train(slim.model, 5, seed=2)
    assert max(abs(a - b) / abs(a) for a, b in zip(expected, got)) <= 1e-8


def test_a_loss_that_cannot_be_rebuilt_costs_the_optimizer_only() -> None:
    class Odd(keras.losses.Loss):
        def call(self, wanted: Any, got: Any) -> Any:
            return keras.ops.mean(keras.ops.abs(wanted - got), axis=-1)

    model = network()
    model.compile("adam", Odd())
    train(model, 1, seed=1)
    slim = migrate(model)
    assert set(slim.layers) == set(ALL)
    assert slim.notes == ("the optimizer starts anew: the new model is not compiled with the same optimizer",)
    assert slim.difference is not None
    assert slim.difference <= 1e-5


def test_a_file_of_before(tmp_path: Path, capsys: Any) -> None:
    """HDF5, as Keras 2 saved it."""
    model = network()
    model.save(tmp_path / "old.h5")
    capsys.readouterr()
    assert main(["migrate", str(tmp_path / "old.h5"), "-o", str(tmp_path / "new.keras")]) == 0
    new = keras.saving.load_model(tmp_path / "new.keras")
    assert biases(new) == {"head"}
    assert difference(model, new) <= 1e-5


def test_a_dry_run_needs_no_new_file(tmp_path: Path, capsys: Any) -> None:
    network().save(tmp_path / "old.keras")
    for command in ("migrate", "fold"):
        assert main([command, str(tmp_path / "old.keras"), "--dry-run"]) == 0
        assert capsys.readouterr().out.endswith("Dry run: nothing written.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["old.keras"]
    assert main(["migrate", str(tmp_path / "old.keras"), str(tmp_path / "new.pt")]) == 2
    assert "give NEW the ending .keras" in capsys.readouterr().err
