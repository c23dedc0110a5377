import keras
from keras import layers


def network():
    # The model stands above the functions that it is made of.
    inputs = keras.Input((16, 16, 3))
    x = conv(inputs, 8, name="stem")
    x = block(x, 0.2, "relu", "first")
    x = block(x, 0.2, "relu", "second")
    x = block(x, 1.0, None, "third")
    return keras.Model(inputs, conv(x, 4, size=1, name="head"))


def conv(x, filters, size=3, activation="relu", use_bias=False, name=None):
    x = layers.Conv2D(filters, size, padding="same", use_bias=use_bias, name=name)(x)
    if not use_bias:
        x = layers.BatchNormalization(name=None if name is None else name + "_norm")(x)
    return x if activation is None else layers.Activation(activation)(x)


def block(x, scale, activation, name):
    branches = [conv(x, 4, 1), conv(x, 4, 3)]
    up = conv(layers.Concatenate()(branches), 8, 1, activation=None, use_bias=True, name=name)  # expect: CB105 no-fix
    x = layers.Lambda(lambda pair: pair[0] + pair[1] * scale)([x, up])
    return layers.Activation(activation)(x) if activation else x


def told_by_a_name(x, name):
    # Only the name is another where the norm follows: nobody writes a bias that follows that.
    x = layers.Conv2D(4, 3, name=None if name is None else name + "_conv")(x)
    return layers.Activation("relu")(x) if len(x.shape) == 3 else x


def uses(x):
    y = told_by_a_name(x, "first")
    return layers.BatchNormalization()(y), told_by_a_name(x, "second")
