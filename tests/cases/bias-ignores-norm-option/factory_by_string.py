# run: Net, (2, 3, 8, 8)
# run: Net("leaky"), (2, 3, 8, 8)

import torch.nn as nn


def activation(name):
    if name == "relu":
        return nn.ReLU()
    elif name == "leaky":
        return nn.LeakyReLU(0.1)
    raise KeyError(name)


def get_norm(kind, width):
    return {"batch": nn.BatchNorm2d, "instance": nn.InstanceNorm2d}[kind](width)


def make(kind, *args, **kwargs):
    classes = {"conv": nn.Conv2d, "deconv": nn.ConvTranspose2d}
    return classes[kind](*args, **kwargs)


class Net(nn.Module):
    def __init__(self, act="relu"):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm = get_norm("batch", 4)
        self.act = activation(act)
        self.up = make("deconv", 4, 4, 3)  # expect: CB101
        self.up_norm = get_norm("batch", 4)

    def forward(self, x):
        x = self.act(self.norm(self.conv(x)))
        return self.act(self.up_norm(self.up(x)))
# output
import torch.nn as nn


def activation(name):
    if name == "relu":
        return nn.ReLU()
    elif name == "leaky":
        return nn.LeakyReLU(0.1)
    raise KeyError(name)


def get_norm(kind, width):
    return {"batch": nn.BatchNorm2d, "instance": nn.InstanceNorm2d}[kind](width)


def make(kind, *args, **kwargs):
    classes = {"conv": nn.Conv2d, "deconv": nn.ConvTranspose2d}
    return classes[kind](*args, **kwargs)


class Net(nn.Module):
    def __init__(self, act="relu"):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = get_norm("batch", 4)
        self.act = activation(act)
        self.up = make("deconv", 4, 4, 3, bias=False)
        self.up_norm = get_norm("batch", 4)

    def forward(self, x):
        x = self.act(self.norm(self.conv(x)))
        return self.act(self.up_norm(self.up(x)))
