import keras
from keras.layers import Activation, Add, BatchNormalization, Conv2D, Input, MaxPooling2D, SeparableConv2D, Conv2DTranspose


def conv_bn(x, filters, size=3, **kwargs):
    x = Conv2D(filters, size, padding="same", **kwargs)(x)  # expect: CB101 no-fix
    return BatchNormalization()(x)


def residual(x, filters):
    shortcut = Conv2D(filters, 1)(x)  # expect: CB104
    x = Activation("relu")(conv_bn(x, filters))
    x = SeparableConv2D(filters, 3, padding="same")(x)  # expect: CB104
    return Activation("relu")(BatchNormalization(axis=-1)(Add()([x, shortcut])))


def build():
    inputs = Input((8, 8, 3))
    x = residual(conv_bn(inputs, 4, 1), 6)
    x = Conv2D(6, 3)(x)  # expect: CB104
    x = BatchNormalization()(MaxPooling2D()(x))
    x = Conv2DTranspose(4, 2, strides=2)(x)  # expect: CB101
    x = BatchNormalization()(x)
    skip = Conv2D(4, 3, padding="same")(x)
    normed = BatchNormalization()(skip)
    return keras.Model(inputs, [Conv2D(2, 1)(normed), skip])
# output
import keras
from keras.layers import Activation, Add, BatchNormalization, Conv2D, Input, MaxPooling2D, SeparableConv2D, Conv2DTranspose


def conv_bn(x, filters, size=3, **kwargs):
    x = Conv2D(filters, size, padding="same", **kwargs)(x)
    return BatchNormalization()(x)


def residual(x, filters):
    shortcut = Conv2D(filters, 1, use_bias=False)(x)
    x = Activation("relu")(conv_bn(x, filters))
    x = SeparableConv2D(filters, 3, padding="same", use_bias=False)(x)
    return Activation("relu")(BatchNormalization(axis=-1)(Add()([x, shortcut])))


def build():
    inputs = Input((8, 8, 3))
    x = residual(conv_bn(inputs, 4, 1), 6)
    x = Conv2D(6, 3, use_bias=False)(x)
    x = BatchNormalization()(MaxPooling2D()(x))
    x = Conv2DTranspose(4, 2, strides=2, use_bias=False)(x)
    x = BatchNormalization()(x)
    skip = Conv2D(4, 3, padding="same")(x)
    normed = BatchNormalization()(skip)
    return keras.Model(inputs, [Conv2D(2, 1)(normed), skip])
