from keras import layers


def build(x, training=None, **options):
    for norm in (
        layers.LayerNormalization(),
        layers.UnitNormalization(),
        layers.GroupNormalization(groups=2),
        layers.BatchNormalization(trainable=False),
        layers.BatchNormalization(**options),
        layers.BatchNormalization(axis=[1, 3]),
    ):
        x = norm(layers.Conv2D(8, 3)(x))
    x = layers.BatchNormalization()(layers.Conv2D(8, 3)(x), training=False)
    x = layers.BatchNormalization()(layers.Conv2D(8, 3, **options)(x))
    frozen = layers.BatchNormalization()
    frozen.trainable = False
    x = frozen(layers.Conv2D(8, 3)(x))
    x = layers.Conv2D(8, 3)(x)
    x = layers.Dropout(0.5)(x)
    x = layers.ZeroPadding2D()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.ZeroPadding2D()(layers.Conv2D(8, 3)(x)))
    return layers.BatchNormalization()(layers.Reshape((-1, 4))(layers.Conv2D(8, 3)(x)), training=training)
