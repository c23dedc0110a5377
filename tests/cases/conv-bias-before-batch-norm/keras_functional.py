import tensorflow as tf
from tensorflow.keras.layers import Activation, Add, BatchNormalization, Conv2D, Input, MaxPooling2D
from tensorflow.keras.models import Model


def conv_block(x, filters, kernel=3, strides=1):
    x = Conv2D(filters, kernel, strides=strides, padding="same")(x)  # expect: CB101
    x = BatchNormalization()(x)
    return Activation("relu")(x)


def residual(x, filters):
    shortcut = x
    x = conv_block(x, filters)
    x = Conv2D(filters, 3, padding="same")(x)  # expect: CB101
    x = BatchNormalization()(x)
    x = Add()([x, shortcut])
    return Activation("relu")(x)


def build(classes=10):
    inputs = Input((32, 32, 3))
    x = conv_block(inputs, 16)
    x = residual(x, 16)
    x = MaxPooling2D()(x)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    outputs = tf.keras.layers.Dense(classes, activation="softmax")(x)
    return Model(inputs, outputs)
# output
import tensorflow as tf
from tensorflow.keras.layers import Activation, Add, BatchNormalization, Conv2D, Input, MaxPooling2D
from tensorflow.keras.models import Model


def conv_block(x, filters, kernel=3, strides=1):
    x = Conv2D(filters, kernel, strides=strides, padding="same", use_bias=False)(x)
    x = BatchNormalization()(x)
    return Activation("relu")(x)


def residual(x, filters):
    shortcut = x
    x = conv_block(x, filters)
    x = Conv2D(filters, 3, padding="same", use_bias=False)(x)
    x = BatchNormalization()(x)
    x = Add()([x, shortcut])
    return Activation("relu")(x)


def build(classes=10):
    inputs = Input((32, 32, 3))
    x = conv_block(inputs, 16)
    x = residual(x, 16)
    x = MaxPooling2D()(x)
    x = tf.keras.layers.GlobalAveragePooling2D()(x)
    outputs = tf.keras.layers.Dense(classes, activation="softmax")(x)
    return Model(inputs, outputs)
