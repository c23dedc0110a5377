from keras import backend as K
from keras import layers


def by_backend(x):
    axis = 3 if K.image_data_format() == "channels_last" else 1
    return layers.BatchNormalization(axis=axis)(layers.Conv2D(4, 3)(x))  # expect: CB101


def by_option(x, data_format):
    x = layers.Conv2D(4, 3, data_format=data_format)(x)  # expect: CB101
    return layers.BatchNormalization(axis=1 if data_format == "channels_first" else -1)(x)


def first(x):
    x = layers.Conv2D(4, 3, data_format="channels_first")(x)  # expect: CB101
    return layers.BatchNormalization(axis=1)(x)


def wrong_axis(x):
    x = layers.Conv2D(4, 3, data_format="channels_first")(x)
    x = layers.BatchNormalization()(x)
    return layers.BatchNormalization(axis=1)(layers.Conv2D(4, 3)(x))
# output
from keras import backend as K
from keras import layers


def by_backend(x):
    axis = 3 if K.image_data_format() == "channels_last" else 1
    return layers.BatchNormalization(axis=axis)(layers.Conv2D(4, 3, use_bias=False)(x))


def by_option(x, data_format):
    x = layers.Conv2D(4, 3, data_format=data_format, use_bias=False)(x)
    return layers.BatchNormalization(axis=1 if data_format == "channels_first" else -1)(x)


def first(x):
    x = layers.Conv2D(4, 3, data_format="channels_first", use_bias=False)(x)
    return layers.BatchNormalization(axis=1)(x)


def wrong_axis(x):
    x = layers.Conv2D(4, 3, data_format="channels_first")(x)
    x = layers.BatchNormalization()(x)
    return layers.BatchNormalization(axis=1)(layers.Conv2D(4, 3)(x))
