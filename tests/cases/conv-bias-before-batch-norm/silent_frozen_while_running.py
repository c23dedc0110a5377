# run: Net, (2, 3, 8, 8)

from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    # Each of these norms subtracts a constant, always.
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 4, 3)
        self.b = nn.Conv2d(3, 4, 3)
        self.norm_a = nn.BatchNorm2d(4)
        self.norm_b = nn.BatchNorm2d(4)

    def forward(self, x):
        self.norm_a.eval()
        a = self.norm_a(self.a(x))
        n = self.norm_b
        b = F.batch_norm(self.b(x), n.running_mean, n.running_var, n.weight, n.bias, False)
        return a + b
