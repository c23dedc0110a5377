# run: Generator, (4, 6)

import torch.nn as nn
import torch.nn.functional as F


class Generator(nn.Module):
    def __init__(self, latent=6):
        super().__init__()
        self.fc1 = nn.Linear(latent, 16)
        self.fc2 = nn.Linear(16, 32)  # expect: CB102
        self.bn2 = nn.BatchNorm1d(32, 0.8)
        self.fc3 = nn.Linear(32, 16)

    def forward(self, z):
        x = F.leaky_relu(self.fc1(z), 0.2)
        x = F.leaky_relu(self.bn2(self.fc2(x)), 0.2)
        return self.fc3(x).tanh().view(z.size(0), 1, 4, 4)
# output
import torch.nn as nn
import torch.nn.functional as F


class Generator(nn.Module):
    def __init__(self, latent=6):
        super().__init__()
        self.fc1 = nn.Linear(latent, 16)
        self.fc2 = nn.Linear(16, 32, bias=False)
        self.bn2 = nn.BatchNorm1d(32, 0.8)
        self.fc3 = nn.Linear(32, 16)

    def forward(self, z):
        x = F.leaky_relu(self.fc1(z), 0.2)
        x = F.leaky_relu(self.bn2(self.fc2(x)), 0.2)
        return self.fc3(x).tanh().view(z.size(0), 1, 4, 4)
