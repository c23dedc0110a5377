import keras
from keras import layers

# The norm is over another axis than the channels; it is frozen; dropout or an activation stands between.
wrong_axis = keras.Sequential([layers.Conv2D(8, 3), layers.BatchNormalization(axis=1)])
frozen = keras.Sequential([layers.Conv2D(8, 3), layers.BatchNormalization(trainable=False)])
dropped = keras.Sequential([layers.Conv2D(8, 3), layers.Dropout(0.5), layers.BatchNormalization()])
active = keras.Sequential([layers.Conv2D(8, 3), layers.ReLU(), layers.BatchNormalization()])
layered = keras.Sequential([layers.Conv2D(8, 3), layers.LayerNormalization()])


def both(x):
    # Also used elsewhere.
    y = layers.Conv2D(8, 3)(x)
    return layers.BatchNormalization()(y), y
