# run: AllParameters, (2, 3, 8, 8)
# run: ByName, (2, 3, 8, 8)
# run: StateDict, (2, 3, 8, 8)
# run: OneParameter, (2, 3, 8, 8)
# run: GivenOn, (2, 3, 8, 8)
# run: FromTheClass, (2, 3, 8, 8)
# run: FromTheDict, (2, 3, 8, 8)
# run: EveryModule, (2, 3, 8, 8)
# run: InTheDict, (2, 3, 8, 8)

"""A model that reaches its own parts by another way than their names: of all this nothing is found."""

import torch.nn.functional as F
from torch import nn


class AllParameters(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.norm(self.conv(x))
        return y + sum(p.sum() for p in self.parameters())


class ByName(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.norm(self.conv(x))
        return y, [p.pow(2).sum() for name, p in self.named_parameters() if "bias" in name]


class StateDict(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + self.state_dict(keep_vars=True)["conv.bias"].mean()


class OneParameter(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + self.get_parameter("conv.bias").sum()


class GivenOn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + F.conv2d(x, **dict(self.conv.named_parameters()))


class FromTheClass(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + nn.Conv2d.forward(self.conv, x)


class FromTheDict(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)) + self.__dict__["_modules"]["conv"](x)


class EveryModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.norm(self.conv(x))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                y = y + module(x)
        return y


class InTheDict(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.__dict__["norm"] = nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))
