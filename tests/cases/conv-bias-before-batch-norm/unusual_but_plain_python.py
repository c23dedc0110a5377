# run: Net, (2, 3, 12, 12)

import torch.nn as nn


class Net(nn.Module):
    WIDTH = 4

    def __init__(self, *, deep: bool = False, **_ignored):
        super(Net, self).__init__()
        w = self.WIDTH
        first, second = [nn.Conv2d(i, w, 3) for i in (3, w)]  # expect: CB101
        norms = tuple(nn.BatchNorm2d(w) for _ in range(2))
        self.seq = nn.Sequential(*(first, norms[0], nn.ReLU()), *[second, norms[1]])
        assert len(self.seq) == 5, "two pairs"
        try:
            self.extra = nn.Conv2d(w, w, 1)  # expect: CB101
        finally:
            self.extra_norm = nn.BatchNorm2d(w)

    def forward(self, x, *args, **kwargs):
        with_norm = lambda v: self.extra_norm(self.extra(v))
        return with_norm(self.seq(x))
# output
import torch.nn as nn


class Net(nn.Module):
    WIDTH = 4

    def __init__(self, *, deep: bool = False, **_ignored):
        super(Net, self).__init__()
        w = self.WIDTH
        first, second = [nn.Conv2d(i, w, 3, bias=False) for i in (3, w)]
        norms = tuple(nn.BatchNorm2d(w) for _ in range(2))
        self.seq = nn.Sequential(*(first, norms[0], nn.ReLU()), *[second, norms[1]])
        assert len(self.seq) == 5, "two pairs"
        try:
            self.extra = nn.Conv2d(w, w, 1, bias=False)
        finally:
            self.extra_norm = nn.BatchNorm2d(w)

    def forward(self, x, *args, **kwargs):
        with_norm = lambda v: self.extra_norm(self.extra(v))
        return with_norm(self.seq(x))
