# run: Equal, (2, 3, 8, 8)
# run: Untrue, (2, 3, 8, 8)
# run: Empty, (2, 3, 8, 8)
# run: Adds, (2, 3, 8, 8)
# run: Found, (2, 3, 8, 8)
# run: Inner, (2, 3, 8, 8)
# run: Whatever, (2, 3, 8, 8)
# run: Recorded, (2, 3, 8, 8)
# run: Ten, (2, 3, 8, 8)
# run: Plain, (2, 3, 8, 8)

"""Objects that answer for themselves: only the last layer of all these is found."""

from torch import nn
from torch.nn.modules.activation import ReLU as Activation


class Always:
    def __eq__(self, other):
        return True


class Never:
    def __bool__(self):
        return False


class Nothing:
    def __len__(self):
        return 0


class Rectified:
    def __radd__(self, other):
        return other.relu()


class Output(dict):
    def __init__(self, raw, normed):
        super().__init__(raw=raw, normed=normed)


class Equal(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.mode = Always()

    def forward(self, x):
        y = self.conv(x)
        return y if self.mode == "plain" else self.norm(y)


class Untrue(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.mode = Never()

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if self.mode else y


class Empty(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.mode = Nothing()

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if self.mode else y


class Adds(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x) + Rectified())


class Found(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def __getattr__(self, name):
        if name == "norm":
            return nn.Identity()
        return super().__getattr__(name)

    def forward(self, x):
        return self.norm(self.conv(x))


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.__conv = nn.Conv2d(3, 8, 1)
        self.__norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.__norm(self.__conv(x))


class Inner(Outer):
    def forward(self, x):
        return self._Outer__conv(x).relu()


class Whatever(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.act = Activation

    def forward(self, x):
        y = self.conv(x)
        if self.act is nn.ReLU or hasattr(self, "training"):
            return y
        return self.norm(y)


class Recorded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return Output(y, self.norm(y))


class Ten(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 1)
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return self.rounds(x, 10)

    def rounds(self, x, left):
        y = self.conv(x)
        return y if left == 0 else self.rounds(self.norm(y), left - 1)


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
# output
"""Objects that answer for themselves: only the last layer of all these is found."""

from torch import nn
from torch.nn.modules.activation import ReLU as Activation


class Always:
    def __eq__(self, other):
        return True


class Never:
    def __bool__(self):
        return False


class Nothing:
    def __len__(self):
        return 0


class Rectified:
    def __radd__(self, other):
        return other.relu()


class Output(dict):
    def __init__(self, raw, normed):
        super().__init__(raw=raw, normed=normed)


class Equal(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.mode = Always()

    def forward(self, x):
        y = self.conv(x)
        return y if self.mode == "plain" else self.norm(y)


class Untrue(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.mode = Never()

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if self.mode else y


class Empty(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.mode = Nothing()

    def forward(self, x):
        y = self.conv(x)
        return self.norm(y) if self.mode else y


class Adds(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x) + Rectified())


class Found(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def __getattr__(self, name):
        if name == "norm":
            return nn.Identity()
        return super().__getattr__(name)

    def forward(self, x):
        return self.norm(self.conv(x))


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.__conv = nn.Conv2d(3, 8, 1)
        self.__norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.__norm(self.__conv(x))


class Inner(Outer):
    def forward(self, x):
        return self._Outer__conv(x).relu()


class Whatever(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)
        self.act = Activation

    def forward(self, x):
        y = self.conv(x)
        if self.act is nn.ReLU or hasattr(self, "training"):
            return y
        return self.norm(y)


class Recorded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        y = self.conv(x)
        return Output(y, self.norm(y))


class Ten(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 1)
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return self.rounds(x, 10)

    def rounds(self, x, left):
        y = self.conv(x)
        return y if left == 0 else self.rounds(self.norm(y), left - 1)


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))
