import keras
from keras import layers


def network(filters=4):
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(filters, 3)(inputs)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(x))


def another(filters=4):
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(filters, 3)(inputs)  # expect: CB101 unsafe
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(x))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return self.norm(self.conv(x))


class Loop(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return self.norm(self.conv(x))


def one_by_one(x):
    norms = [layers.BatchNormalization() for _ in range(2)]
    for norm in norms:
        x = layers.ReLU()(norm(layers.Conv2D(4, 3)(x)))
    for norm in norms:
        norm.trainable = False
    return x


def as_a_whole():
    model = keras.Sequential([layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])
    model.trainable = False
    return model


def by_name():
    inputs = keras.Input((16, 16, 3))
    x = layers.BatchNormalization(name="norm")(layers.Conv2D(4, 3)(inputs))
    x = layers.BatchNormalization()(layers.Conv2D(4, 3)(layers.ReLU()(x)))  # expect: CB101 unsafe
    model = keras.Model(inputs, layers.ReLU()(x))
    model.get_layer("norm").trainable = False
    return model


frozen = network()
for layer in frozen.layers:
    if isinstance(layer, layers.BatchNormalization):
        layer.trainable = False
trained = another()
net = Net()
net.trainable = False
loop = Loop()
for layer in loop.layers:
    layer.trainable = False
# output
import keras
from keras import layers


def network(filters=4):
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(filters, 3)(inputs)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(x))


def another(filters=4):
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(filters, 3, use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(x))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return self.norm(self.conv(x))


class Loop(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return self.norm(self.conv(x))


def one_by_one(x):
    norms = [layers.BatchNormalization() for _ in range(2)]
    for norm in norms:
        x = layers.ReLU()(norm(layers.Conv2D(4, 3)(x)))
    for norm in norms:
        norm.trainable = False
    return x


def as_a_whole():
    model = keras.Sequential([layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()])
    model.trainable = False
    return model


def by_name():
    inputs = keras.Input((16, 16, 3))
    x = layers.BatchNormalization(name="norm")(layers.Conv2D(4, 3)(inputs))
    x = layers.BatchNormalization()(layers.Conv2D(4, 3, use_bias=False)(layers.ReLU()(x)))
    model = keras.Model(inputs, layers.ReLU()(x))
    model.get_layer("norm").trainable = False
    return model


frozen = network()
for layer in frozen.layers:
    if isinstance(layer, layers.BatchNormalization):
        layer.trainable = False
trained = another()
net = Net()
net.trainable = False
loop = Loop()
for layer in loop.layers:
    layer.trainable = False
