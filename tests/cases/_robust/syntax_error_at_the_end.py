from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 4, 3),
    nn.BatchNorm2d(4),
)
return = net  # expect: CB900
