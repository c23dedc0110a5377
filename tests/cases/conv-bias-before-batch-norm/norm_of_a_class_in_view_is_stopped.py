# run: Evaluated(), (2, 3, 8, 8)
# run: Hooked(), (2, 3, 8, 8)
# run: HookedBlock(), (2, 3, 8, 8)
# run: Switched(), (2, 3, 8, 8)
# run: Slower(), (2, 3, 8, 8)

from torch import nn


class Norm(nn.BatchNorm2d):
    pass


class Evaluated(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = Norm(8)

    def forward(self, x):
        self.norm.eval()
        return self.norm(self.conv(x)).relu()


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = Norm(8)
        self.norm.register_forward_pre_hook(lambda module, inputs: (inputs[0].relu(),))

    def forward(self, x):
        return self.norm(self.conv(x))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x)


class HookedBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.block.register_forward_hook(lambda module, inputs, output: output.relu())
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.block(x))


class Switched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = Norm(8)

    def forward(self, x):
        self.norm.training = False
        return self.norm(self.conv(x)).relu()


class Slower(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = Norm(8)
        self.norm.momentum = 0.01

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn


class Norm(nn.BatchNorm2d):
    pass


class Evaluated(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = Norm(8)

    def forward(self, x):
        self.norm.eval()
        return self.norm(self.conv(x)).relu()


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = Norm(8)
        self.norm.register_forward_pre_hook(lambda module, inputs: (inputs[0].relu(),))

    def forward(self, x):
        return self.norm(self.conv(x))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x)


class HookedBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.block.register_forward_hook(lambda module, inputs, output: output.relu())
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.block(x))


class Switched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = Norm(8)

    def forward(self, x):
        self.norm.training = False
        return self.norm(self.conv(x)).relu()


class Slower(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = Norm(8)
        self.norm.momentum = 0.01

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
