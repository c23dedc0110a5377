import keras
from keras import layers, ops


class Block(layers.Layer):
    def __init__(self, filters, norm=True, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(filters, 3)  # expect: CB105
        self.norm = layers.BatchNormalization() if norm else None
        self.last = layers.Conv2D(filters, 1)  # expect: CB103
        self.instance = layers.GroupNormalization(groups=-1)

    def build(self, input_shape):
        self.middle = layers.Dense(4)  # expect: CB102
        self.middle_norm = layers.BatchNormalization()

    def call(self, x, training=False):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x, training=training)
        x = self.middle_norm(self.middle(ops.relu(x)), training=training)
        return ops.relu(self.instance(self.last(x)))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(4), Block(6, norm=False)]
        self.head = layers.Conv2D(2, 1)
        self.frozen = layers.BatchNormalization(trainable=False)

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.frozen(self.head(x))
# output
import keras
from keras import layers, ops


class Block(layers.Layer):
    def __init__(self, filters, norm=True, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(filters, 3, use_bias=not norm)
        self.norm = layers.BatchNormalization() if norm else None
        self.last = layers.Conv2D(filters, 1, use_bias=False)
        self.instance = layers.GroupNormalization(groups=-1)

    def build(self, input_shape):
        self.middle = layers.Dense(4, use_bias=False)
        self.middle_norm = layers.BatchNormalization()

    def call(self, x, training=False):
        x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x, training=training)
        x = self.middle_norm(self.middle(ops.relu(x)), training=training)
        return ops.relu(self.instance(self.last(x)))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(4), Block(6, norm=False)]
        self.head = layers.Conv2D(2, 1)
        self.frozen = layers.BatchNormalization(trainable=False)

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.frozen(self.head(x))
