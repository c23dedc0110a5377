import keras
from keras import layers


def features():
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(4, 3, name="first")(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(4, 3, name="second")(x)  # expect: CB101
    x = layers.ReLU()(layers.BatchNormalization()(x))
    model = keras.Model(inputs, x)
    return keras.Model(model.input, [model.get_layer("first").output, model.output])


def named_by_keras():
    inputs = keras.Input((16, 16, 3))
    x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(4, 3)(inputs)))
    x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2DTranspose(4, 3)(x)))  # expect: CB101
    model = keras.Model(inputs, x)
    return keras.Model(model.input, model.get_layer("conv2d").output)


def each(inputs):
    x = layers.BatchNormalization()(layers.Conv2D(4, 3)(inputs))
    model = keras.Model(inputs, layers.ReLU()(x))
    return keras.Model(model.input, [layer.output for layer in model.layers])
# output
import keras
from keras import layers


def features():
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(4, 3, name="first")(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(4, 3, name="second", use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    model = keras.Model(inputs, x)
    return keras.Model(model.input, [model.get_layer("first").output, model.output])


def named_by_keras():
    inputs = keras.Input((16, 16, 3))
    x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(4, 3)(inputs)))
    x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2DTranspose(4, 3, use_bias=False)(x)))
    model = keras.Model(inputs, x)
    return keras.Model(model.input, model.get_layer("conv2d").output)


def each(inputs):
    x = layers.BatchNormalization()(layers.Conv2D(4, 3)(inputs))
    model = keras.Model(inputs, layers.ReLU()(x))
    return keras.Model(model.input, [layer.output for layer in model.layers])
