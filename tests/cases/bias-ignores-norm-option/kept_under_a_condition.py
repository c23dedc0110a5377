# run: ByGet(), (2, 3, 8, 8)
# run: ByGet(True), (2, 3, 8, 8)
# run: ByMembership(), (2, 3, 8, 8)
# run: ByMembership(True), (2, 3, 8, 8)
# run: ByLength(), (2, 3, 8, 8)
# run: ByLength(True), (2, 3, 8, 8)
# run: InALoop(), (2, 3, 8, 8)
# run: InALoop(True), (2, 3, 8, 8)
# run: OfAMerge(), (2, 3, 8, 8)
# run: OfAMerge(True), (2, 3, 8, 8)
# run: InOrder(), (2, 3, 8, 8)
# run: InOrder(True), (2, 3, 8, 8)
# run: ByHasattr(), (2, 3, 8, 8)
# run: ByHasattr(True), (2, 3, 8, 8)
# run: ByGetattr(), (2, 3, 8, 8)
# run: ByGetattr(False, True), (2, 3, 8, 8)
# run: OfTheClass(), (2, 3, 8, 8)
# run: OfTheClass(False, True), (2, 3, 8, 8)

"""Items and attributes that are there in some configurations only, and code that asks first."""

from collections import OrderedDict

from torch import nn


class Block(nn.Module):
    def forward(self, x):
        return self.norm(self.conv(x))


class ByGet(Block):
    def __init__(self, norm=False):
        super().__init__()
        parts = {}
        if norm:
            parts["norm"] = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = parts.get("norm", nn.Identity())


class ByMembership(Block):
    def __init__(self, norm=False):
        super().__init__()
        parts = {"act": nn.ReLU()}
        if norm:
            parts["norm"] = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = parts["norm"] if "norm" in parts else nn.Identity()


class ByLength(Block):
    def __init__(self, norm=False):
        super().__init__()
        parts = {"act": nn.ReLU()}
        if norm:
            parts.setdefault("norm", nn.BatchNorm2d(8))
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = parts["norm"] if len(parts) > 1 else nn.Identity()


class InALoop(Block):
    def __init__(self, norm=False):
        super().__init__()
        options = {}
        if norm:
            options["norm"] = 8
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = nn.Identity()
        for _, width in options.items():
            self.norm = nn.BatchNorm2d(width)


class OfAMerge(Block):
    def __init__(self, norm=False):
        super().__init__()
        given = {}
        if norm:
            given["norm"] = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = {"norm": nn.Identity(), **given}["norm"]


class InOrder(nn.Module):
    def __init__(self, norm=False):
        super().__init__()
        parts = OrderedDict()
        parts["conv"] = nn.Conv2d(3, 8, 3)  # expect: CB105
        if norm:
            parts["norm"] = nn.BatchNorm2d(8)
        self.parts = nn.Sequential(parts)

    def forward(self, x):
        return self.parts(x)


class ByHasattr(nn.Module):
    def __init__(self, norm=False):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        if norm:
            self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        return self.norm(x) if hasattr(self, "norm") else x


class ByGetattr(nn.Module):
    def __init__(self, one=False, other=False):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        if one:
            self.norm = nn.BatchNorm2d(8)
        elif other:
            self.norm = nn.BatchNorm2d(8, affine=False)

    def forward(self, x):
        return getattr(self, "norm", nn.ReLU())(self.conv(x))


class OfTheClass(Block):
    kind = "none"

    def __init__(self, one=False, other=False):
        super().__init__()
        if one:
            self.kind = "batch"
        elif other:
            self.kind = "batch"
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = nn.BatchNorm2d(8) if self.kind == "batch" else nn.Identity()
# output
"""Items and attributes that are there in some configurations only, and code that asks first."""

from collections import OrderedDict

from torch import nn


class Block(nn.Module):
    def forward(self, x):
        return self.norm(self.conv(x))


class ByGet(Block):
    def __init__(self, norm=False):
        super().__init__()
        parts = {}
        if norm:
            parts["norm"] = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(3, 8, 3, bias=not norm)
        self.norm = parts.get("norm", nn.Identity())


class ByMembership(Block):
    def __init__(self, norm=False):
        super().__init__()
        parts = {"act": nn.ReLU()}
        if norm:
            parts["norm"] = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(3, 8, 3, bias=not norm)
        self.norm = parts["norm"] if "norm" in parts else nn.Identity()


class ByLength(Block):
    def __init__(self, norm=False):
        super().__init__()
        parts = {"act": nn.ReLU()}
        if norm:
            parts.setdefault("norm", nn.BatchNorm2d(8))
        self.conv = nn.Conv2d(3, 8, 3, bias=not norm)
        self.norm = parts["norm"] if len(parts) > 1 else nn.Identity()


class InALoop(Block):
    def __init__(self, norm=False):
        super().__init__()
        options = {}
        if norm:
            options["norm"] = 8
        self.conv = nn.Conv2d(3, 8, 3, bias=not norm)
        self.norm = nn.Identity()
        for _, width in options.items():
            self.norm = nn.BatchNorm2d(width)


class OfAMerge(Block):
    def __init__(self, norm=False):
        super().__init__()
        given = {}
        if norm:
            given["norm"] = nn.BatchNorm2d(8)
        self.conv = nn.Conv2d(3, 8, 3, bias=not norm)
        self.norm = {"norm": nn.Identity(), **given}["norm"]


class InOrder(nn.Module):
    def __init__(self, norm=False):
        super().__init__()
        parts = OrderedDict()
        parts["conv"] = nn.Conv2d(3, 8, 3, bias=not norm)
        if norm:
            parts["norm"] = nn.BatchNorm2d(8)
        self.parts = nn.Sequential(parts)

    def forward(self, x):
        return self.parts(x)


class ByHasattr(nn.Module):
    def __init__(self, norm=False):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=not norm)
        if norm:
            self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        x = self.conv(x)
        return self.norm(x) if hasattr(self, "norm") else x


class ByGetattr(nn.Module):
    def __init__(self, one=False, other=False):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=not one and not other)
        if one:
            self.norm = nn.BatchNorm2d(8)
        elif other:
            self.norm = nn.BatchNorm2d(8, affine=False)

    def forward(self, x):
        return getattr(self, "norm", nn.ReLU())(self.conv(x))


class OfTheClass(Block):
    kind = "none"

    def __init__(self, one=False, other=False):
        super().__init__()
        if one:
            self.kind = "batch"
        elif other:
            self.kind = "batch"
        self.conv = nn.Conv2d(3, 8, 3, bias=not one and not other)
        self.norm = nn.BatchNorm2d(8) if self.kind == "batch" else nn.Identity()
