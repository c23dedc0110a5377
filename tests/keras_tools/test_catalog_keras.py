"""Every row of the Keras layer table against the real layer: its signature, and what it does."""

from __future__ import annotations

import inspect
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

from convbias_lint.layers.keras import LAYERS, OPS, SYNONYMS
from convbias_lint.layers.rows import Effect, Layer, Passes

ROWS = {row.name.rpartition(".")[2]: row for row in LAYERS}
CHANNELS = 4

ARGUMENTS: dict[str, dict[str, Any]] = {
    **{name: {"filters": 4, "kernel_size": 2} for name, row in ROWS.items() if "Conv" in name},
    **{f"DepthwiseConv{d}D": {"kernel_size": 2} for d in (1, 2)},
    "Dense": {"units": 4},
    # It may mix any axes: here those of the positions.
    "EinsumDense": {"equation": "abcd,bcd->abd", "output_shape": (6, 4), "bias_axes": "bd"},
    "GroupNormalization": {"groups": -1},
    "Activation": {"activation": "relu"},
    "Dropout": {"rate": 0.5},
    "AlphaDropout": {"rate": 0.5},
    "GaussianDropout": {"rate": 0.5},
    **{f"SpatialDropout{d}D": {"rate": 0.5} for d in (1, 2, 3)},
    **{f"AveragePooling{d}D": {"pool_size": 2} for d in (1, 2, 3)},
    "Dot": {"axes": -1},
}
BINARY = ("Multiply", "Maximum", "Minimum", "Dot")


def build(row: Layer, **more: Any) -> Any:
    name = row.name.rpartition(".")[2]
    return getattr(layers, name)(**{**ARGUMENTS.get(name, {}), **more})


def rank_of(row: Layer) -> int:
    name = row.name
    digits = [int(c) for c in name if c.isdigit()]
    return row.rank or (digits[0] + 2 if digits else 4)


def moved(layer: Any, row: Layer, axis: int = -1, **call: Any) -> Any:
    """What a constant added to each channel changes at the output."""
    generator = np.random.default_rng(0)
    rank = rank_of(row)
    x = generator.normal(size=(3, *[6] * (rank - 1)))
    x = np.take(x, range(CHANNELS), axis=axis)
    constant = generator.normal(size=CHANNELS) * 3 + 5
    shape = [1] * rank
    shape[axis] = CHANNELS

    def run(value: Any) -> Any:
        keras.utils.set_random_seed(0)
        for variable in layer.variables:
            if "seed" in variable.path:
                variable.assign(np.zeros(variable.shape, "uint32"))
        given = [value, np.roll(x, 1)] if row.name.rpartition(".")[2] in BINARY else value
        return keras.ops.convert_to_numpy(layer(given, **call))

    run(x)
    for variable in layer.trainable_variables:
        variable.assign(generator.normal(size=tuple(variable.shape)))
    return run(x + constant.reshape(shape)) - run(x)


def per_channel(change: Any, axis: int = -1) -> bool:
    """Whether the change is one number for each channel, not all of them nearly zero."""
    others = tuple(a for a in range(change.ndim) if a != axis % change.ndim)
    even = np.allclose(change, change.mean(axis=others, keepdims=True), atol=1e-9)
    return bool(even and np.abs(change).max() > 1e-3)


@pytest.mark.parametrize("name", ROWS)
def test_arguments_stand_where_the_row_says(name: str) -> None:
    row = ROWS[name]
    parameters = list(inspect.signature(getattr(layers, name).__init__).parameters.values())[1:]
    rows = [
        row.bias,
        row.channels,
        row.padding,
        row.activation,
        row.axis_argument,
        row.data_format,
        row.groups,
    ]
    for argument in (a for a in rows if a is not None):
        assert argument.position is not None
        parameter = parameters[argument.position]
        assert parameter.name == argument.keyword
        if argument.default is not None and parameter.default is not inspect.Parameter.empty:
            assert parameter.default == argument.default
    names = {parameter.name for parameter in parameters}
    assert ("use_bias" in names) == (row.bias is not None)
    if row.effect is not Effect.USES:
        assert ("data_format" in names) == (row.data_format is not None) or row.passes is Passes.ZERO_RATE


@pytest.mark.usefixtures("doubles")
@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if row.effect is Effect.INTRODUCES])
def test_a_bias_is_a_shift_unless_an_activation_follows(name: str) -> None:
    row = ROWS[name]
    x = np.random.default_rng(1).normal(size=(3, *[6] * (rank_of(row) - 2), CHANNELS))

    def change(layer: Any) -> Any:
        before = keras.ops.convert_to_numpy(layer(x))
        layer.bias.assign(np.arange(1.0, CHANNELS + 1))
        return keras.ops.convert_to_numpy(layer(x)) - before

    plain = change(build(row))
    assert np.allclose(plain, np.arange(1.0, CHANNELS + 1), atol=1e-12)
    assert not per_channel(change(build(row, activation="relu")))
    assert build(row, use_bias=False).use_bias is False


@pytest.mark.usefixtures("doubles")
@pytest.mark.parametrize(
    ("name", "padding"),
    [
        (name, padding)
        for name, row in ROWS.items()
        if row.effect is Effect.INTRODUCES
        for padding in (("valid",) if row.padding is None else ("valid", "same"))
    ],
)
def test_what_a_layer_with_weights_makes_of_a_shift(name: str, padding: str) -> None:
    row = ROWS[name]
    layer = build(row) if row.padding is None else build(row, padding=padding)
    expected = {
        Passes.UNPADDED: padding == "valid",
        Passes.NEVER: False,
        Passes.LAST_AXIS: True,
    }[row.passes]
    # A transposed convolution lets fewer weights reach the border, whatever its padding.
    assert per_channel(moved(layer, row)) == expected


def test_a_dense_layer_mixes_the_last_axis_only() -> None:
    layer = layers.Dense(3)
    assert not per_channel(moved(layer, ROWS["Dense"], axis=1), axis=1)


@pytest.mark.usefixtures("doubles")
@pytest.mark.parametrize("name", [n for n, r in ROWS.items() if r.effect is Effect.PASSES])
def test_a_row_that_passes_does_pass(name: str) -> None:
    row = ROWS[name]
    if row.passes is Passes.ZERO_RATE:
        assert not per_channel(moved(build(row), row, training=True))
        assert per_channel(moved(build(row, rate=0.0), row, training=True))
        assert per_channel(moved(build(row), row, training=False))
        return
    assert row.passes is Passes.ALWAYS
    variants: list[dict[str, Any]] = [{}]
    if row.padding is not None:
        variants.append({"padding": "same"})
    if name == "UpSampling2D":
        variants += [{"interpolation": "bilinear"}, {"interpolation": "bicubic"}]
    for more in variants:
        assert per_channel(moved(build(row, **more), row)), more
    if row.data_format is not None:
        assert per_channel(moved(build(row, data_format="channels_first"), row, axis=1), axis=1)


@pytest.mark.usefixtures("doubles")
@pytest.mark.parametrize("name", [n for n, r in ROWS.items() if r.effect is Effect.CANCELS])
def test_a_row_that_cancels_does_cancel(name: str) -> None:
    row = ROWS[name]
    for axis in (-1, 1):
        change = moved(build(row, axis=axis), row, axis=axis, training=True)
        assert np.abs(change).max() < 1e-9
    other = moved(build(row, axis=1), row, axis=-1, training=True)
    assert np.abs(other).max() > 1e-3, "a norm of another axis than the shift's"


@pytest.mark.usefixtures("doubles")
def test_norms_that_do_not_cancel() -> None:
    row = ROWS["GroupNormalization"]
    assert np.abs(moved(layers.GroupNormalization(groups=CHANNELS), row)).max() < 1e-9
    assert np.abs(moved(layers.GroupNormalization(groups=2), row)).max() > 1e-3
    row = ROWS["BatchNormalization"]
    frozen = layers.BatchNormalization(trainable=False)
    assert np.abs(moved(frozen, row, training=True)).max() > 1e-3
    assert np.abs(moved(layers.BatchNormalization(), row, training=False)).max() > 1e-3


@pytest.mark.usefixtures("doubles")
@pytest.mark.parametrize("name", [n for n, r in ROWS.items() if r.effect is Effect.USES])
def test_a_row_that_uses_does_use(name: str) -> None:
    row = ROWS[name]
    change = moved(build(row), row)
    assert not per_channel(change)
    assert np.abs(change).max() > 1e-3


def test_operations_and_other_names_exist() -> None:
    for name in OPS:
        assert hasattr(layers, name.rpartition(".")[2])
    for other, name in SYNONYMS.items():
        assert getattr(layers, other.rpartition(".")[2]) is getattr(layers, name.rpartition(".")[2])


def test_merging_layers_with_a_number_of_inputs() -> None:
    x, y = np.ones((2, 3)), np.zeros((2, 3))
    out = [
        keras.ops.convert_to_numpy(layer([x, y]))
        for layer in (layers.Add(), layers.Subtract(), layers.Average())
    ]
    assert [float(o[0, 0]) for o in out] == [1.0, 1.0, 0.5]
