import keras
from keras import layers


def build():
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])  # expect: CB101
    model.add(layers.DepthwiseConv2D(3))  # expect: CB104
    model.add(layers.Conv2D(6, 1))  # expect: CB101
    model.add(layers.BatchNormalization())
    model.add(layers.Conv2D(5, 3, activation="relu"))  # the activation sees the bias
    model.add(layers.BatchNormalization())
    model.add(layers.Flatten())
    model.add(layers.Dense(7))  # expect: CB102
    model.add(layers.BatchNormalization())
    model.add(layers.Dense(2))
    return model
# output
import keras
from keras import layers


def build():
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, use_bias=False), layers.BatchNormalization(), layers.ReLU()])
    model.add(layers.DepthwiseConv2D(3, use_bias=False))
    model.add(layers.Conv2D(6, 1, use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.Conv2D(5, 3, activation="relu"))  # the activation sees the bias
    model.add(layers.BatchNormalization())
    model.add(layers.Flatten())
    model.add(layers.Dense(7, use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.Dense(2))
    return model
