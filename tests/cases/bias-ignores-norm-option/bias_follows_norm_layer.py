# run: block(3, 4), (2, 3, 8, 8)
# run: block(3, 4, torch.nn.BatchNorm2d), (2, 3, 8, 8)

from torch import nn


def block(cin, cout, norm_layer=None):
    # Right as it is.
    layers = [nn.Conv2d(cin, cout, 3, bias=norm_layer is None)]
    if norm_layer is not None:
        layers.append(norm_layer(cout))
    layers.append(nn.ReLU())
    return nn.Sequential(*layers)
