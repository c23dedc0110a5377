# run: block(3, 4), (2, 3, 8, 8)
# run: block(3, 4, normalize=False), (2, 3, 8, 8)

import torch.nn as nn


def block(in_feat, out_feat, normalize=True):
    layers = [nn.Conv2d(in_feat, out_feat, 3, stride=2, padding=1)]  # expect: CB105
    if normalize:
        layers.append(nn.BatchNorm2d(out_feat, 0.8))
    layers.append(nn.LeakyReLU(0.2, inplace=True))
    return nn.Sequential(*layers)
# output
import torch.nn as nn


def block(in_feat, out_feat, normalize=True):
    layers = [nn.Conv2d(in_feat, out_feat, 3, stride=2, padding=1, bias=not normalize)]
    if normalize:
        layers.append(nn.BatchNorm2d(out_feat, 0.8))
    layers.append(nn.LeakyReLU(0.2, inplace=True))
    return nn.Sequential(*layers)
