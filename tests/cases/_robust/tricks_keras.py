"""Layers of Keras whose output is used beside the norm."""

from keras import Input, Model, layers, ops


def build(width):
    inputs = Input((8, 8, 3))
    x = layers.Conv2D(width, 3, activity_regularizer="l2")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, activity_regularizer=None)(x)  # expect: CB101
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, bias_regularizer="l2")(x)  # expect: CB101
    x = layers.BatchNormalization()(x)
    return Model(inputs, x)


class Penalised(Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(8, 1)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        x = self.norm(self.conv(x))
        return x + sum(ops.sum(weight) for weight in self.trainable_weights)
# output
"""Layers of Keras whose output is used beside the norm."""

from keras import Input, Model, layers, ops


def build(width):
    inputs = Input((8, 8, 3))
    x = layers.Conv2D(width, 3, activity_regularizer="l2")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, activity_regularizer=None, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(width, 3, bias_regularizer="l2", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return Model(inputs, x)


class Penalised(Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(8, 1)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        x = self.norm(self.conv(x))
        return x + sum(ops.sum(weight) for weight in self.trainable_weights)
