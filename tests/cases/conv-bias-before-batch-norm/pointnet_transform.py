# run: TNet(3), (4, 3, 10)

import torch
import torch.nn as nn
import torch.nn.functional as F


class TNet(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.k = k
        self.conv1 = nn.Conv1d(k, 8, 1)  # expect: CB101
        self.conv2 = nn.Conv1d(8, 16, 1)  # expect: CB101
        self.fc1 = nn.Linear(16, 8)  # expect: CB102
        self.fc2 = nn.Linear(8, k * k)
        self.bn1 = nn.BatchNorm1d(8)
        self.bn2 = nn.BatchNorm1d(16)
        self.bn3 = nn.BatchNorm1d(8)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        x = torch.max(x, 2, keepdim=True)[0]
        x = x.view(-1, 16)
        x = F.relu(self.bn3(self.fc1(x)))
        x = self.fc2(x)
        iden = torch.eye(self.k, dtype=x.dtype).view(1, self.k * self.k).repeat(x.size(0), 1)
        return (x + iden).view(-1, self.k, self.k)
# output
import torch
import torch.nn as nn
import torch.nn.functional as F


class TNet(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.k = k
        self.conv1 = nn.Conv1d(k, 8, 1, bias=False)
        self.conv2 = nn.Conv1d(8, 16, 1, bias=False)
        self.fc1 = nn.Linear(16, 8, bias=False)
        self.fc2 = nn.Linear(8, k * k)
        self.bn1 = nn.BatchNorm1d(8)
        self.bn2 = nn.BatchNorm1d(16)
        self.bn3 = nn.BatchNorm1d(8)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.relu(self.bn2(self.conv2(x)))
        x = torch.max(x, 2, keepdim=True)[0]
        x = x.view(-1, 16)
        x = F.relu(self.bn3(self.fc1(x)))
        x = self.fc2(x)
        iden = torch.eye(self.k, dtype=x.dtype).view(1, self.k * self.k).repeat(x.size(0), 1)
        return (x + iden).view(-1, self.k, self.k)
