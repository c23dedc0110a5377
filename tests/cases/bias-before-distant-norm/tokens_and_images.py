# run: Net((4, 6), (1, 2)), (2, 3, 8, 8)
# run: Net((4, 6, 4), (1, 1, 1)), (2, 3, 16, 16)
# run: Attention(4), (2, 4, 3, 5)

import torch
from torch import nn


class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, dim)  # expect: CB104 unsafe

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.BatchNorm1d(dim)
        self.mlp = Mlp(dim, 2 * dim)

    def forward(self, x):
        y = self.norm(x.transpose(1, 2)).transpose(1, 2)
        return x + self.mlp(y)


class Stage(nn.Module):
    def __init__(self, cin, dim, depth):
        super().__init__()
        self.down = nn.Conv2d(cin, dim, 2, 2)  # expect: CB104 unsafe
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])

    def forward(self, x):
        x = self.down(x)
        B, C, H, W = x.shape
        x = x.flatten(2).transpose(1, 2)
        for block in self.blocks:
            x = block(x)
        return x.transpose(1, 2).reshape(B, C, H, W)


class Net(nn.Module):
    # The stream goes on through all stages, and a norm takes it up at the end.
    def __init__(self, dims=(32, 64, 128), depths=(2, 2, 2)):
        super().__init__()
        self.stages = nn.ModuleList()
        cin = 3
        for i in range(len(dims)):
            self.stages.append(Stage(cin, dims[i], depths[i]))
            cin = dims[i]
        self.norm = nn.BatchNorm2d(cin)
        self.head = nn.Linear(cin, 10)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        return self.head(torch.relu(self.norm(x)).mean((-2, -1)))


class Attention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)  # expect: CB104
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        B, C, H, W = x.shape
        q, k, v = self.qkv(x.flatten(2).transpose(1, 2)).chunk(3, dim=-1)
        y = (q @ k.transpose(-2, -1)).softmax(dim=-1) @ v
        y = self.proj(y.reshape(B, H * W, C))
        y = y.permute(0, 2, 1).reshape(B, -1, H, W)
        return torch.relu(self.norm(x + y))
# output
import torch
from torch import nn


class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, dim, bias=False)

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.BatchNorm1d(dim)
        self.mlp = Mlp(dim, 2 * dim)

    def forward(self, x):
        y = self.norm(x.transpose(1, 2)).transpose(1, 2)
        return x + self.mlp(y)


class Stage(nn.Module):
    def __init__(self, cin, dim, depth):
        super().__init__()
        self.down = nn.Conv2d(cin, dim, 2, 2, bias=False)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])

    def forward(self, x):
        x = self.down(x)
        B, C, H, W = x.shape
        x = x.flatten(2).transpose(1, 2)
        for block in self.blocks:
            x = block(x)
        return x.transpose(1, 2).reshape(B, C, H, W)


class Net(nn.Module):
    # The stream goes on through all stages, and a norm takes it up at the end.
    def __init__(self, dims=(32, 64, 128), depths=(2, 2, 2)):
        super().__init__()
        self.stages = nn.ModuleList()
        cin = 3
        for i in range(len(dims)):
            self.stages.append(Stage(cin, dims[i], depths[i]))
            cin = dims[i]
        self.norm = nn.BatchNorm2d(cin)
        self.head = nn.Linear(cin, 10)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        return self.head(torch.relu(self.norm(x)).mean((-2, -1)))


class Attention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim, bias=False)
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        B, C, H, W = x.shape
        q, k, v = self.qkv(x.flatten(2).transpose(1, 2)).chunk(3, dim=-1)
        y = (q @ k.transpose(-2, -1)).softmax(dim=-1) @ v
        y = self.proj(y.reshape(B, H * W, C))
        y = y.permute(0, 2, 1).reshape(B, -1, H, W)
        return torch.relu(self.norm(x + y))
