"""Models as people write them, small, with weights and moving statistics that are not trivial."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import layers


def randomised(model: Any, seed: int = 0) -> Any:
    """``model`` with random weights: biases and moving means far from zero, variances far from one."""
    generator = np.random.default_rng(seed)
    for variable in model.variables:
        name, shape = variable.name, tuple(variable.shape)
        if "seed" in name or not shape:
            continue
        if "moving_variance" in name or "stddev" in name:
            value = generator.uniform(0.3, 2.0, shape)
        elif "gamma" in name:
            value = generator.uniform(0.5, 1.5, shape) * generator.choice([-1.0, 1.0], shape)
        elif "kernel" in name:
            # A depthwise kernel sums over its own positions only.
            summed = shape[:-2] if "depthwise" in variable.path else shape[:-1]
            value = generator.normal(size=shape) / np.sqrt(max(1, np.prod(summed)))
        elif any(word in name for word in ("bias", "beta", "moving_mean", "renorm_mean")):
            value = generator.normal(size=shape) * 0.5
        else:
            value = generator.normal(size=shape) * 0.3
        variable.assign(value.astype(str(variable.dtype)))
    return model


def resnet50() -> Any:
    return randomised(keras.applications.ResNet50(weights=None, input_shape=(32, 32, 3), classes=7))


def mobilenet() -> Any:
    return randomised(
        keras.applications.MobileNet(weights=None, input_shape=(32, 32, 3), classes=7, alpha=0.25)
    )


def densenet() -> Any:
    base = keras.applications.DenseNet121(weights=None, input_shape=(32, 32, 3), classes=7)
    return randomised(base)


def vgg_style() -> Any:
    model = keras.Sequential(name="vgg", layers=[keras.Input((16, 16, 3))])
    for block, (width, depth) in enumerate([(8, 2), (16, 2), (24, 3)]):
        for number in range(depth):
            model.add(layers.Conv2D(width, 3, padding="same", name=f"conv{block}_{number}"))
            model.add(layers.BatchNormalization(epsilon=10.0 ** -(block + 1), name=f"norm{block}_{number}"))
            model.add(layers.ReLU())
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(20, name="fc1"))
    model.add(layers.BatchNormalization(scale=False, name="norm_fc1"))
    model.add(layers.Activation("relu"))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(5, activation="softmax", name="fc2"))
    return randomised(model)


def _double_conv(x: Any, width: int, name: str) -> Any:
    for number in (1, 2):
        x = layers.Conv2D(width, 3, padding="same", name=f"{name}_conv{number}")(x)
        x = layers.BatchNormalization(name=f"{name}_norm{number}", center=number == 1)(x)
        x = layers.Activation("relu", name=f"{name}_relu{number}")(x)
    return x


def unet() -> Any:
    inputs = keras.Input((16, 16, 2))
    x, skips = inputs, []
    for level, width in enumerate((4, 8)):
        x = _double_conv(x, width, f"down{level}")
        skips.append(x)
        x = layers.MaxPooling2D(2)(x)
    x = _double_conv(x, 16, "bottom")
    for level, width in ((1, 8), (0, 4)):
        x = layers.Conv2DTranspose(width, 2, strides=2, padding="same", name=f"up{level}")(x)
        x = layers.BatchNormalization(name=f"up{level}_norm")(x)
        x = layers.Concatenate()([x, skips[level]])
        x = _double_conv(x, width, f"up{level}")
    outputs = layers.Conv2D(3, 1, activation="sigmoid", name="head")(x)
    return randomised(keras.Model(inputs, outputs, name="unet"))


def lstm_with_conv() -> Any:
    """Frames through a convolution each, then in time: norms in a wrapper, and one on a sequence."""
    inputs = keras.Input((5, 12, 12, 2))
    x = layers.TimeDistributed(layers.Conv2D(4, 3, name="frame_conv"), name="frames_conv")(inputs)
    x = layers.TimeDistributed(layers.BatchNormalization(epsilon=1e-5), name="frames_norm")(x)
    x = layers.TimeDistributed(layers.Activation("relu"))(x)
    x = layers.TimeDistributed(layers.GlobalAveragePooling2D())(x)
    x = layers.Conv1D(6, 3, padding="causal", name="time_conv")(x)
    x = layers.BatchNormalization(name="time_norm")(x)
    x = layers.LSTM(7, return_sequences=True)(x)
    x = layers.Bidirectional(layers.LSTM(4))(x)
    x = layers.Dense(6, name="dense")(x)
    x = layers.BatchNormalization(name="dense_norm")(x)
    return randomised(keras.Model(inputs, layers.Dense(2, name="head")(x), name="lstm_with_conv"))


ZOO = {
    "ResNet50": resnet50,
    "VGG style": vgg_style,
    "MobileNet": mobilenet,
    "DenseNet": densenet,
    "U-Net": unet,
    "LSTM with conv": lstm_with_conv,
}
