from torch import nn

# Calls that no one should write, some of which fail: none of them may be a problem for the reader.
nn.Conv2d
nn.Conv2d()
nn.Sequential(nn.Conv2d(), nn.BatchNorm2d())  # expect: CB101
nn.Sequential(nn.Conv2d(3, 4, 3, *[]), None, nn.BatchNorm2d(4))
nn.Sequential(nn.Conv2d(3, 4, 3)(1), nn.BatchNorm2d(4))
nn.Sequential(nn.Sequential, nn.Conv2d, nn.BatchNorm2d)
nn.Sequential()[0]
nn.ModuleList([nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)])[5]
(lambda: nn.Sequential(lambda x: x))()()
nn.Sequential(nn.Conv2d(3, 4, 3, 1, 0, 1, 1, True, bias=True), nn.BatchNorm2d(4))
[nn.Conv2d(3, 4, 3) for _ in nn.Conv2d(3, 4, 3)]
f"{nn.Conv2d(3, 4, 3)}"
nn.Sequential(nn.Conv2d(3, 4, 3, bias=...), nn.BatchNorm2d(4)) if 0 else 1
nn.Sequential(*nn.Sequential(*nn.Sequential(*[])))
del nn.Linear
nn = None
nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
# output
from torch import nn

# Calls that no one should write, some of which fail: none of them may be a problem for the reader.
nn.Conv2d
nn.Conv2d()
nn.Sequential(nn.Conv2d(bias=False), nn.BatchNorm2d())
nn.Sequential(nn.Conv2d(3, 4, 3, *[]), None, nn.BatchNorm2d(4))
nn.Sequential(nn.Conv2d(3, 4, 3)(1), nn.BatchNorm2d(4))
nn.Sequential(nn.Sequential, nn.Conv2d, nn.BatchNorm2d)
nn.Sequential()[0]
nn.ModuleList([nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)])[5]
(lambda: nn.Sequential(lambda x: x))()()
nn.Sequential(nn.Conv2d(3, 4, 3, 1, 0, 1, 1, True, bias=True), nn.BatchNorm2d(4))
[nn.Conv2d(3, 4, 3) for _ in nn.Conv2d(3, 4, 3)]
f"{nn.Conv2d(3, 4, 3)}"
nn.Sequential(nn.Conv2d(3, 4, 3, bias=...), nn.BatchNorm2d(4)) if 0 else 1
nn.Sequential(*nn.Sequential(*nn.Sequential(*[])))
del nn.Linear
nn = None
nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
