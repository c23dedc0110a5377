from torch import nn
import torch

# Wrappers of PyTorch run what they wrap: silent or not, nothing false is said of the bare one.
bare = nn.Conv2d(3, 4, 3)
net = nn.DataParallel(nn.Sequential(bare, nn.BatchNorm2d(4)))
out = torch.compile(bare)(torch.zeros(1, 3, 8, 8)).relu()
