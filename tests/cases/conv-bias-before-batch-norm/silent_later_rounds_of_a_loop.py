from torch import nn


class Net(nn.Module):
    # The second round has no norm; where a loop counts from is the caller's to choose, or it counts down.
    def __init__(self, depth=4, first=0):
        super().__init__()
        layers = []
        for i in range(depth):
            if i > 0:
                layers.append(nn.Conv2d(8, 8, 3, padding=1))
            if i > 1:
                layers.append(nn.BatchNorm2d(8))
            layers.append(nn.ReLU())
        for i in range(depth, -1, -1):
            layers.append(nn.Conv2d(8, 8, 3, padding=1))
            if i != 0:
                layers.append(nn.BatchNorm2d(8))
            layers.append(nn.ReLU())
        for i, _ in enumerate(range(depth), start=first):
            layers.append(nn.Conv2d(8, 8, 3, padding=1))
            if i > 0:
                layers.append(nn.BatchNorm2d(8))
            layers.append(nn.ReLU())
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
