# run: Head, (4, 5)

from torch import nn


class Head(nn.Module):
    # Whoever calls this with (batch, features) has a redundant bias; with (batch, tokens, features) not.
    # BatchNorm1d(8) after Linear(.., 8) runs on three axes only if there are eight tokens.
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 8)  # expect: CB102
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        return self.norm(self.fc(x))
# output
from torch import nn


class Head(nn.Module):
    # Whoever calls this with (batch, features) has a redundant bias; with (batch, tokens, features) not.
    # BatchNorm1d(8) after Linear(.., 8) runs on three axes only if there are eight tokens.
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 8, bias=False)
        self.norm = nn.BatchNorm1d(8)

    def forward(self, x):
        return self.norm(self.fc(x))
