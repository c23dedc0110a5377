"""Code that builds Keras models, as the commands name it: functional, subclassed, with a layer of its own."""

from __future__ import annotations

from typing import Any

import keras
from keras import layers

print("chatter of the user's own code")


def block(x: Any, width: int, name: str) -> Any:
    x = layers.Conv2D(width, 3, padding="same", name=f"{name}_conv")(x)
    return layers.BatchNormalization(name=f"{name}_norm")(x)


def build(width: int = 4) -> Any:
    inputs = keras.Input((8, 8, 3), name="image")
    x = layers.Activation("relu")(block(inputs, width, "one"))
    x = layers.MaxPooling2D(name="pool")(layers.Conv2D(6, 3, name="pooled")(x))
    x = layers.BatchNormalization(name="pooled_norm")(x)
    x = layers.Conv2D(4, 2, padding="same", name="grouped")(layers.ReLU()(x))
    x = layers.GroupNormalization(groups=-1, name="group_norm")(x)
    x = layers.Dropout(0.2)(layers.GlobalMaxPooling2D()(x))
    x = layers.BatchNormalization(name="dense_norm")(layers.Dense(5, name="dense")(x))
    x = layers.Activation("tanh")(x)
    return keras.Model(inputs, layers.Dense(2, name="head")(x), name="live")


def batch() -> Any:
    return keras.random.normal((3, 8, 8, 3))


@keras.saving.register_keras_serializable(package="tests")
class Subclassed(keras.Model):
    """Keras does not know how its layers are connected."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.conv = layers.Conv2D(4, 3, name="conv")
        self.norm = layers.BatchNormalization(name="norm")
        self.head = layers.Dense(2, name="head")

    def call(self, x: Any, training: bool = False) -> Any:
        return self.head(self.norm(self.conv(x), training=training))


def subclassed() -> Any:
    model = Subclassed(name="subclassed")
    model(keras.ops.zeros((2, 8, 8, 3)))
    return model


class Doubled(layers.Layer):
    def call(self, x: Any) -> Any:
        return x * 2


def clipped(x: Any) -> Any:
    return keras.ops.clip(x, 0, 1)


def with_own_code() -> Any:
    model = keras.Sequential([keras.Input((8, 8, 3)), Doubled(name="doubled")])
    model.add(layers.Conv2D(4, 3, name="conv"))
    model.add(layers.BatchNormalization(name="norm"))
    model.add(layers.Activation(clipped, name="clipped"))
    return model
