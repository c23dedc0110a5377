# A Conv2d of this file is not PyTorch's: what it does with its bias nobody here says.

from torch import nn
from torch.nn import BatchNorm2d, Sequential
from mycompany.layers import Conv2d

net = Sequential(Conv2d(3, 4, 3), BatchNorm2d(4))


class LayerNorm2d(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


BatchNorm2d = LayerNorm2d
other = Sequential(nn.Conv2d(3, 4, 3), BatchNorm2d(4))
