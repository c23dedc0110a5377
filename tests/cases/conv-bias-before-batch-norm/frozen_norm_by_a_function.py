# Someone in view puts norms into evaluation mode before fine-tuning: what that means for the bias is theirs to judge.

from torch import nn


def freeze_bn(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.eval()
            m.weight.requires_grad = False


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())  # expect: CB101 unsafe

    def forward(self, x):
        return self.net(x)
# output
# Someone in view puts norms into evaluation mode before fine-tuning: what that means for the bias is theirs to judge.

from torch import nn


def freeze_bn(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.eval()
            m.weight.requires_grad = False


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU())

    def forward(self, x):
        return self.net(x)
