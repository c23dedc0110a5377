# Trying a model out, or loading it for inference, does not keep its norms from being trained elsewhere.

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


def load(path):
    model = Net()
    model.load_state_dict(torch.load(path))
    model.eval()
    return model


if __name__ == "__main__":
    net = Net()
    net.eval()
    print(net(torch.randn(1, 3, 8, 8)).shape)
# output
# Trying a model out, or loading it for inference, does not keep its norms from being trained elsewhere.

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()


def load(path):
    model = Net()
    model.load_state_dict(torch.load(path))
    model.eval()
    return model


if __name__ == "__main__":
    net = Net()
    net.eval()
    print(net(torch.randn(1, 3, 8, 8)).shape)
