import keras
from keras import layers


def generator(latent):
    model = keras.Sequential([keras.Input((latent,))])
    model.add(layers.Dense(4 * 4 * 8))  # expect: CB102
    model.add(layers.BatchNormalization())
    model.add(layers.Reshape((4, 4, 8)))
    model.add(layers.Conv2DTranspose(3, 4, strides=2))
    return model


def discriminator():
    return keras.Sequential(
        [
            layers.Conv2D(4, 3),  # expect: CB101
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            # The last layer's output is what the caller gets.
            layers.Conv2D(1, 3),
        ]
    )


def build(latent=8):
    return generator(latent), discriminator()


def parts():
    # Layers by themselves may go anywhere.
    return [layers.Conv2D(4, 3), layers.BatchNormalization()]
# output
import keras
from keras import layers


def generator(latent):
    model = keras.Sequential([keras.Input((latent,))])
    model.add(layers.Dense(4 * 4 * 8, use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.Reshape((4, 4, 8)))
    model.add(layers.Conv2DTranspose(3, 4, strides=2))
    return model


def discriminator():
    return keras.Sequential(
        [
            layers.Conv2D(4, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            # The last layer's output is what the caller gets.
            layers.Conv2D(1, 3),
        ]
    )


def build(latent=8):
    return generator(latent), discriminator()


def parts():
    # Layers by themselves may go anywhere.
    return [layers.Conv2D(4, 3), layers.BatchNormalization()]
