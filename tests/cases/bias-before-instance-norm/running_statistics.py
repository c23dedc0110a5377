# run: net, (2, 3, 8, 8)

from torch import nn

# In training it subtracts each sample's own mean, in evaluation the running one: removed in both.
net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.InstanceNorm2d(4, track_running_stats=True), nn.ReLU())  # expect: CB103
# output
from torch import nn

# In training it subtracts each sample's own mean, in evaluation the running one: removed in both.
net = nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.InstanceNorm2d(4, track_running_stats=True), nn.ReLU())
