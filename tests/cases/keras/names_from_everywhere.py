import tensorflow as tf
from tensorflow import keras as k
from tensorflow.keras import layers as kl
from tensorflow.keras.layers import *
from keras.layers.convolutional import Conv1D as C
from tensorflow.python.keras.layers.normalization import BatchNormalization as BN
from keras.src import layers as inner


def one(x):
    x = tf.keras.layers.Conv2D(4, 3)(x)  # expect: CB101
    x = k.layers.BatchNormalization()(x)
    x = tf.nn.relu(x)
    x = kl.Convolution2D(4, 3)(x)  # expect: CB101
    x = BatchNormalization()(x)
    x = ReLU()(x)
    x = inner.Conv2D(4, 3)(x)  # expect: CB101
    return inner.BatchNormalization()(x)


def two(x):
    x = C(4, 3)(x)  # expect: CB101
    x = BN()(x)
    x = Conv1D(4, 3)(Activation("relu")(x))  # expect: CB101
    x = concatenate([BatchNormalization()(x), BN()(x)])
    return tf.identity(x)
# output
import tensorflow as tf
from tensorflow import keras as k
from tensorflow.keras import layers as kl
from tensorflow.keras.layers import *
from keras.layers.convolutional import Conv1D as C
from tensorflow.python.keras.layers.normalization import BatchNormalization as BN
from keras.src import layers as inner


def one(x):
    x = tf.keras.layers.Conv2D(4, 3, use_bias=False)(x)
    x = k.layers.BatchNormalization()(x)
    x = tf.nn.relu(x)
    x = kl.Convolution2D(4, 3, use_bias=False)(x)
    x = BatchNormalization()(x)
    x = ReLU()(x)
    x = inner.Conv2D(4, 3, use_bias=False)(x)
    return inner.BatchNormalization()(x)


def two(x):
    x = C(4, 3, use_bias=False)(x)
    x = BN()(x)
    x = Conv1D(4, 3, use_bias=False)(Activation("relu")(x))
    x = concatenate([BatchNormalization()(x), BN()(x)])
    return tf.identity(x)
