# run: net, (2, 3, 8, 8)

try:
    import torch.nn as nn
except ImportError:
    raise RuntimeError("this example needs PyTorch")

net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))  # expect: CB101
# output
try:
    import torch.nn as nn
except ImportError:
    raise RuntimeError("this example needs PyTorch")

net = nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4))
