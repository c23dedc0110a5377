# run: stack([3, 4, 4, 2]), (2, 3, 10, 10)

from torch import nn


def stack(widths):
    # The last convolution has no norm behind it: one call serves both kinds.
    layers = []
    for i, (cin, cout) in enumerate(zip(widths, widths[1:])):
        layers.append(nn.Conv2d(cin, cout, 3))  # silent: not the last
        if i < len(widths) - 2:
            layers += [nn.BatchNorm2d(cout), nn.ReLU()]
    return nn.Sequential(*layers)
