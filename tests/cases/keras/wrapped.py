import keras
from keras import layers


def build():
    inputs = keras.Input((5, 12, 12, 2))
    x = layers.TimeDistributed(layers.Conv2D(4, 3))(inputs)  # expect: CB101
    x = layers.TimeDistributed(layers.BatchNormalization())(x)
    x = layers.TimeDistributed(layers.GlobalAveragePooling2D())(layers.Activation("relu")(x))
    x = layers.Conv1D(6, 3, padding="causal")(x)  # expect: CB101
    x = layers.BatchNormalization()(x)
    x = layers.LSTM(7)(x)
    x = layers.Lambda(lambda y: y * 2)(layers.Dense(6)(x))  # expect: CB104
    return keras.Model(inputs, layers.Dense(2)(layers.BatchNormalization()(x)))
# output
import keras
from keras import layers


def build():
    inputs = keras.Input((5, 12, 12, 2))
    x = layers.TimeDistributed(layers.Conv2D(4, 3, use_bias=False))(inputs)
    x = layers.TimeDistributed(layers.BatchNormalization())(x)
    x = layers.TimeDistributed(layers.GlobalAveragePooling2D())(layers.Activation("relu")(x))
    x = layers.Conv1D(6, 3, padding="causal", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.LSTM(7)(x)
    x = layers.Lambda(lambda y: y * 2)(layers.Dense(6, use_bias=False)(x))
    return keras.Model(inputs, layers.Dense(2)(layers.BatchNormalization()(x)))
