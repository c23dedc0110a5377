# run: Net, (2, 3, 12)

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 4, 3)
        self.rnn = nn.GRU(4, 4, batch_first=True)
        self.norm = nn.BatchNorm1d(4)

    def forward(self, x):
        x, _ = self.rnn(self.conv(x).transpose(1, 2))
        return self.norm(x.transpose(1, 2))
