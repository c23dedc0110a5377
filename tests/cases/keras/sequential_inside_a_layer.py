import keras
from keras import layers, ops


class ConvBlock(layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.steps = keras.Sequential([layers.Conv2D(filters, 3), layers.BatchNormalization(), layers.ReLU()])  # expect: CB101

    def call(self, x, training=None):
        return self.steps(x, training=training)


class Plain(layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.conv = layers.Conv2D(filters, 3)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return ops.relu(self.norm(self.conv(x)))


class Told(layers.Layer):
    # What it is told by default, no caller hears of: Keras 3 then runs the norm in evaluation mode.
    def __init__(self, filters):
        super().__init__()
        self.conv = layers.Conv2D(filters, 3)
        self.norm = layers.BatchNormalization()

    def features(self, x, training=None):
        return self.norm(self.conv(x), training=training)

    def call(self, x, training=None):
        return ops.relu(self.features(x))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.block = ConvBlock(4)
        # Frozen by the call, which layers inside and Sequentials take over from the one around them.
        self.frozen = Plain(4)
        self.stack = keras.Sequential([layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])
        self.both = keras.Sequential([layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])  # expect: CB101
        self.told = Told(4)

    def call(self, x, training=False):
        x = self.block(x, training=training)
        x = self.frozen(x, training=False)
        x = self.stack(x, training=False)
        return self.told(self.both(x, training=training))
# output
import keras
from keras import layers, ops


class ConvBlock(layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.steps = keras.Sequential([layers.Conv2D(filters, 3, use_bias=False), layers.BatchNormalization(), layers.ReLU()])

    def call(self, x, training=None):
        return self.steps(x, training=training)


class Plain(layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.conv = layers.Conv2D(filters, 3)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return ops.relu(self.norm(self.conv(x)))


class Told(layers.Layer):
    # What it is told by default, no caller hears of: Keras 3 then runs the norm in evaluation mode.
    def __init__(self, filters):
        super().__init__()
        self.conv = layers.Conv2D(filters, 3)
        self.norm = layers.BatchNormalization()

    def features(self, x, training=None):
        return self.norm(self.conv(x), training=training)

    def call(self, x, training=None):
        return ops.relu(self.features(x))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.block = ConvBlock(4)
        # Frozen by the call, which layers inside and Sequentials take over from the one around them.
        self.frozen = Plain(4)
        self.stack = keras.Sequential([layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])
        self.both = keras.Sequential([layers.Conv2D(4, 3, use_bias=False), layers.BatchNormalization(), layers.ReLU()])
        self.told = Told(4)

    def call(self, x, training=False):
        x = self.block(x, training=training)
        x = self.frozen(x, training=False)
        x = self.stack(x, training=False)
        return self.told(self.both(x, training=training))
