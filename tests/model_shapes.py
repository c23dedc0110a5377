"""Random models that move axes about: reshapes, reductions, stacks and scales before a norm, for Hypothesis.

Lengths are few and small, so that axes of one length abound: what tells them apart by chance is found
out.  Each statement is run while it is drawn, which says what may come next.
"""

from __future__ import annotations

import math

import torch
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from model_generator import HEADER, Model

LENGTHS = st.sampled_from([2, 2, 3, 4])


class Program:
    """A forward of statements about one value, ``v``, and some names for the lengths of what it was."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.init: list[str] = []
        self.forward: list[str] = []
        self.shape = (2, *(draw(LENGTHS) for _ in range(draw(st.integers(2, 3)))))
        self.first = self.shape
        self.outputs: list[str] = []
        self.names: dict[str, int] = {}

    def put(self, expression: str) -> None:
        """``v = expression``, where it can be evaluated (with ones for parameters)."""
        names = {"torch": torch, "v": torch.zeros(self.shape), "S": self, **self.names}
        try:
            new = eval(expression.replace("self.", "S."), names)  # noqa: S307
        except (RuntimeError, IndexError):
            return
        if isinstance(new, torch.Tensor) and 1 < new.dim() < 6 and 1 < new.numel() < 600:
            self.forward.append(f"v = {expression}")
            self.shape = tuple(new.shape)

    def __getattr__(self, name: str) -> torch.Tensor:
        """The parameters, as expressions see them."""
        for line in self.init:
            if line.startswith(f"self.{name} = nn.Parameter("):
                made = eval(line.split("nn.Parameter(")[1][:-1], {"torch": torch})  # noqa: S307
                assert isinstance(made, torch.Tensor)
                return made
        raise AttributeError(name)

    def axis(self) -> int:
        axis = self.draw(st.integers(0, len(self.shape) - 1))
        return axis if self.draw(st.booleans()) else axis - len(self.shape)

    def length(self, number: int) -> str:
        """A length, as a number or by one of the names that it goes by."""
        fitting = [name for name, value in self.names.items() if value == number]
        return self.draw(st.sampled_from([*fitting, *fitting, str(number)]))

    def ask(self) -> None:
        """``b, c, h = v.shape``"""
        new = [f"n{len(self.names) + i}" for i in range(len(self.shape))]
        source = self.draw(st.sampled_from(["v.shape", "v.size()"]))
        self.forward.append(f"{', '.join(new)} = {source}")
        self.names.update(zip(new, self.shape))

    def layer(self) -> None:
        rank, name = len(self.shape), f"m{len(self.init)}"
        out = self.draw(LENGTHS)
        if rank in (3, 4) and self.draw(st.booleans()):
            text = f"nn.Conv{rank - 2}d({self.shape[1]}, {out}, 1)"
            self.shape = (self.shape[0], out, *self.shape[2:])
        else:
            text = f"nn.Linear({self.shape[-1]}, {out})"
            self.shape = (*self.shape[:-1], out)
        self.init.append(f"self.{name} = {text}")
        self.forward.append(f"v = self.{name}(v)")

    def reshape(self) -> None:
        """Neighbours joined or parted, or any other shape of as many entries."""
        shape = list(self.shape)
        way = self.draw(st.sampled_from(["join", "part", "any", "back"]))
        place = self.draw(st.integers(0, len(shape) - 1))
        texts: list[str]
        if way == "join" and place + 1 < len(shape):
            one, other = self.length(shape[place]), self.length(shape[place + 1])
            texts = [self.length(n) for n in shape]
            texts[place : place + 2] = [f"{one} * {other}"]
        elif way == "part" and shape[place] == 4:
            texts = [self.length(n) for n in shape]
            texts[place : place + 1] = [self.length(2), self.length(2)]
        elif way == "back" and math.prod(self.first) == math.prod(shape):
            texts = [self.length(n) for n in self.first]
        else:
            texts = [self.length(n) for n in self.draw(st.permutations(shape))]
        if self.draw(st.booleans()):
            texts[self.draw(st.integers(0, len(texts) - 1))] = "-1"
        self.put(f"v.{self.draw(st.sampled_from(['reshape', 'contiguous().view']))}({', '.join(texts)})")

    def scale(self) -> None:
        """A learned scale along some axes."""
        draw, rank = self.draw, len(self.shape)
        name = f"p{len(self.init)}"
        axis = draw(st.integers(0, rank - 1))
        behind = rank - axis - 1
        way = draw(st.sampled_from(["whole", "view", "index", "unsqueeze", "number", "any"]))
        sizes, use = [self.shape[axis], *[1] * behind], f"self.{name}"
        if way == "number":
            sizes, use = [self.shape[axis]], f"self.{name}[0]"
        elif way == "any":
            sizes = [draw(st.sampled_from([1, n])) for n in self.shape[axis:]]
        elif way != "whole":
            sizes = [self.shape[axis]]
            use += {
                "view": f".view({', '.join(['1'] * axis + ['-1'] + ['1'] * behind)})",
                "index": f"[:{', None' * behind}]",
                "unsqueeze": ".unsqueeze(-1)" * behind,
            }[way]
        how = draw(
            st.sampled_from(["{}", "{}", "torch.sigmoid({})", "{}.exp()", "torch.softmax({}, 0)", "-{}"])
        )
        if way != "number":
            use = how.format(use)
        text = f"torch.rand({', '.join(map(str, sizes))})"
        self.init.append(f"self.{name} = nn.Parameter({draw(st.sampled_from(['', '0.5 * ', '2 + ']))}{text})")
        self.put(draw(st.sampled_from([f"v * {use}", f"{use} * v", f"v.mul({use})", f"v / (1 + {use})"])))

    def step(self) -> None:
        draw = self.draw
        kind = draw(
            st.sampled_from(["layer", "reshape", "reshape", "scale", "move", "reduce", "stack", "ask"])
        )
        if kind in ("layer", "reshape", "scale", "ask"):
            getattr(self, kind)()
            return
        axis, other = self.axis(), self.axis()
        if kind == "move":
            order = draw(st.permutations(range(len(self.shape))))
            texts = [
                f"v.transpose({axis}, {other})",
                f"v.permute({', '.join(map(str, order))})",
                f"v.flatten({axis % len(self.shape)})",
                f"v.flatten({axis}, {other})",
                f"v.unsqueeze({axis})",
                f"v.movedim({axis}, {other})",
                f"v.flip({axis})",
                f"v.roll(1, {axis})",
                f"v.repeat({', '.join(str(draw(st.sampled_from([1, 1, 2]))) for _ in self.shape)})",
                f"v.unflatten({axis}, (2, 2))",
                f"torch.cat([v, 2 * v], {axis})",
                f"v.chunk(2, {axis})[0]",
                f"v[:, :2]{'' if draw(st.booleans()) else '.contiguous()'}",
                "v + 1",
            ]
        elif kind == "reduce":
            keep = draw(st.sampled_from(["", ", keepdim=True", ", True"]))
            texts = [
                f"v.mean({axis}{keep})",
                f"v.sum({axis}{keep})",
                f"v.amax({axis}{keep})",
                f"v.max({axis}{keep})[0]",
                f"v.min(dim={axis}).values",
                f"v.sort({axis})[0]",
                f"torch.topk(v, 2, {axis})[0]",
                f"v.select({axis}, 0)",
                "v[:, 0]",
                f"v.unbind({axis})[0]",
            ]
        else:
            texts = [
                f"torch.stack([v, 2 * v], {axis}).{way}({again})"
                for way in ("mean", "sum", "flatten", "unsqueeze")
                for again in (axis, other)
            ]
            texts.append(f"torch.stack((v, v.clone()), dim={axis})")
        self.put(draw(st.sampled_from(texts)))

    def norm(self) -> None:
        name, rank = f"m{len(self.init)}", len(self.shape)
        if rank not in (2, 3, 4, 5) or math.prod(self.shape) <= self.shape[1]:
            return
        text = f"nn.BatchNorm{max(rank - 2, 1)}d({self.shape[1]})"
        if rank == 3 and self.shape[2] > 1 and self.draw(st.integers(0, 3)) == 0:
            text = f"nn.InstanceNorm1d({self.shape[1]})"
        self.init.append(f"self.{name} = {text}")
        # A mean of what a norm puts out is a constant: without the tanh, nothing before would count.
        self.forward.append(f"v = torch.tanh(self.{name}(v))")

    def model(self) -> Model:
        return Model(
            f"{HEADER}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            + "".join(f"        {line}\n" for line in self.init)
            + "\n    def forward(self, v):\n"
            + "".join(f"        {line}\n" for line in self.forward)
            + "        return torch.tanh(v)\n",
            (f"Net, {self.first}",),
            provable=False,
        )


@st.composite
def shapes(draw: DrawFn) -> Model:
    """A layer, some steps, a norm; once or twice."""
    program = Program(draw)
    # A linear layer before BatchNorm1d is taken for one on two axes where the code does not say how many.
    program.ask()
    for _ in range(draw(st.integers(1, 2))):
        if draw(st.booleans()):
            program.ask()
        program.layer()
        for _ in range(draw(st.integers(0, 5))):
            program.step()
        program.norm()
    return program.model()
