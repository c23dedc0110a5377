"""Layers of Keras whose output is used beside the norm."""

from keras import Input, Model, layers


def build(width):
    inputs = Input((8, 8, 3))
    x = layers.Conv2D(width, 3, activity_regularizer="l2")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, activity_regularizer=None)(x)  # expect: CB101
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, bias_regularizer="l2")(x)  # expect: CB101
    x = layers.BatchNormalization()(x)
    return Model(inputs, x)
# output
"""Layers of Keras whose output is used beside the norm."""

from keras import Input, Model, layers


def build(width):
    inputs = Input((8, 8, 3))
    x = layers.Conv2D(width, 3, activity_regularizer="l2")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, activity_regularizer=None, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, bias_regularizer="l2", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return Model(inputs, x)
