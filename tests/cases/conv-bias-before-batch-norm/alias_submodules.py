# run: net, (2, 3, 8, 8)

from torch.nn.modules.batchnorm import BatchNorm2d
from torch.nn.modules.conv import Conv2d
from torch.nn.modules.container import Sequential

net = Sequential(Conv2d(3, 4, 3), BatchNorm2d(4))  # expect: CB101
# output
from torch.nn.modules.batchnorm import BatchNorm2d
from torch.nn.modules.conv import Conv2d
from torch.nn.modules.container import Sequential

net = Sequential(Conv2d(3, 4, 3, bias=False), BatchNorm2d(4))
