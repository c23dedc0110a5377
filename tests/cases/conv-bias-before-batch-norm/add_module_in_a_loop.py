# run: cnn(), (2, 1, 32, 32)

import torch.nn as nn


def cnn():
    kernels = [3, 3, 3]
    widths = [8, 16, 16]
    net = nn.Sequential()

    def conv_relu(i, batch_normalisation=False):
        n_in = 1 if i == 0 else widths[i - 1]
        n_out = widths[i]
        net.add_module("conv{0}".format(i), nn.Conv2d(n_in, n_out, kernels[i]))  # expect: CB105
        if batch_normalisation:
            net.add_module("batchnorm{0}".format(i), nn.BatchNorm2d(n_out))
        net.add_module("relu{0}".format(i), nn.ReLU(True))

    conv_relu(0)
    conv_relu(1, True)
    conv_relu(2, True)
    return net
# output
import torch.nn as nn


def cnn():
    kernels = [3, 3, 3]
    widths = [8, 16, 16]
    net = nn.Sequential()

    def conv_relu(i, batch_normalisation=False):
        n_in = 1 if i == 0 else widths[i - 1]
        n_out = widths[i]
        net.add_module("conv{0}".format(i), nn.Conv2d(n_in, n_out, kernels[i], bias=not batch_normalisation))
        if batch_normalisation:
            net.add_module("batchnorm{0}".format(i), nn.BatchNorm2d(n_out))
        net.add_module("relu{0}".format(i), nn.ReLU(True))

    conv_relu(0)
    conv_relu(1, True)
    conv_relu(2, True)
    return net
