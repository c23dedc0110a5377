import keras
from keras import layers

(x_train, y_train), _ = keras.datasets.cifar10.load_data()

model = keras.Sequential()
model.add(keras.Input((32, 32, 3)))
model.add(layers.Conv2D(8, 3))  # expect: CB101
model.add(layers.BatchNormalization())
model.add(layers.Activation("relu"))
model.add(layers.Flatten())
model.add(layers.Dense(10, activation="softmax"))
model.summary()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=2)
model.evaluate(x_train, y_train)
model.save("cifar.keras")

# Whoever takes the weights as a list counts them.
counted = keras.Sequential([layers.Conv2D(8, 3), layers.BatchNormalization(), layers.ReLU()])
counted.set_weights(keras.utils.get_file("weights.npy", ""))
# output
import keras
from keras import layers

(x_train, y_train), _ = keras.datasets.cifar10.load_data()

model = keras.Sequential()
model.add(keras.Input((32, 32, 3)))
model.add(layers.Conv2D(8, 3, use_bias=False))
model.add(layers.BatchNormalization())
model.add(layers.Activation("relu"))
model.add(layers.Flatten())
model.add(layers.Dense(10, activation="softmax"))
model.summary()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=2)
model.evaluate(x_train, y_train)
model.save("cifar.keras")

# Whoever takes the weights as a list counts them.
counted = keras.Sequential([layers.Conv2D(8, 3), layers.BatchNormalization(), layers.ReLU()])
counted.set_weights(keras.utils.get_file("weights.npy", ""))
