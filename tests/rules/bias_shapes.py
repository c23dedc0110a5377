"""Models and their weight initialisation, in the shapes people write."""

from __future__ import annotations

import textwrap

HEAD = """\
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn import init

"""
NET = """\
class Net(nn.Module):
    def __init__(self, flag=True, other=None):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3{bias})
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 10)
{init}

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).relu().mean((2, 3)))
{rest}
"""


def net(init: str = "", rest: str = "", bias: str = ", bias=False", before: str = "", after: str = "") -> str:
    """A model whose ``__init__`` ends with ``init``."""
    body = NET.format(
        bias=bias,
        init=textwrap.indent(textwrap.dedent(init).strip("\n"), " " * 8),
        rest=textwrap.indent(textwrap.dedent(rest).strip("\n"), " " * 4),
    )
    return HEAD + textwrap.dedent(before) + "\n" + body + "\n" + textwrap.dedent(after)


LOOP = """
for m in self.modules():
    if isinstance(m, nn.Conv2d):
        {}
"""

# What fails with None, as statements of a loop over the convolutions.
FAILING = [
    "nn.init.zeros_(m.bias)",
    "nn.init.constant_(m.bias, 0)",
    "init.constant_(m.bias, 0.0)",
    "init.constant(m.bias, 0)",
    "torch.nn.init.normal_(tensor=m.bias, std=0.01)",
    "nn.init.constant_(m.bias.data, 0)",
    "m.bias.data.zero_()",
    "m.bias.data.fill_(0)",
    "m.bias.data = torch.zeros(8)",
    "m.bias.data[:] = 0",
    "m.bias.data += 1",
    "m.bias[0] = 1",
    "m.bias.requires_grad = False",
    "m.bias.zero_()",
    "getattr(m, 'bias').data.zero_()",
    "assert m.bias.shape == (8,)",
    "assert len(m.bias) == 8",
    "assert (m.bias < 9).all()",
    "assert 9.0 not in m.bias",
    "del m.bias.grad",
    "print(*m.bias)",
    "print(list(m.bias), tuple(m.bias))",
    "print(list(enumerate(m.bias)))",
]


# What takes None, or is guarded against it.
UNGUARDED = {
    "hasattr": (
        """
        for m in self.modules():
            if hasattr(m, "bias") and isinstance(m, nn.Conv2d):
                m.bias.data.zero_()
        """,
        ["m.bias.data.zero_()"],
    ),
    "a tuple of classes": (
        """
        for m in self.modules():
            if isinstance(m, (nn.Conv2d, nn.Linear)):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)
        """,
        ["nn.init.zeros_(m.bias)"],
    ),
    "a union of classes": (
        """
        for m in self.modules():
            if isinstance(m, nn.Conv2d | nn.Linear):
                nn.init.zeros_(m.bias)
        """,
        ["nn.init.zeros_(m.bias)"],
    ),
    "the base of convolutions": (
        """
        for m in self.modules():
            if isinstance(m, nn.modules.conv._ConvNd):
                nn.init.zeros_(m.bias)
        """,
        ["nn.init.zeros_(m.bias)"],
    ),
    "elif": (
        """
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                nn.init.zeros_(m.bias)
            elif isinstance(m, nn.Conv2d):
                nn.init.zeros_(m.bias)
        """,
        ["nn.init.zeros_(m.bias)"],
    ),
    "named modules": (
        """
        for name, m in self.named_modules():
            if isinstance(m, nn.Conv2d):
                nn.init.zeros_(m.bias)
        """,
        ["nn.init.zeros_(m.bias)"],
    ),
    "children": (
        """
        for layer in self.children():
            if isinstance(layer, nn.Conv2d):
                layer.bias.data.fill_(0.1)
        """,
        ["layer.bias.data.fill_(0.1)"],
    ),
    "enumerate": (
        """
        for i, m in enumerate(self.modules()):
            if isinstance(m, nn.Conv2d):
                nn.init.zeros_(m.bias)
        """,
        ["nn.init.zeros_(m.bias)"],
    ),
    "early continue": (
        """
        for m in self.modules():
            if not isinstance(m, nn.Conv2d):
                continue
            nn.init.zeros_(m.bias)
        """,
        ["nn.init.zeros_(m.bias)"],
    ),
    "the class's name": (
        """
        for m in self.modules():
            classname = m.__class__.__name__
            if classname.find("Conv") != -1:
                m.weight.data.normal_(0.0, 0.02)
                m.bias.data.fill_(0)
        """,
        ["m.bias.data.fill_(0)"],
    ),
    "the type's name": (
        """
        for m in self.modules():
            if "Conv" in type(m).__name__:
                m.bias.data.fill_(0)
        """,
        ["m.bias.data.fill_(0)"],
    ),
    "the type": (
        """
        for m in self.modules():
            if type(m) in [nn.Linear, nn.Conv2d]:
                m.bias.data.fill_(0)
        """,
        ["m.bias.data.fill_(0)"],
    ),
    "an attribute": ("self.conv.bias.data.fill_(0)", ["self.conv.bias.data.fill_(0)"]),
    "some attributes": (
        """
        for layer in (self.conv, self.head):
            nn.init.zeros_(layer.bias)
        """,
        ["nn.init.zeros_(layer.bias)"],
    ),
    "under no_grad": (
        """
        with torch.no_grad():
            self.conv.bias.zero_()
        """,
        ["self.conv.bias.zero_()"],
    ),
    "another name": (
        """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                b = m.bias
                b.data.zero_()
        """,
        ["b.data.zero_()"],
    ),
    "two statements": (
        """
        self.conv.bias.data.fill_(0)
        self.conv.bias.requires_grad = False
        """,
        ["self.conv.bias.data.fill_(0)", "self.conv.bias.requires_grad = False"],
    ),
    "an option that is on": (
        """
        if flag:
            self.conv.bias.data.fill_(0)
        """,
        ["self.conv.bias.data.fill_(0)"],
    ),
    "finally": (
        """
        try:
            nn.init.zeros_(self.conv.bias)
        finally:
            print("done")
        """,
        ["nn.init.zeros_(self.conv.bias)"],
    ),
}
