from keras.layers import BatchNormalization, Conv2D, Dense, Flatten, ReLU
from keras.models import Sequential

model = Sequential()
model.add(Conv2D(8, (3, 3), input_shape=(32, 32, 3)))  # expect: CB101
model.add(BatchNormalization())
model.add(ReLU())
model.add(Conv2D(8, (3, 3), activation="relu"))
model.add(BatchNormalization())
model.add(Flatten())
model.add(Dense(64))  # expect: CB102
model.add(BatchNormalization())
model.add(ReLU())
model.add(Dense(10, activation="softmax"))
# output
from keras.layers import BatchNormalization, Conv2D, Dense, Flatten, ReLU
from keras.models import Sequential

model = Sequential()
model.add(Conv2D(8, (3, 3), input_shape=(32, 32, 3), use_bias=False))
model.add(BatchNormalization())
model.add(ReLU())
model.add(Conv2D(8, (3, 3), activation="relu"))
model.add(BatchNormalization())
model.add(Flatten())
model.add(Dense(64, use_bias=False))
model.add(BatchNormalization())
model.add(ReLU())
model.add(Dense(10, activation="softmax"))
