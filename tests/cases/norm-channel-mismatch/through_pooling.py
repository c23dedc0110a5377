from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 16, 3, bias=False),
    nn.MaxPool2d(2),
    nn.BatchNorm2d(8),  # expect: CB202
    nn.ReLU(),
    nn.ConvTranspose2d(8, 12, 3, bias=False),
    nn.InstanceNorm2d(12, affine=True),
    nn.Conv2d(12, 12, 1, bias=False),
    nn.GroupNorm(3, 9),  # expect: CB202
)
