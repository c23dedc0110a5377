"""Folding in Keras: every kind of layer and every option, what stays and why, what is not touched."""

from __future__ import annotations

from typing import Any, Callable

import keras
import numpy as np
import pytest
from keras import layers
from models import randomised

from convbias_lint.keras_tools import difference, fold, fold_batch_norm, migrate

pytestmark = pytest.mark.usefixtures("doubles")

CHANNELS_FIRST = {"data_format": "channels_first"}
LAYERS: dict[str, tuple[Callable[[], Any], tuple[int, ...]]] = {
    "Conv1D": (lambda: layers.Conv1D(4, 3, dilation_rate=2), (9, 4)),
    "Conv2D": (lambda: layers.Conv2D(4, 3, use_bias=False), (7, 7, 4)),
    "grouped": (lambda: layers.Conv2D(6, 3, groups=2, strides=2), (7, 7, 4)),
    "dilated": (lambda: layers.Conv2D(6, 2, dilation_rate=(2, 1), padding="same"), (7, 7, 4)),
    "Conv3D": (lambda: layers.Conv3D(3, 2), (4, 4, 4, 2)),
    "depthwise": (lambda: layers.DepthwiseConv2D(3, depth_multiplier=2), (7, 7, 4)),
    "depthwise, no bias": (lambda: layers.DepthwiseConv1D(3, use_bias=False), (9, 4)),
    "separable": (lambda: layers.SeparableConv2D(5, 3, depth_multiplier=2), (7, 7, 4)),
    "transposed": (lambda: layers.Conv2DTranspose(5, 3, strides=2, use_bias=False), (4, 4, 3)),
    "Dense": (lambda: layers.Dense(5), (6,)),
    "Dense on a sequence": (lambda: layers.Dense(5, use_bias=False), (7, 6)),
    "in time": (lambda: layers.TimeDistributed(layers.Conv2D(3, 2)), (3, 5, 5, 2)),
    "channels first": (lambda: layers.Conv2D(5, 3, groups=2 - 1, **CHANNELS_FIRST), (3, 6, 6)),
}


def norm(name: str, **options: Any) -> Any:
    options = {"epsilon": 0.05, **options}  # far from every constant that a folding might assume
    if name == "in time":
        return layers.TimeDistributed(layers.BatchNormalization(**options))
    return layers.BatchNormalization(axis=1 if name == "channels first" else -1, **options)


def chain(shape: tuple[int, ...], *stack: Any) -> Any:
    return randomised(keras.Sequential([keras.Input(shape), *stack]))


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize(
    "options",
    [{}, {"scale": False}, {"center": False}, {"scale": False, "center": False, "momentum": 0.5}],
    ids=str,
)
def test_every_kind_of_layer(name: str, options: dict[str, Any]) -> None:
    make, shape = LAYERS[name]
    model = chain(shape, make(), norm(name, **options))
    found = fold(model)
    assert len(found.pairs) == 1
    assert not found.kept
    assert found.difference is not None
    assert found.difference <= 1e-12
    assert len(found.model.layers) == 1
    assert len(model.layers) == 2


def test_other_layers_keep_names_configuration_and_weights() -> None:
    inputs = keras.Input((8, 8, 3))
    x = layers.Conv2D(4, 3, name="first", kernel_regularizer="l2", activation="tanh", trainable=False)(inputs)
    x = layers.Conv2D(4, 3, name="conv", kernel_regularizer="l2", padding="same")(x)
    x = layers.ReLU(name="relu", negative_slope=0.2)(layers.BatchNormalization(name="norm")(x))
    outputs = layers.Dense(2, name="head")(layers.Flatten(name="flat")(x))
    model = randomised(keras.Model(inputs, outputs, name="named"))
    folded = fold_batch_norm(model)
    assert folded.name == "named"
    names = [layer.name for layer in model.layers]
    assert [layer.name for layer in folded.layers] == [name for name in names if name != "norm"]
    for name in ("first", "relu", "flat", "head"):
        before, after = model.get_layer(name), folded.get_layer(name)
        assert before.get_config() == after.get_config()
        assert before.trainable == after.trainable
        for one, other in zip(before.get_weights(), after.get_weights()):
            assert np.array_equal(one, other)
    before, after = model.get_layer("conv").get_config(), folded.get_layer("conv").get_config()
    assert {key for key in before if before[key] != after[key]} <= {"use_bias"}
    assert after["use_bias"] is True


def test_models_inside_models() -> None:
    inner = keras.Sequential(
        [keras.Input((6, 6, 3)), layers.Conv2D(4, 3, name="conv"), layers.BatchNormalization(name="norm")],
        name="inner",
    )
    inputs = keras.Input((6, 6, 3))
    x = layers.BatchNormalization(name="outer_norm")(layers.Conv2D(2, 2, name="outer")(inner(inputs)))
    found = fold(randomised(keras.Model(inputs, x)))
    assert found.pairs == {"inner/norm": "inner/conv", "outer_norm": "outer"}
    assert found.difference is not None
    assert found.difference <= 1e-12


def coder(name: str, shape: tuple[int, ...], inputs: Any = None) -> Any:
    inputs = keras.Input(shape) if inputs is None else inputs
    x = layers.Conv2D(4, 3, name="conv")(inputs)
    return keras.Model(inputs, layers.BatchNormalization(name="norm")(x), name=name)


def test_what_comes_out_of_a_model_inside_is_an_output() -> None:
    """And the input is one object for the whole and for its first part."""
    inputs = keras.Input((8, 8, 3))
    encoder, decoder = coder("encoder", (8, 8, 3), inputs), coder("decoder", (6, 6, 4))
    model = randomised(keras.Model(inputs, decoder(encoder(inputs))))
    found, slim = fold(model), migrate(model)
    assert found.pairs == {"encoder/norm": "encoder/conv", "decoder/norm": "decoder/conv"}
    assert set(slim.layers) == {"encoder/conv", "decoder/conv"}
    for changed in (found, slim):
        assert changed.difference is not None
        assert changed.difference <= 1e-12


def test_a_norm_behind_two_calls_of_a_model_inside() -> None:
    first, second, inside = (keras.Input((6, 6, 3)) for _ in range(3))
    inner = keras.Model(inside, layers.Conv2D(4, 3, name="conv")(inside), name="inner")
    norm = layers.BatchNormalization(name="norm")
    found = fold(randomised(keras.Model([first, second], [norm(inner(first)), norm(inner(second))])))
    assert found.pairs == {"norm": "inner/conv"}
    assert found.difference is not None
    assert found.difference <= 1e-12


def shared(inputs: Any) -> Any:
    conv = layers.Conv2D(3, 2, name="conv", padding="same")
    x = layers.BatchNormalization(name="norm")(conv(inputs))
    return layers.Add()([x, layers.BatchNormalization(name="other")(conv(layers.ReLU()(inputs)))])


def also_used(inputs: Any) -> Any:
    x = layers.Conv2D(3, 2, name="conv")(inputs)
    return layers.Add()([layers.BatchNormalization(name="norm")(x), x])


def also_returned(inputs: Any) -> Any:
    x = layers.Conv2D(3, 2, name="conv")(inputs)
    return [layers.BatchNormalization(name="norm")(x), x]


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (shared, "conv is shared"),
        (also_used, "the output of conv goes to 2 layers"),
        (also_returned, "the output of conv is an output of the model as well"),
        (lambda x: layers.BatchNormalization(name="norm")(x), "an input of the model comes before it"),
        (
            lambda x: layers.BatchNormalization(name="norm")(layers.Conv2D(3, 2, activation="relu")(x)),
            "comes before it",
        ),
        (
            lambda x: layers.BatchNormalization(name="norm", axis=1)(layers.Conv2D(3, 2)(x)),
            "it normalises axis 1, not the channels",
        ),
        (
            lambda x: layers.BatchNormalization(name="norm")(layers.Conv2D(3, 2)(x), training=True),
            "called with training=True",
        ),
    ],
    ids=["shared", "also used", "also returned", "input", "activation", "axis", "training"],
)
def test_what_stays_and_why(build: Callable[[Any], Any], reason: str) -> None:
    inputs = keras.Input((6, 6, 3))
    model = randomised(keras.Model(inputs, build(inputs)))
    found = fold(model, measure=False)
    assert not found.pairs
    assert reason in found.kept["norm"]
    if reason != "called with training=True":
        assert difference(model, found.model) == 0.0
