# run: ByOptions({"norm": nn.Identity}), (2, 3, 8, 8)
# run: ByKeywords(norm=nn.Identity), (2, 3, 8, 8)
# run: Overridden(norm=nn.Identity), (2, 3, 8, 8)
# run: UnderAName("norm"), (2, 3, 8, 8)
# run: InADisplay("norm"), (2, 3, 8, 8)
# run: TakenOut("norm"), (2, 3, 8, 8)
# run: Deleted("norm"), (2, 3, 8, 8)
# run: Cleared(), (2, 3, 8, 8)
# run: InPlace(), (2, 3, 8, 8)
# run: WithoutAttribute(True), (2, 3, 8, 8)
# run: WithoutAttribute(False), (2, 3, 8, 8)

"""Dicts whose norm gives way to something else, under a key or from a dict that only the caller knows."""

from torch import nn


class Block(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # needed in every one of the runs
        self.norm = kind(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class ByOptions(Block):
    def __init__(self, options):
        kinds = {"norm": nn.BatchNorm2d}
        kinds.update(options)
        super().__init__(kinds["norm"])


class ByKeywords(Block):
    def __init__(self, **options):
        kinds = {"norm": nn.BatchNorm2d, **options}
        super().__init__(kinds["norm"])


class Overridden(Block):
    def __init__(self, **options):
        kinds = dict({"norm": nn.BatchNorm2d}, **options)
        super().__init__(kinds["norm"])


class UnderAName(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d}
        kinds[name] = nn.Identity
        super().__init__(kinds["norm"])


class InADisplay(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d, name: nn.Identity}
        super().__init__(kinds["norm"])


class TakenOut(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d}
        kinds.pop(name, None)
        super().__init__(kinds.get("norm", nn.Identity))


class Deleted(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d}
        if name:
            del kinds[name]
        super().__init__(kinds.get("norm", nn.Identity))


class Cleared(Block):
    def __init__(self):
        kinds = {"norm": nn.BatchNorm2d}
        kinds.clear()
        super().__init__(kinds.get("norm", nn.Identity))


class InPlace(Block):
    def __init__(self):
        kinds = {"norm": nn.BatchNorm2d}
        same = kinds
        kinds |= {"norm": nn.Identity}
        super().__init__(same["norm"])


class WithoutAttribute(nn.Module):
    def __init__(self, plain):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB105
        self.norm = nn.BatchNorm2d(8)
        if plain:
            delattr(self, "norm")

    def forward(self, x):
        x = self.conv(x)
        return self.norm(x) if hasattr(self, "norm") else x
# output
"""Dicts whose norm gives way to something else, under a key or from a dict that only the caller knows."""

from torch import nn


class Block(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # needed in every one of the runs
        self.norm = kind(8)

    def forward(self, x):
        return self.norm(self.conv(x))


class ByOptions(Block):
    def __init__(self, options):
        kinds = {"norm": nn.BatchNorm2d}
        kinds.update(options)
        super().__init__(kinds["norm"])


class ByKeywords(Block):
    def __init__(self, **options):
        kinds = {"norm": nn.BatchNorm2d, **options}
        super().__init__(kinds["norm"])


class Overridden(Block):
    def __init__(self, **options):
        kinds = dict({"norm": nn.BatchNorm2d}, **options)
        super().__init__(kinds["norm"])


class UnderAName(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d}
        kinds[name] = nn.Identity
        super().__init__(kinds["norm"])


class InADisplay(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d, name: nn.Identity}
        super().__init__(kinds["norm"])


class TakenOut(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d}
        kinds.pop(name, None)
        super().__init__(kinds.get("norm", nn.Identity))


class Deleted(Block):
    def __init__(self, name):
        kinds = {"norm": nn.BatchNorm2d}
        if name:
            del kinds[name]
        super().__init__(kinds.get("norm", nn.Identity))


class Cleared(Block):
    def __init__(self):
        kinds = {"norm": nn.BatchNorm2d}
        kinds.clear()
        super().__init__(kinds.get("norm", nn.Identity))


class InPlace(Block):
    def __init__(self):
        kinds = {"norm": nn.BatchNorm2d}
        same = kinds
        kinds |= {"norm": nn.Identity}
        super().__init__(same["norm"])


class WithoutAttribute(nn.Module):
    def __init__(self, plain):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=plain)
        self.norm = nn.BatchNorm2d(8)
        if plain:
            delattr(self, "norm")

    def forward(self, x):
        x = self.conv(x)
        return self.norm(x) if hasattr(self, "norm") else x
