# run: Block(3, 4), (2, 3, 8, 8)
# run: Block(3, 4, "AN"), (2, 3, 8, 8)
# run: Block(3, 4, "A"), (2, 3, 8, 8)

"""The letters of an option, one by one, say what comes behind the convolution."""

from torch import nn


class Block(nn.Sequential):
    def __init__(self, cin, cout, order="na"):
        super().__init__()
        self.add_module("conv", nn.Conv2d(cin, cout, 3))  # expect: CB105
        parts = {"N": nn.BatchNorm2d(cout), "A": nn.ReLU()}
        for letter in order.upper():
            if letter not in parts:
                raise ValueError(f"no part {letter}")
            self.add_module(letter, parts[letter])
# output
"""The letters of an option, one by one, say what comes behind the convolution."""

from torch import nn


class Block(nn.Sequential):
    def __init__(self, cin, cout, order="na"):
        super().__init__()
        self.add_module("conv", nn.Conv2d(cin, cout, 3, bias=order != "na"))
        parts = {"N": nn.BatchNorm2d(cout), "A": nn.ReLU()}
        for letter in order.upper():
            if letter not in parts:
                raise ValueError(f"no part {letter}")
            self.add_module(letter, parts[letter])
