"""Where the channels are is set for all layers: a norm along the last axis is none of channels."""

import keras
from keras import Input, Model, layers

keras.config.set_image_data_format("channels_first")


def build():
    inputs = Input((3, 8, 8))
    x = layers.Conv2D(8, 3)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(8, 3, data_format="channels_first")(x)  # expect: CB101
    x = layers.BatchNormalization(axis=1)(x)
    return Model(inputs, x)
# output
"""Where the channels are is set for all layers: a norm along the last axis is none of channels."""

import keras
from keras import Input, Model, layers

keras.config.set_image_data_format("channels_first")


def build():
    inputs = Input((3, 8, 8))
    x = layers.Conv2D(8, 3)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(8, 3, data_format="channels_first", use_bias=False)(x)
    x = layers.BatchNormalization(axis=1)(x)
    return Model(inputs, x)
