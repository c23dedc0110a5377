# run: Net, (2, 8, 12, 12)

from torch import nn


class Net(nn.Module):
    # What is there from the second round on has its norm in every such round.
    def __init__(self, depth=3, widths=(8, 8)):
        super().__init__()
        self.stages = nn.ModuleList()
        for i in range(depth):
            stage = []
            if i > 0:
                stage += [nn.Conv2d(8, 8, 3, padding=1)]  # expect: CB101
            if i != 0:
                stage.append(nn.BatchNorm2d(8))
            stage.append(nn.ReLU())
            self.stages.append(nn.Sequential(*stage))
        for i, width in enumerate(widths, start=1):
            conv = nn.Conv2d(width, width, 3, padding=1)  # expect: CB101
            self.stages.append(nn.Sequential(conv, nn.BatchNorm2d(width) if i else nn.ReLU()))

    def forward(self, x):
        for stage in self.stages:
            x = stage(x).relu()
        return x
# output
from torch import nn


class Net(nn.Module):
    # What is there from the second round on has its norm in every such round.
    def __init__(self, depth=3, widths=(8, 8)):
        super().__init__()
        self.stages = nn.ModuleList()
        for i in range(depth):
            stage = []
            if i > 0:
                stage += [nn.Conv2d(8, 8, 3, padding=1, bias=False)]
            if i != 0:
                stage.append(nn.BatchNorm2d(8))
            stage.append(nn.ReLU())
            self.stages.append(nn.Sequential(*stage))
        for i, width in enumerate(widths, start=1):
            conv = nn.Conv2d(width, width, 3, padding=1, bias=False)
            self.stages.append(nn.Sequential(conv, nn.BatchNorm2d(width) if i else nn.ReLU()))

    def forward(self, x):
        for stage in self.stages:
            x = stage(x).relu()
        return x
