# run: Head(0.0), (4, 5)

from torch import nn


class Head(nn.Module):
    # At any other rate than 0 the bias is needed.
    def __init__(self, rate):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(5, 8), nn.Dropout(rate), nn.BatchNorm1d(8))  # silent: the rate is the caller's

    def forward(self, x):
        return self.net(x)
