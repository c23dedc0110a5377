from tensorflow.keras import Sequential, layers

model = Sequential([
    layers.Conv2D(8, 3),  # expect: CB104
    layers.MaxPooling2D(2),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.DepthwiseConv2D(3, padding="valid"),  # expect: CB104
    layers.Conv2D(8, 1),  # expect: CB101
    layers.BatchNormalization(),
    layers.ReLU(),
])
# output
from tensorflow.keras import Sequential, layers

model = Sequential([
    layers.Conv2D(8, 3, use_bias=False),
    layers.MaxPooling2D(2),
    layers.BatchNormalization(),
    layers.ReLU(),
    layers.DepthwiseConv2D(3, padding="valid", use_bias=False),
    layers.Conv2D(8, 1, use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(),
])
