# run: Points, (2, 7, 5)

from torch import nn


class Points(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 8)  # expect: CB104
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        n, k, c = x.shape
        x = self.fc(x)
        x = self.norm(x.view(n * k, -1))
        return x.view(n, k, -1).relu()
# output
from torch import nn


class Points(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 8, bias=False)
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        n, k, c = x.shape
        x = self.fc(x)
        x = self.norm(x.view(n * k, -1))
        return x.view(n, k, -1).relu()
