"""Classes that are no models, and have methods that make some."""

from keras import Input, Model, Sequential
from keras.layers import Activation, BatchNormalization, Conv1D, Conv2D, Dense, GlobalAveragePooling1D, LeakyReLU


class Base:
    def __init__(self, classes):
        self.classes = classes


class ResidualNetwork(Base):
    def __init__(self, classes, width=8, activation="relu"):
        super().__init__(classes)
        self.width = width
        self.activation = activation

    def build_network(self, input_shape, **options):
        inputs = Input(input_shape)
        x = Conv1D(filters=self.width, kernel_size=8, padding="same")(inputs)  # expect: CB101
        x = BatchNormalization()(x)
        x = Activation(self.activation)(x)
        y = Conv1D(filters=self.width, kernel_size=3, padding="same")(x)
        bare = Activation(self.activation)(y)
        x = self._last(BatchNormalization()(y), bare)
        return inputs, Dense(self.classes)(GlobalAveragePooling1D()(x))

    def _last(self, x, y):
        x = Conv1D(self.width, 1)(x)  # expect: CB101
        return BatchNormalization()(x) + y


class Adversary:
    """The models are made as soon as an object is there."""

    def __init__(self):
        self.generator = self.build_generator()
        self.discriminator = self.build_discriminator()

    def build_generator(self):
        model = Sequential()
        model.add(Dense(32, input_dim=10))
        model.add(LeakyReLU(0.2))
        model.add(BatchNormalization(momentum=0.8))
        model.add(Dense(64))  # expect: CB102
        model.add(BatchNormalization(momentum=0.8))
        model.add(LeakyReLU(0.2))
        noise = Input(shape=(10,))
        return Model(noise, model(noise))

    def build_discriminator(self):
        model = Sequential()
        model.add(Conv2D(8, kernel_size=3, strides=2, input_shape=(8, 8, 1), padding="same"))
        model.add(LeakyReLU(0.2))
        model.add(Conv2D(16, kernel_size=3, strides=2, padding="same"))  # expect: CB101
        model.add(BatchNormalization(momentum=0.8))
        model.add(LeakyReLU(0.2))
        image = Input(shape=(8, 8, 1))
        return Model(image, model(image))


class Unnormed:
    @staticmethod
    def block(x, width):
        y = Conv2D(width, 3)(x)
        return BatchNormalization()(y), y

    @classmethod
    def stem(cls, x, normed):
        x = Conv2D(8, 3)(x)  # expect: CB105 unsafe
        return BatchNormalization()(x) if normed else x


# output
"""Classes that are no models, and have methods that make some."""

from keras import Input, Model, Sequential
from keras.layers import Activation, BatchNormalization, Conv1D, Conv2D, Dense, GlobalAveragePooling1D, LeakyReLU


class Base:
    def __init__(self, classes):
        self.classes = classes


class ResidualNetwork(Base):
    def __init__(self, classes, width=8, activation="relu"):
        super().__init__(classes)
        self.width = width
        self.activation = activation

    def build_network(self, input_shape, **options):
        inputs = Input(input_shape)
        x = Conv1D(filters=self.width, kernel_size=8, padding="same", use_bias=False)(inputs)
        x = BatchNormalization()(x)
        x = Activation(self.activation)(x)
        y = Conv1D(filters=self.width, kernel_size=3, padding="same")(x)
        bare = Activation(self.activation)(y)
        x = self._last(BatchNormalization()(y), bare)
        return inputs, Dense(self.classes)(GlobalAveragePooling1D()(x))

    def _last(self, x, y):
        x = Conv1D(self.width, 1, use_bias=False)(x)
        return BatchNormalization()(x) + y


class Adversary:
    """The models are made as soon as an object is there."""

    def __init__(self):
        self.generator = self.build_generator()
        self.discriminator = self.build_discriminator()

    def build_generator(self):
        model = Sequential()
        model.add(Dense(32, input_dim=10))
        model.add(LeakyReLU(0.2))
        model.add(BatchNormalization(momentum=0.8))
        model.add(Dense(64, use_bias=False))
        model.add(BatchNormalization(momentum=0.8))
        model.add(LeakyReLU(0.2))
        noise = Input(shape=(10,))
        return Model(noise, model(noise))

    def build_discriminator(self):
        model = Sequential()
        model.add(Conv2D(8, kernel_size=3, strides=2, input_shape=(8, 8, 1), padding="same"))
        model.add(LeakyReLU(0.2))
        model.add(Conv2D(16, kernel_size=3, strides=2, padding="same", use_bias=False))
        model.add(BatchNormalization(momentum=0.8))
        model.add(LeakyReLU(0.2))
        image = Input(shape=(8, 8, 1))
        return Model(image, model(image))


class Unnormed:
    @staticmethod
    def block(x, width):
        y = Conv2D(width, 3)(x)
        return BatchNormalization()(y), y

    @classmethod
    def stem(cls, x, normed):
        x = Conv2D(8, 3, use_bias=not normed)(x)
        return BatchNormalization()(x) if normed else x


