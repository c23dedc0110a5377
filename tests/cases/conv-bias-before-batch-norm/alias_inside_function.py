# run: make(), (2, 3, 8, 8)


def make():
    import torch.nn as layers

    conv = layers.Conv2d
    return layers.Sequential(conv(3, 4, 3), layers.BatchNorm2d(4))  # expect: CB101
# output

def make():
    import torch.nn as layers

    conv = layers.Conv2d
    return layers.Sequential(conv(3, 4, 3, bias=False), layers.BatchNorm2d(4))
