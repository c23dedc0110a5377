# run: Plain, (2, 3, 8, 8)
# run: Inherited, (2, 3, 8, 8)
# run: SetUpLater, (2, 3, 8, 8)
# run: Normed, (2, 3, 8, 8)
# run: BuiltLater, (2, 3, 8, 8)
# run: Optional, (2, 3, 8, 8)

"""Which names of a dataclass are fields, in which order, and what is done once they are set."""

from dataclasses import dataclass
from typing import ClassVar

from torch import nn


@dataclass
class Config:
    version = 2
    count: ClassVar[int] = 3
    use_norm: bool = True


@dataclass
class Base:
    use_norm: bool = True


class Derived(Base):
    strict: bool = True


@dataclass
class Corrected:
    use_norm: bool = True

    def __post_init__(self):
        self.use_norm = False


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config(False)
        self.conv = nn.Conv2d(3, 8, 3)  # use_norm is the first field
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Inherited(nn.Module):
    def __init__(self):
        super().__init__()
        config = Derived(False)
        self.conv = nn.Conv2d(3, 8, 3)  # what is no dataclass itself adds no field
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class SetUpLater(nn.Module):
    def __init__(self):
        super().__init__()
        config = Corrected()
        self.conv = nn.Conv2d(3, 8, 3)  # __post_init__ switches the norm off
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Normed(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


@dataclass(eq=False)
class BuiltLater(nn.Module):
    width: int = 8

    def __post_init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, self.width, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(self.width)

    def forward(self, x):
        return self.norm(self.conv(x))


@dataclass(eq=False)
class Optional(nn.Module):
    use_norm: bool = False

    def __post_init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # the norm is not there unless asked for
        self.norm = nn.BatchNorm2d(8) if self.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))
# output
"""Which names of a dataclass are fields, in which order, and what is done once they are set."""

from dataclasses import dataclass
from typing import ClassVar

from torch import nn


@dataclass
class Config:
    version = 2
    count: ClassVar[int] = 3
    use_norm: bool = True


@dataclass
class Base:
    use_norm: bool = True


class Derived(Base):
    strict: bool = True


@dataclass
class Corrected:
    use_norm: bool = True

    def __post_init__(self):
        self.use_norm = False


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config(False)
        self.conv = nn.Conv2d(3, 8, 3)  # use_norm is the first field
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Inherited(nn.Module):
    def __init__(self):
        super().__init__()
        config = Derived(False)
        self.conv = nn.Conv2d(3, 8, 3)  # what is no dataclass itself adds no field
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class SetUpLater(nn.Module):
    def __init__(self):
        super().__init__()
        config = Corrected()
        self.conv = nn.Conv2d(3, 8, 3)  # __post_init__ switches the norm off
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


class Normed(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8) if config.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))


@dataclass(eq=False)
class BuiltLater(nn.Module):
    width: int = 8

    def __post_init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, self.width, 3, bias=False)
        self.norm = nn.BatchNorm2d(self.width)

    def forward(self, x):
        return self.norm(self.conv(x))


@dataclass(eq=False)
class Optional(nn.Module):
    use_norm: bool = False

    def __post_init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # the norm is not there unless asked for
        self.norm = nn.BatchNorm2d(8) if self.use_norm else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))
