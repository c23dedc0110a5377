from keras import layers


def block(x, filters, batch_norm=True, activation="relu"):
    x = layers.Conv2D(filters, 3)(x)  # expect: CB105
    if batch_norm:
        x = layers.BatchNormalization()(x)
    return layers.Activation(activation)(x)


def stack(x, use_bias, preact=False):
    x = layers.Conv2D(8, 3, use_bias=use_bias)(x)  # expect: CB105
    if not preact:
        x = layers.BatchNormalization()(x)
    return layers.ReLU()(x)


def plain(x):
    return stack(x, True)


def before(x):
    return stack(x, True, preact=True)
# output
from keras import layers


def block(x, filters, batch_norm=True, activation="relu"):
    x = layers.Conv2D(filters, 3, use_bias=not batch_norm)(x)
    if batch_norm:
        x = layers.BatchNormalization()(x)
    return layers.Activation(activation)(x)


def stack(x, use_bias, preact=False):
    x = layers.Conv2D(8, 3, use_bias=use_bias and preact)(x)
    if not preact:
        x = layers.BatchNormalization()(x)
    return layers.ReLU()(x)


def plain(x):
    return stack(x, True)


def before(x):
    return stack(x, True, preact=True)
