# run: ProjectionHead, (4, 6)

import torch.nn as nn


class ProjectionHead(nn.Module):
    def __init__(self, in_dim=6, hidden_dim=8, out_dim=4):
        super().__init__()
        self.layer1 = nn.Sequential(
            nn.Linear(in_dim, hidden_dim),  # expect: CB102
            nn.BatchNorm1d(hidden_dim),
            nn.ReLU(inplace=True),
        )
        self.layer2 = nn.Sequential(
            nn.Linear(hidden_dim, out_dim),  # expect: CB102
            nn.BatchNorm1d(out_dim, affine=False),
        )

    def forward(self, x):
        return self.layer2(self.layer1(x))
# output
import torch.nn as nn


class ProjectionHead(nn.Module):
    def __init__(self, in_dim=6, hidden_dim=8, out_dim=4):
        super().__init__()
        self.layer1 = nn.Sequential(
            nn.Linear(in_dim, hidden_dim, bias=False),
            nn.BatchNorm1d(hidden_dim),
            nn.ReLU(inplace=True),
        )
        self.layer2 = nn.Sequential(
            nn.Linear(hidden_dim, out_dim, bias=False),
            nn.BatchNorm1d(out_dim, affine=False),
        )

    def forward(self, x):
        return self.layer2(self.layer1(x))
