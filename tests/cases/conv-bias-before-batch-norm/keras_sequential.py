from tensorflow import keras
from tensorflow.keras import layers

model = keras.Sequential([
    keras.Input((32, 32, 3)),
    layers.Conv2D(8, 3, padding="same"),  # expect: CB101
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.SeparableConv2D(8, 3),  # expect: CB101
    layers.BatchNormalization(),
    layers.Activation("relu"),
    layers.DepthwiseConv2D(3),  # expect: CB101
    layers.BatchNormalization(),
    layers.LeakyReLU(),
    layers.Conv2DTranspose(4, 2, strides=2, use_bias=True),  # expect: CB101
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Conv2D(4, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.Flatten(),
    layers.Dense(10),
])
# output
from tensorflow import keras
from tensorflow.keras import layers

model = keras.Sequential([
    keras.Input((32, 32, 3)),
    layers.Conv2D(8, 3, padding="same", use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.SeparableConv2D(8, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.Activation("relu"),
    layers.DepthwiseConv2D(3, use_bias=False),
    layers.BatchNormalization(),
    layers.LeakyReLU(),
    layers.Conv2DTranspose(4, 2, strides=2, use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Conv2D(4, 3, use_bias=False),
    layers.BatchNormalization(),
    layers.Flatten(),
    layers.Dense(10),
])
