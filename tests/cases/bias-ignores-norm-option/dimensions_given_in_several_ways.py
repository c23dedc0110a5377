# Which way led to the number of dimensions is all the same: a layer is built once for each class.
from dataclasses import dataclass

import torch
from torch import nn


def number_of_dims(dim):
    if isinstance(dim, str):
        if len(dim) == 1:
            number = int(dim)
        elif len(dim) == 2:
            number = int(dim[0])
        else:
            raise ValueError(dim)
    elif isinstance(dim, int):
        number = dim
    else:
        raise ValueError(dim)
    if number not in [2, 3]:
        raise ValueError(dim)
    return number


def conv_nd(dim):
    return {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}[dim]


def norm_nd(dim):
    return {2: nn.BatchNorm2d, 3: nn.BatchNorm3d}[dim]


def mean_free_nd(dim):
    return {2: MeanFreeNorm2d, 3: MeanFreeNorm3d}[dim]


class UNet(nn.Module):
    def __init__(self, channels=1, depth=None, widths=None, norm=True, bias=True, dim=2, skip=True):
        super().__init__()
        if depth is None:
            depth = len(widths) if widths is not None else 4
        if widths is None:
            widths = [64 * 2**k for k in range(depth)]
        dim = number_of_dims(dim)
        self.skip = skip
        self.pool = {2: nn.MaxPool2d, 3: nn.MaxPool3d}[dim](2)
        make = Blocks(dim=dim, norm=norm, mean_free=norm == "mean_free", bias=bias)
        for i in range(depth):
            setattr(self, f"down{i}", make.block(channels if i == 0 else widths[i - 1], widths[i]))
        for i in range(depth - 1):
            setattr(self, f"up{i}", make.up(widths[-i - 1], widths[-i - 2]))
            setattr(self, f"merge{i}", make.block(widths[-i - 2] * 2, widths[-i - 2]))
        self.last = conv_nd(dim)(widths[0], channels, 1)
        self.downs = tuple(f"down{i}" for i in range(depth))
        self.ups = tuple((f"up{i}", f"merge{i}") for i in range(depth - 1))

    def forward(self, x):
        kept = []
        for i, name in enumerate(self.downs):
            x = getattr(self, name)(x if i == 0 else self.pool(x))
            kept.append(x)
        for i, (up, merge) in enumerate(self.ups):
            x = getattr(self, up)(x)
            if self.skip:
                x = getattr(self, merge)(torch.cat((kept[-2 - i], x), dim=1))
        return self.last(x)


@dataclass(frozen=True)
class Blocks:
    dim: int
    norm: bool
    mean_free: bool
    bias: bool

    def make_norm(self, channels):
        if not self.norm:
            return None
        return mean_free_nd(self.dim)(channels) if self.mean_free else norm_nd(self.dim)(channels)

    def block(self, channels, out):
        conv = conv_nd(self.dim)
        layers = [conv(channels, out, 3, padding=1, bias=self.bias)]  # expect: CB105 no-fix
        norm = self.make_norm(out)
        if norm is not None:
            layers.append(norm)
        layers.append(nn.ReLU())
        layers.append(conv(out, out, 3, padding=1, bias=self.bias))  # expect: CB105 no-fix
        norm = self.make_norm(out)
        if norm is not None:
            layers.append(norm)
        layers.append(nn.ReLU())
        return nn.Sequential(*layers)

    def up(self, channels, out):
        conv = conv_nd(self.dim)
        layers = [nn.Upsample(scale_factor=2), conv(channels, out, 3, padding=1, bias=self.bias)]  # expect: CB105 no-fix
        norm = self.make_norm(out)
        if norm is not None:
            layers.append(norm)
        layers.append(nn.ReLU())
        return nn.Sequential(*layers)


def scaled(norm, x):
    y = x.transpose(0, 1).contiguous().view(x.size(1), -1)
    variance = y.var(dim=1)
    if not norm.training:
        y = y / (norm.running_var.view(-1, 1).sqrt() + norm.eps)
    else:
        if norm.track_running_stats:
            with torch.no_grad():
                norm.running_var.mul_(1 - norm.momentum).add_(norm.momentum * variance)
        y = y / (variance.view(-1, 1).sqrt() + norm.eps)
    if norm.affine:
        y = norm.weight.view(-1, 1) * y
    return y.view(x.transpose(0, 1).shape).transpose(0, 1)


class MeanFreeNorm2d(nn.BatchNorm2d):
    def forward(self, x):
        return scaled(self, x)


class MeanFreeNorm3d(nn.BatchNorm3d):
    def forward(self, x):
        return scaled(self, x)
