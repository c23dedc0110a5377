# run: Net(), (2, 3, 8, 8)
# run: Net(False), (2, 3, 8, 8)

from torch import nn
from torch.utils.checkpoint import checkpoint


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = None
        self.saving = False
        self._build()

    def set_checkpointing(self, enable=True):
        # Whether memory is saved makes no difference to what comes out.
        self.checkpointing = enable


class Net(Base):
    def __init__(self, pooled=True):
        self.pooled = pooled
        super().__init__()
        self.checkpointing = False

    def _build(self):
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)

    def switch_to_deploy(self):
        # After training: the norm was folded into the convolution.
        self.norm = None

    def forward(self, x):
        if self.checkpointing:
            x = checkpoint(self.conv, x, use_reentrant=False)
        else:
            x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x
# output
from torch import nn
from torch.utils.checkpoint import checkpoint


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = None
        self.saving = False
        self._build()

    def set_checkpointing(self, enable=True):
        # Whether memory is saved makes no difference to what comes out.
        self.checkpointing = enable


class Net(Base):
    def __init__(self, pooled=True):
        self.pooled = pooled
        super().__init__()
        self.checkpointing = False

    def _build(self):
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)

    def switch_to_deploy(self):
        # After training: the norm was folded into the convolution.
        self.norm = None

    def forward(self, x):
        if self.checkpointing:
            x = checkpoint(self.conv, x, use_reentrant=False)
        else:
            x = self.conv(x)
        if self.norm is not None:
            x = self.norm(x)
        return x
