# run: Tokens, (2, 7, 5)

from torch import nn


class Tokens(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 8)  # expect: CB104
        self.norm = nn.BatchNorm1d(8)
        self.other = nn.Linear(8, 8)
        self.other_norm = nn.BatchNorm1d(7)

    def forward(self, x):
        x = self.norm(self.fc(x).transpose(1, 2)).transpose(1, 2).relu()
        # BatchNorm1d takes axis 1 for the channels: here these are the seven tokens.
        return self.other_norm(self.other(x))
# output
from torch import nn


class Tokens(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 8, bias=False)
        self.norm = nn.BatchNorm1d(8)
        self.other = nn.Linear(8, 8)
        self.other_norm = nn.BatchNorm1d(7)

    def forward(self, x):
        x = self.norm(self.fc(x).transpose(1, 2)).transpose(1, 2).relu()
        # BatchNorm1d takes axis 1 for the channels: here these are the seven tokens.
        return self.other_norm(self.other(x))
