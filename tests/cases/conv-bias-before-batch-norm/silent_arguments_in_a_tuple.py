# run: Net, (2, 3, 8, 8)

from torch import nn

NO_BIAS = False
ARGUMENTS = (3, 4, 3, 1, 0, 1, 1, False)
OPTIONS = {"kernel_size": 3}
OPTIONS["bias"] = False


class Net(nn.Module):
    # None of these has a bias.
    def __init__(self):
        super().__init__()
        self.a = nn.Sequential(nn.Conv2d(*ARGUMENTS), nn.BatchNorm2d(4))
        self.b = nn.Sequential(nn.Conv2d(4, 4, 1, bias=NO_BIAS), nn.BatchNorm2d(4))
        self.c = nn.Sequential(nn.Conv2d(4, 4, **OPTIONS), nn.BatchNorm2d(4))
        self.d = nn.Sequential(nn.Conv2d(4, 4, 1, bias=None), nn.BatchNorm2d(4))

    def forward(self, x):
        return self.d(self.c(self.b(self.a(x))))
