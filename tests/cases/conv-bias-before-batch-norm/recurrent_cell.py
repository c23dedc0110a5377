# run: Cell(3, 4), (2, 3, 8, 8), (2, 4, 8, 8)

import torch
from torch import nn


class Cell(nn.Module):
    # Both gates are joined before the norm; the candidate meets none.
    def __init__(self, cin, hidden):
        super().__init__()
        self.gates_x = nn.Conv2d(cin, 2 * hidden, 3, padding=1)  # expect: CB104
        self.gates_h = nn.Conv2d(hidden, 2 * hidden, 3, padding=1)  # expect: CB104
        self.norm = nn.BatchNorm2d(2 * hidden)
        self.candidate = nn.Conv2d(cin + hidden, hidden, 3, padding=1)

    def forward(self, x, h):
        reset, update = self.norm(self.gates_x(x) + self.gates_h(h)).sigmoid().chunk(2, 1)
        new = self.candidate(torch.cat([x, reset * h], 1)).tanh()
        return (1 - update) * h + update * new
# output
import torch
from torch import nn


class Cell(nn.Module):
    # Both gates are joined before the norm; the candidate meets none.
    def __init__(self, cin, hidden):
        super().__init__()
        self.gates_x = nn.Conv2d(cin, 2 * hidden, 3, padding=1, bias=False)
        self.gates_h = nn.Conv2d(hidden, 2 * hidden, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(2 * hidden)
        self.candidate = nn.Conv2d(cin + hidden, hidden, 3, padding=1)

    def forward(self, x, h):
        reset, update = self.norm(self.gates_x(x) + self.gates_h(h)).sigmoid().chunk(2, 1)
        new = self.candidate(torch.cat([x, reset * h], 1)).tanh()
        return (1 - update) * h + update * new
