# run: Decoder((8, 8, 16)), (2, 8, 8, 8)
# run: Decoder((8, 8, 16), "identity"), (2, 8, 8, 8)
# run: Decoder((8, 8, 16), False), (2, 8, 8, 8)

"""The widths are not known, and the helper asks much of its option before it builds a norm."""

from torch import nn

KNOWN = ("batch", "identity", "layer", "instance")


def norm_of(option, channels):
    if option is True:
        settings = {"type": "batch"}
    elif option is False:
        settings = {"type": "identity"}
    elif isinstance(option, str):
        name = option.lower()
        if name in KNOWN:
            settings = {"type": name}
        else:
            raise ValueError(f"unknown norm {option!r}, it should be one of {KNOWN}")
    elif isinstance(option, dict):
        settings = option
    else:
        raise ValueError("the norm should be a bool, a string or a dict")
    if "type" not in settings:
        raise ValueError("the norm has no type")
    if settings["type"] not in KNOWN:
        raise ValueError(f"unknown norm {settings['type']!r}, it should be one of {KNOWN}")
    kind = settings["type"]
    others = {key: value for key, value in settings.items() if key != "type"}
    if kind == "batch":
        norm = nn.BatchNorm2d(channels, **others)
    elif kind == "identity":
        norm = nn.Identity()
    elif kind == "layer":
        norm = nn.LayerNorm(channels, **others)
    elif kind == "instance":
        norm = nn.InstanceNorm2d(channels, **others)
    else:
        raise ValueError(f"unknown norm {kind!r}")
    return norm


class Up(nn.Sequential):
    def __init__(self, cin, cout, norm="batch"):
        super().__init__(
            nn.ConvTranspose2d(cin, cout, 4, stride=2, padding=1),  # expect: CB105
            norm_of(norm, cout),
            nn.ReLU(),
        )


class Decoder(nn.Module):
    def __init__(self, widths, norm="batch"):
        super().__init__()
        widths = list(widths[::-1]) + [4]
        for i in range(1, len(widths) - 1):
            if widths[i] == 0:
                widths[i] = widths[i - 1]
        widths = widths[::-1]
        self.stem = nn.Conv2d(8, widths[0], 1)
        self.blocks = nn.ModuleList([Up(widths[i], widths[i + 1], norm=norm) for i in range(2)])

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return x
# output
"""The widths are not known, and the helper asks much of its option before it builds a norm."""

from torch import nn

KNOWN = ("batch", "identity", "layer", "instance")


def norm_of(option, channels):
    if option is True:
        settings = {"type": "batch"}
    elif option is False:
        settings = {"type": "identity"}
    elif isinstance(option, str):
        name = option.lower()
        if name in KNOWN:
            settings = {"type": name}
        else:
            raise ValueError(f"unknown norm {option!r}, it should be one of {KNOWN}")
    elif isinstance(option, dict):
        settings = option
    else:
        raise ValueError("the norm should be a bool, a string or a dict")
    if "type" not in settings:
        raise ValueError("the norm has no type")
    if settings["type"] not in KNOWN:
        raise ValueError(f"unknown norm {settings['type']!r}, it should be one of {KNOWN}")
    kind = settings["type"]
    others = {key: value for key, value in settings.items() if key != "type"}
    if kind == "batch":
        norm = nn.BatchNorm2d(channels, **others)
    elif kind == "identity":
        norm = nn.Identity()
    elif kind == "layer":
        norm = nn.LayerNorm(channels, **others)
    elif kind == "instance":
        norm = nn.InstanceNorm2d(channels, **others)
    else:
        raise ValueError(f"unknown norm {kind!r}")
    return norm


class Up(nn.Sequential):
    def __init__(self, cin, cout, norm="batch"):
        super().__init__(
            nn.ConvTranspose2d(cin, cout, 4, stride=2, padding=1, bias=norm not in (True, "batch")),
            norm_of(norm, cout),
            nn.ReLU(),
        )


class Decoder(nn.Module):
    def __init__(self, widths, norm="batch"):
        super().__init__()
        widths = list(widths[::-1]) + [4]
        for i in range(1, len(widths) - 1):
            if widths[i] == 0:
                widths[i] = widths[i - 1]
        widths = widths[::-1]
        self.stem = nn.Conv2d(8, widths[0], 1)
        self.blocks = nn.ModuleList([Up(widths[i], widths[i + 1], norm=norm) for i in range(2)])

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return x
