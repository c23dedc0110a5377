import tensorflow as tf


class Block(tf.keras.layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.conv = tf.keras.layers.Conv2D(filters, 3, padding="same")  # expect: CB101
        self.bn = tf.keras.layers.BatchNormalization()

    def call(self, x, training=None):
        return tf.nn.relu(self.bn(self.conv(x), training=training))


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.block = Block(8)
        self.conv = tf.keras.layers.Conv2D(8, 1)  # expect: CB101
        self.bn = tf.keras.layers.BatchNormalization()
        self.head = tf.keras.layers.Conv2D(2, 1)

    def call(self, inputs, training=False):
        x = self.block(inputs, training=training)
        x = tf.nn.relu(self.bn(self.conv(x), training=training))
        return self.head(x)
# output
import tensorflow as tf


class Block(tf.keras.layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.conv = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.bn = tf.keras.layers.BatchNormalization()

    def call(self, x, training=None):
        return tf.nn.relu(self.bn(self.conv(x), training=training))


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.block = Block(8)
        self.conv = tf.keras.layers.Conv2D(8, 1, use_bias=False)
        self.bn = tf.keras.layers.BatchNormalization()
        self.head = tf.keras.layers.Conv2D(2, 1)

    def call(self, inputs, training=False):
        x = self.block(inputs, training=training)
        x = tf.nn.relu(self.bn(self.conv(x), training=training))
        return self.head(x)
