"""Random models as source text, in the shapes in which people write them, for Hypothesis.

Images are 5 x 5 everywhere and widths even, so that anything can be added to anything of its width.
Nothing is generated whose bias is redundant by accident (a - a, one channel only), and every value
that a model computes comes out of it in the end, so that each bias shows in an output or in none.
"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

WIDTHS = st.sampled_from([2, 4])
HEADER = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n\n"


class Model(NamedTuple):
    """A module's text, and the ``# run:`` lines that it goes with."""

    source: str
    runs: tuple[str, ...]
    provable: bool = True
    """Whether the text alone says all that there is to know, so that everything must be found."""


def conv(draw: DrawFn, cin: int, cout: int) -> str:
    """A convolution that keeps the image's size."""
    bias = draw(st.sampled_from(["", "", "", ", bias=True", ", bias=False"]))
    kernel = draw(
        st.sampled_from(["1", "3, padding=1", "3, 1, 1", "kernel_size=3, padding='same'", "1, stride=1"])
    )
    kernel = draw(st.sampled_from([kernel, kernel, kernel, "3, padding=1, padding_mode='reflect'"]))
    return f"nn.Conv2d({cin}, {cout}, {kernel}{bias})"


NORMS = (
    "nn.BatchNorm2d({0})",
    "nn.BatchNorm2d({0}, affine=False)",
    "nn.InstanceNorm2d({0})",
    "nn.GroupNorm({0}, {0})",
)
NO_NORMS = ("nn.GroupNorm(1, {0})", "nn.LayerNorm([{0}, 5, 5])", "nn.LocalResponseNorm(2)")
PASSING = (
    "nn.Identity()",
    "nn.MaxPool2d(3, 1, 1)",
    "nn.AvgPool2d(3, 1, 1, count_include_pad=False)",
    "nn.Dropout(0.0)",
)
USING = (
    "nn.ReLU()",
    "nn.GELU()",
    "nn.Tanh()",
    "nn.Dropout(0.5)",
    "nn.AvgPool2d(3, 1, 1)",
    "nn.LeakyReLU(0.1, inplace=False)",
)


def layer(draw: DrawFn, width: int) -> tuple[str, int]:
    """A layer that may follow ``width`` channels, and how many channels it leaves."""
    kind = draw(st.sampled_from(["conv", "conv", "conv", "norm", "norm", "norm", "no norm", "pass", "use"]))
    if kind == "conv":
        cout = draw(WIDTHS)
        return conv(draw, width, cout), cout
    table = {"norm": NORMS, "no norm": NO_NORMS, "pass": PASSING, "use": USING}[kind]
    return draw(st.sampled_from(table)).format(width), width


def layers(draw: DrawFn, width: int, most: int = 7) -> tuple[list[str], int]:
    chain = []
    for _ in range(draw(st.integers(2, most))):
        text, width = layer(draw, width)
        chain.append(text)
    return chain, width


def indented(text: str, by: int = 4) -> str:
    return "".join(f"{' ' * by}{line}\n" if line else "\n" for line in text.splitlines())


@st.composite
def sequentials(draw: DrawFn) -> Model:
    """A chain of layers in one of the ways to fill a Sequential."""
    chain, _ = layers(draw, 2)
    way = draw(
        st.sampled_from(["literal", "nested", "ordered", "list", "append", "add_module", "sum", "subclass"])
    )
    if way == "literal":
        body = f"net = nn.Sequential({', '.join(chain)})"
    elif way == "nested":
        cut = draw(st.integers(1, len(chain) - 1))
        first, second = ", ".join(chain[:cut]), ", ".join(chain[cut:])
        body = f"net = nn.Sequential(nn.Sequential({first}), nn.Sequential({second}))"
    elif way == "ordered":
        items = ", ".join(f"('layer{i}', {text})" for i, text in enumerate(chain))
        body = f"from collections import OrderedDict\nnet = nn.Sequential(OrderedDict([{items}]))"
    elif way == "list":
        cut = draw(st.integers(0, len(chain)))
        first, second = ", ".join(chain[:cut]), ", ".join(chain[cut:])
        body = f"layers = [{first}]\nlayers += [{second}]\nnet = nn.Sequential(*layers)"
    elif way == "append":
        appends = "\n".join(f"layers.append({text})" for text in chain)
        body = f"layers = []\n{appends}\nnet = nn.Sequential(*layers)"
    elif way == "add_module":
        adds = "\n".join(f"net.add_module('m{i}', {text})" for i, text in enumerate(chain))
        body = f"net = nn.Sequential()\n{adds}"
    elif way == "sum":
        cut = draw(st.integers(0, len(chain)))
        body = f"net = nn.Sequential(*([{', '.join(chain[:cut])}] + [{', '.join(chain[cut:])}]))"
    else:
        return Model(
            f"{HEADER}class Net(nn.Sequential):\n    def __init__(self):\n        super().__init__(\n"
            + "".join(f"            {text},\n" for text in chain)
            + "        )\n",
            ("Net, (3, 2, 5, 5)",),
        )
    where = draw(st.sampled_from(["module", "function", "class"]))
    if where == "module":
        return Model(HEADER + body + "\n", ("net, (3, 2, 5, 5)",))
    if where == "function":
        return Model(f"{HEADER}def build():\n{indented(body)}    return net\n", ("build(), (3, 2, 5, 5)",))
    init = indented(f"{body}\nself.net = net", 8)
    return Model(
        f"{HEADER}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n{init}\n"
        "    def forward(self, x):\n        return self.net(x)\n",
        ("Net, (3, 2, 5, 5)",),
    )


class Program:
    """A class whose forward is a straight line of statements over a few variables."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.init: list[str] = []
        self.forward: list[str] = []
        self.widths: dict[str, int] = {"x": 2}
        self.read: set[str] = set()
        self.made: list[tuple[str, int, int]] = []

    def use(self, width: int | None = None) -> str:
        fitting = [name for name, other in self.widths.items() if width in (None, other)]
        # The newest most often: chains are what models are made of.
        name = fitting[-1] if self.draw(st.integers(0, 3)) else self.draw(st.sampled_from(fitting))
        self.read.add(name)
        return name

    def give(self, expression: str, width: int) -> str:
        if self.draw(st.integers(0, 4)) == 0 and "x" in self.read:
            name = "x"
        else:
            name = f"v{len(self.forward)}"
        self.forward.append(f"{name} = {expression}")
        self.widths.pop(name, None)
        self.widths[name] = width
        self.read.discard(name)
        return name

    def step(self) -> None:
        draw = self.draw
        kind = draw(
            st.sampled_from(["layer"] * 6 + ["again", "add", "cat", "split", "number", "function", "product"])
        )
        if kind == "again" and self.made:
            name, cin, cout = draw(st.sampled_from(self.made))
            if cin in self.widths.values():
                self.give(f"self.{name}({self.use(cin)})", cout)
                return
        if kind == "add":
            one = self.use()
            other = self.use(self.widths[one])
            self.give(f"{one} + {other}", self.widths[one])
        elif kind == "product":
            one = self.use()
            other = self.use(self.widths[one])
            self.give(f"{one} * torch.sigmoid({other})", self.widths[one])
        elif kind == "cat" and 2 in self.widths.values():
            self.give(f"torch.cat([{self.use(2)}, {self.use(2)}], dim=1)", 4)
        elif kind == "split" and 4 in self.widths.values():
            source = self.use(4)
            self.forward.append(f"a{len(self.forward)}, b{len(self.forward)} = {source}.chunk(2, dim=1)")
            self.widths[f"a{len(self.forward) - 1}"] = 2
            self.widths[f"b{len(self.forward) - 1}"] = 2
        elif kind == "number":
            source = self.use()
            text = draw(
                st.sampled_from(
                    ["{} * 0.5", "{}.contiguous()", "-{}", "{} / 2.0", "F.dropout({}, 0.0)", "2 * {}"]
                )
            )
            self.give(text.format(source), self.widths[source])
        elif kind == "function":
            source = self.use()
            text = draw(
                st.sampled_from(["F.relu({})", "torch.tanh({})", "F.max_pool2d({}, 3, 1, 1)", "{}.abs()"])
            )
            self.give(text.format(source), self.widths[source])
        else:
            source = self.use()
            text, cout = layer(draw, self.widths[source])
            name = f"m{len(self.init)}"
            self.init.append(f"self.{name} = {text}")
            if "Norm" not in text or "LayerNorm" in text:
                self.made.append((name, self.widths[source], cout))
            result = self.give(f"self.{name}({source})", cout)
            if "Conv" in text and draw(st.booleans()):
                self.read.add(result)
                self.init.append(f"self.m{len(self.init)} = {draw(st.sampled_from(NORMS)).format(cout)}")
                self.give(f"self.m{len(self.init) - 1}({result})", cout)

    def text(self) -> str:
        left = [name for name in self.widths if name not in self.read] or ["x"]
        result = left[0] if len(left) == 1 else f"({', '.join(left)})"
        return (
            f"{HEADER}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            + "".join(f"        {line}\n" for line in self.init)
            + "\n    def forward(self, x):\n"
            + "".join(f"        {line}\n" for line in self.forward)
            + f"        return {result}\n"
        )


@st.composite
def programs(draw: DrawFn) -> Model:
    """Layers as attributes, and a forward that calls them in any order."""
    program = Program(draw)
    for _ in range(draw(st.integers(4, 12))):
        program.step()
    return Model(program.text(), ("Net, (3, 2, 5, 5)",))


OPTION_NORMS = {
    "flag": ("use_norm=True", "nn.BatchNorm2d({0}) if use_norm else nn.Identity()", ("", "use_norm=False")),
    "none": ("norm=None", "nn.Identity() if norm is None else norm({0})", ("", "norm=torch.nn.BatchNorm2d")),
    "name": (
        'norm="batch"',
        '{{"batch": nn.BatchNorm2d, "instance": nn.InstanceNorm2d, "none": nn.Identity}}[norm]({0})',
        ("", 'norm="instance"', 'norm="none"'),
    ),
}


@st.composite
def options(draw: DrawFn) -> Model:
    """A block whose norm is an option, built once for each of its values."""
    header, norm, values = OPTION_NORMS[draw(st.sampled_from(sorted(OPTION_NORMS)))]
    width, last = draw(WIDTHS), draw(WIDTHS)
    first, second = conv(draw, 2, width), conv(draw, width, last)
    act = draw(st.sampled_from(["nn.ReLU()", "nn.Identity()", "nn.Tanh()"]))
    tail = draw(st.sampled_from([f"nn.BatchNorm2d({last})", "nn.ReLU()", norm.format(last)]))
    stored = draw(st.booleans()) and header.startswith("use_norm")
    setting = f"        self.norm = {norm.format(width)}\n"
    step = "        x = self.norm(x)\n"
    if stored:
        setting = indented(
            f"self.use_norm = use_norm\nif use_norm:\n    self.norm = nn.BatchNorm2d({width})", 8
        )
        step = "        if self.use_norm:\n            x = self.norm(x)\n"
    source = (
        f"{HEADER}class Net(nn.Module):\n    def __init__(self, {header}):\n        super().__init__()\n"
        f"        self.first = {first}\n{setting}        self.act = {act}\n"
        f"        self.second = {second}\n        self.tail = {tail}\n"
        f"\n    def forward(self, x):\n        x = self.first(x)\n{step}"
        "        x = self.act(x)\n        return self.tail(self.second(x))\n"
    )
    runs = tuple(f"Net({value}), (3, 2, 5, 5)" for value in values)
    return Model(source, runs, provable=header != "norm=None")  # which norm a caller brings, no text says


@st.composite
def loops(draw: DrawFn) -> Model:
    """Paired lists of convolutions and norms, gone through in one of the usual ways."""
    depth = draw(st.integers(1, 3))
    norm = draw(st.sampled_from([*NORMS, "nn.Identity()", "nn.GroupNorm(1, {0})"])).format(2)
    unit = conv(draw, 2, 2)
    made = draw(st.sampled_from(["comprehension", "append", "generator"]))
    if made == "append":
        init = (
            "self.convs = nn.ModuleList()\nself.norms = nn.ModuleList()\n"
            f"for _ in range({depth}):\n    self.convs.append({unit})\n    self.norms.append({norm})\n"
        )
    else:
        left, right = ("[", "]") if made == "comprehension" else ("", "")
        init = (
            f"self.convs = nn.ModuleList({left}{unit} for _ in range({depth}){right})\n"
            f"self.norms = nn.ModuleList({left}{norm} for _ in range({depth}){right})\n"
        )
    act = draw(st.sampled_from(["F.relu({})", "torch.tanh({})", "{}", "x + {}"]))
    head, convolution, normed = draw(
        st.sampled_from(
            [
                ("for conv, norm in zip(self.convs, self.norms):", "conv", "norm"),
                ("for i, conv in enumerate(self.convs):", "conv", "self.norms[i]"),
                (f"for i in range({depth}):", "self.convs[i]", "self.norms[i]"),
                ("for i in range(len(self.convs)):", "self.convs[i]", "self.norms[i]"),
                ("for i, (conv, norm) in enumerate(zip(self.convs, self.norms)):", "conv", "norm"),
            ]
        )
    )
    body = act.format(f"{normed}({convolution}(x))")
    return Model(
        f"{HEADER}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        f"{indented(init, 8)}\n    def forward(self, x):\n"
        f"        {head}\n            x = {body}\n        return x\n",
        ("Net, (3, 2, 5, 5)",),
    )


@st.composite
def blocks(draw: DrawFn) -> Model:
    """A helper function and a block class, called from a net with different arguments."""
    chain, width = layers(draw, 2, 4)
    helper = draw(
        st.sampled_from(
            [
                "def conv(cin, cout, k):\n    return nn.Conv2d(cin, cout, k)\n",
                "def conv(cin, cout, k, bias=True):\n    return nn.Conv2d(cin, cout, k, bias=bias)\n",
            ]
        )
    )
    after = [draw(st.sampled_from([*NORMS, "nn.ReLU()", "nn.Tanh()"])).format(width) for _ in range(3)]
    block = (
        "class Block(nn.Module):\n    def __init__(self, cin, cout, norm):\n        super().__init__()\n"
        "        self.conv = conv(cin, cout, 1)\n        self.norm = norm\n"
        "\n    def forward(self, x):\n        return self.norm(self.conv(x))\n"
    )
    net = (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        f"        self.stem = nn.Sequential({', '.join(chain)})\n"
        f"        self.a = Block({width}, {width}, {after[0]})\n"
        f"        self.b = nn.Sequential(conv({width}, {width}, 1), {after[1]})\n"
        f"        self.c = Block({width}, {width}, {after[2]})\n"
        "\n    def forward(self, x):\n        x = self.stem(x)\n"
        "        return self.c(torch.relu(self.b(self.a(x))))\n"
    )
    # A call in the helper serves layers of both kinds.
    return Model(f"{HEADER}{helper}\n\n{block}\n\n{net}", ("Net, (3, 2, 5, 5)",), provable=False)


MODELS: dict[str, SearchStrategy[Model]] = {
    "sequentials": sequentials(),
    "programs": programs(),
    "options": options(),
    "loops": loops(),
    "blocks": blocks(),
}
