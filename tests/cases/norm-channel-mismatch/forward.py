import torch.nn as nn


class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(63)  # expect: CB202
        self.conv2 = nn.Conv2d(64, width, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.fc = nn.Linear(width, 10, bias=False)
        self.bn3 = nn.BatchNorm1d(num_features=100)  # expect: CB202

    def forward(self, x):
        x = self.bn1(self.conv1(x)).relu()
        x = self.bn2(self.conv2(x)).relu()
        return self.bn3(self.fc(x.mean((2, 3))))
