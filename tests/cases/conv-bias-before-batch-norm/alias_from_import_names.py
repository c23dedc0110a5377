# run: encoder(), (2, 1, 9, 9)

from torch.nn import BatchNorm2d as BN
from torch.nn import Conv2d, LeakyReLU, Sequential as Seq


def encoder():
    return Seq(
        Conv2d(1, 6, 3),  # expect: CB101
        BN(6),
        LeakyReLU(0.1),
        Conv2d(6, 6, 3),  # expect: CB101
        BN(6),
        LeakyReLU(0.1),
        Conv2d(6, 1, 1),
    )
# output
from torch.nn import BatchNorm2d as BN
from torch.nn import Conv2d, LeakyReLU, Sequential as Seq


def encoder():
    return Seq(
        Conv2d(1, 6, 3, bias=False),
        BN(6),
        LeakyReLU(0.1),
        Conv2d(6, 6, 3, bias=False),
        BN(6),
        LeakyReLU(0.1),
        Conv2d(6, 1, 1),
    )
