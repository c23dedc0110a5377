# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
    # Each way of asking first.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        for m in self.modules():
            if isinstance(m, nn.Conv2d) and m.bias is not None:
                nn.init.zeros_(m.bias)
            if isinstance(m, nn.Conv2d):
                if m.bias is None:
                    continue
                m.bias.data.fill_(0.0)
            if getattr(m, "bias", None) is not None:
                m.bias.data.zero_()
        for name, parameter in self.named_parameters():
            if name.endswith("bias"):
                nn.init.zeros_(parameter)
        if self.conv.bias is not None:
            self.conv.bias.data.uniform_(-1, 1)

    def forward(self, x):
        return self.norm(self.conv(x))
