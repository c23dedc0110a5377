import keras
from keras import layers

# ReLU stands between the bias and the norm: it is part of the convolution.
model = keras.Sequential([
    layers.Conv2D(8, 3, activation="relu"),
    layers.BatchNormalization(),
    layers.Conv2D(8, 3, activation="linear"),  # expect: CB101
    layers.BatchNormalization(),
    layers.Conv2D(8, 3, activation=None),  # expect: CB101
    layers.BatchNormalization(),
])
# output
import keras
from keras import layers

# ReLU stands between the bias and the norm: it is part of the convolution.
model = keras.Sequential([
    layers.Conv2D(8, 3, activation="relu"),
    layers.BatchNormalization(),
    layers.Conv2D(8, 3, activation="linear", use_bias=False),
    layers.BatchNormalization(),
    layers.Conv2D(8, 3, activation=None, use_bias=False),
    layers.BatchNormalization(),
])
