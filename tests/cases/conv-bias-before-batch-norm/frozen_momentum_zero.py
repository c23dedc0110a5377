from torch import nn

# With a momentum of 0 the running statistics never move, but training still subtracts the batch's mean.
net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8, momentum=0.0), nn.ReLU())  # expect: CB101 unsafe
