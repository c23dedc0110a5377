import keras
from keras import layers

model = keras.Sequential([
    layers.Conv2D(8, 3, data_format="channels_first"),  # expect: CB101
    layers.BatchNormalization(axis=1),
    layers.ReLU(),
    layers.Conv2D(8, 3, data_format="channels_first"),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Conv2D(8, 3, data_format="channels_last"),  # expect: CB101
    layers.BatchNormalization(axis=-1),
])
# output
import keras
from keras import layers

model = keras.Sequential([
    layers.Conv2D(8, 3, data_format="channels_first", use_bias=False),
    layers.BatchNormalization(axis=1),
    layers.ReLU(),
    layers.Conv2D(8, 3, data_format="channels_first"),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.Conv2D(8, 3, data_format="channels_last", use_bias=False),
    layers.BatchNormalization(axis=-1),
])
