# run: Pyramid(64, 2, (16, 32), (1, 2), (2, 4)), (2, 3, 64, 64)

# The whole model has more configurations than can be followed. The block that it is made of has few, and
# what becomes of its convolution's bias does not depend on the rest.
from math import ceil

import torch
from torch import nn


def several(value, length):
    return value if isinstance(value, tuple) else (value,) * length


class Mixer(nn.Module):
    def __init__(self, dim, size, heads=8, key_dim=32, value_dim=64, dropout=0.0, dim_out=None, halve=False):
        super().__init__()
        dim_out = dim_out if dim_out is not None else dim
        self.heads = heads
        self.scale = key_dim**-0.5
        self.query = nn.Sequential(
            nn.Conv2d(dim, key_dim * heads, 1, stride=2 if halve else 1, bias=False),
            nn.BatchNorm2d(key_dim * heads),
        )
        self.key = nn.Sequential(
            nn.Conv2d(dim, key_dim * heads, 1, bias=False), nn.BatchNorm2d(key_dim * heads)
        )
        self.value = nn.Sequential(
            nn.Conv2d(dim, value_dim * heads, 1, bias=False), nn.BatchNorm2d(value_dim * heads)
        )
        norm = nn.BatchNorm2d(dim_out)
        self.project = nn.Sequential(
            nn.GELU(),
            nn.Conv2d(value_dim * heads, dim_out, 1),  # expect: CB101
            norm,
            nn.Dropout(dropout),
        )
        self.table = nn.Embedding(size * size, heads)
        rows = torch.arange(0, size, step=2 if halve else 1)
        columns = torch.arange(size)
        here = torch.stack(torch.meshgrid(rows, rows, indexing="ij"), dim=-1)
        there = torch.stack(torch.meshgrid(columns, columns, indexing="ij"), dim=-1)
        here, there = map(lambda grid: grid.reshape(-1, 2), (here, there))
        apart = (here[:, None, ...] - there[None, :, ...]).abs()
        down, right = apart.unbind(dim=-1)
        self.register_buffer("where", down * size + right)

    def offsets(self, scores):
        return scores + self.table(self.where).permute(2, 0, 1)[None] / self.scale

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        side = q.shape[2]
        q, k, v = map(lambda t: t.unflatten(1, (self.heads, -1)).flatten(3).transpose(2, 3), (q, k, v))
        scores = self.offsets(q @ k.transpose(2, 3) * self.scale)
        out = torch.softmax(scores, dim=-1) @ v
        return self.project(out.transpose(2, 3).flatten(1, 2).unflatten(2, (side, -1)))


class Expand(nn.Module):
    def __init__(self, dim, ratio, dropout=0.0):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(dim, dim * ratio, 1),
            nn.Hardswish(),
            nn.Dropout(dropout),
            nn.Conv2d(dim * ratio, dim, 1),  # silent: in these runs only norms follow, but the last one is returned
            nn.Dropout(dropout),
        )

    def forward(self, x):
        return self.layers(x)


class Stage(nn.Module):
    def __init__(self, dim, size, depth, heads, ratio=2, dropout=0.0, dim_out=None, halve=False):
        super().__init__()
        dim_out = dim_out if dim_out is not None else dim
        self.blocks = nn.ModuleList([])
        self.residual = not halve and dim == dim_out
        for _ in range(depth):
            self.blocks.append(
                nn.ModuleList(
                    [
                        Mixer(dim, size, heads=heads, dropout=dropout, halve=halve, dim_out=dim_out),
                        Expand(dim_out, ratio, dropout=dropout),
                    ]
                )
            )

    def forward(self, x):
        for mix, expand in self.blocks:
            kept = x if self.residual else 0
            x = mix(x) + kept
            x = expand(x) + x
        return x


class Pyramid(nn.Module):
    def __init__(self, size, stages, dim, depth, heads, ratio=2, dropout=0.0):
        super().__init__()
        dims, depths, heads = several(dim, stages), several(depth, stages), several(heads, stages)
        self.embed = nn.Conv2d(3, dims[0], 16, stride=16)
        size = size // 16
        layers = []
        for index, width, blocks, count in zip(range(stages), dims, depths, heads):
            layers.append(Stage(width, size, blocks, count, ratio, dropout))
            if index != stages - 1:
                layers.append(Stage(width, size, 1, count * 2, dim_out=dims[index + 1], halve=True))
                size = ceil(size / 2)
        self.stages = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        return self.head(self.pool(self.stages(self.embed(x))).flatten(1))
# output
# The whole model has more configurations than can be followed. The block that it is made of has few, and
# what becomes of its convolution's bias does not depend on the rest.
from math import ceil

import torch
from torch import nn


def several(value, length):
    return value if isinstance(value, tuple) else (value,) * length


class Mixer(nn.Module):
    def __init__(self, dim, size, heads=8, key_dim=32, value_dim=64, dropout=0.0, dim_out=None, halve=False):
        super().__init__()
        dim_out = dim_out if dim_out is not None else dim
        self.heads = heads
        self.scale = key_dim**-0.5
        self.query = nn.Sequential(
            nn.Conv2d(dim, key_dim * heads, 1, stride=2 if halve else 1, bias=False),
            nn.BatchNorm2d(key_dim * heads),
        )
        self.key = nn.Sequential(
            nn.Conv2d(dim, key_dim * heads, 1, bias=False), nn.BatchNorm2d(key_dim * heads)
        )
        self.value = nn.Sequential(
            nn.Conv2d(dim, value_dim * heads, 1, bias=False), nn.BatchNorm2d(value_dim * heads)
        )
        norm = nn.BatchNorm2d(dim_out)
        self.project = nn.Sequential(
            nn.GELU(),
            nn.Conv2d(value_dim * heads, dim_out, 1, bias=False),
            norm,
            nn.Dropout(dropout),
        )
        self.table = nn.Embedding(size * size, heads)
        rows = torch.arange(0, size, step=2 if halve else 1)
        columns = torch.arange(size)
        here = torch.stack(torch.meshgrid(rows, rows, indexing="ij"), dim=-1)
        there = torch.stack(torch.meshgrid(columns, columns, indexing="ij"), dim=-1)
        here, there = map(lambda grid: grid.reshape(-1, 2), (here, there))
        apart = (here[:, None, ...] - there[None, :, ...]).abs()
        down, right = apart.unbind(dim=-1)
        self.register_buffer("where", down * size + right)

    def offsets(self, scores):
        return scores + self.table(self.where).permute(2, 0, 1)[None] / self.scale

    def forward(self, x):
        q, k, v = self.query(x), self.key(x), self.value(x)
        side = q.shape[2]
        q, k, v = map(lambda t: t.unflatten(1, (self.heads, -1)).flatten(3).transpose(2, 3), (q, k, v))
        scores = self.offsets(q @ k.transpose(2, 3) * self.scale)
        out = torch.softmax(scores, dim=-1) @ v
        return self.project(out.transpose(2, 3).flatten(1, 2).unflatten(2, (side, -1)))


class Expand(nn.Module):
    def __init__(self, dim, ratio, dropout=0.0):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(dim, dim * ratio, 1),
            nn.Hardswish(),
            nn.Dropout(dropout),
            nn.Conv2d(dim * ratio, dim, 1),  # silent: in these runs only norms follow, but the last one is returned
            nn.Dropout(dropout),
        )

    def forward(self, x):
        return self.layers(x)


class Stage(nn.Module):
    def __init__(self, dim, size, depth, heads, ratio=2, dropout=0.0, dim_out=None, halve=False):
        super().__init__()
        dim_out = dim_out if dim_out is not None else dim
        self.blocks = nn.ModuleList([])
        self.residual = not halve and dim == dim_out
        for _ in range(depth):
            self.blocks.append(
                nn.ModuleList(
                    [
                        Mixer(dim, size, heads=heads, dropout=dropout, halve=halve, dim_out=dim_out),
                        Expand(dim_out, ratio, dropout=dropout),
                    ]
                )
            )

    def forward(self, x):
        for mix, expand in self.blocks:
            kept = x if self.residual else 0
            x = mix(x) + kept
            x = expand(x) + x
        return x


class Pyramid(nn.Module):
    def __init__(self, size, stages, dim, depth, heads, ratio=2, dropout=0.0):
        super().__init__()
        dims, depths, heads = several(dim, stages), several(depth, stages), several(heads, stages)
        self.embed = nn.Conv2d(3, dims[0], 16, stride=16)
        size = size // 16
        layers = []
        for index, width, blocks, count in zip(range(stages), dims, depths, heads):
            layers.append(Stage(width, size, blocks, count, ratio, dropout))
            if index != stages - 1:
                layers.append(Stage(width, size, 1, count * 2, dim_out=dims[index + 1], halve=True))
                size = ceil(size / 2)
        self.stages = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        return self.head(self.pool(self.stages(self.embed(x))).flatten(1))
