"""Random models whose forward has flow: options, loops, methods, lists of features, early ways out."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from model_generator import HEADER, NORMS, Model, Program, conv, indented, layer


class Flow(Program):
    """A program whose steps may also be statements of more than one line."""

    def __init__(self, draw: DrawFn) -> None:
        super().__init__(draw)
        self.methods: list[str] = []
        self.flags: list[str] = []
        self.kept = False

    def flag(self) -> str:
        if not self.flags or (len(self.flags) < 2 and self.draw(st.booleans())):
            self.flags.append(f"flag{len(self.flags)}")
        return self.draw(st.sampled_from(self.flags))

    def layer_here(self, width: int, *, keep: bool = False, loop: bool = False) -> tuple[str, int]:
        """A new layer as an attribute; ``keep`` keeps the width.

        In a ``loop`` no norm with running statistics is called twice: what it takes away in training it
        does not in evaluation.
        """
        if loop:
            norms = ("nn.InstanceNorm2d({0})", "nn.GroupNorm({0}, {0})", "nn.ReLU()", "nn.Identity()")
            text, cout = (
                self.draw(st.sampled_from([conv(self.draw, width, width), *norms])).format(width),
                width,
            )
        elif keep:
            text = self.draw(
                st.sampled_from([conv(self.draw, width, width), *NORMS, "nn.ReLU()", "nn.Identity()"])
            )
            text, cout = text.format(width), width
        else:
            text, cout = layer(self.draw, width)
        name = f"m{len(self.init)}"
        self.init.append(f"self.{name} = {text}")
        return f"self.{name}", cout

    def step(self) -> None:
        kind = self.draw(
            st.sampled_from(["plain"] * 5 + ["option", "expression", "loop", "method", "many", "keep"])
        )
        if kind == "plain":
            super().step()
            return
        source = self.use()
        width = self.widths[source]
        if kind == "option":
            module, _ = self.layer_here(width, keep=True)
            other, _ = self.layer_here(width, keep=True)
            flag = self.flag()
            name = f"v{len(self.forward)}"
            lines = [f"if self.{flag}:", f"    {name} = {module}({source})"]
            way = self.draw(st.sampled_from(["else", "before", "not"]))
            if way == "else":
                lines += ["else:", f"    {name} = {other}({source})"]
            elif way == "before":
                lines.insert(0, f"{name} = {source}")
            else:
                lines[0] = f"if not self.{flag}:"
                lines += ["else:", f"    {name} = {source}"]
            self.forward.append("\n".join(lines))
            self.widths[name] = width
        elif kind == "expression":
            module, _ = self.layer_here(width, keep=True)
            self.give(f"{module}({source}) if self.{self.flag()} else {source}", width)
        elif kind == "loop":
            module, _ = self.layer_here(width, loop=True)
            after, _ = self.layer_here(width, loop=True)
            name = f"v{len(self.forward)}"
            rounds = self.draw(st.integers(1, 2))
            body = self.draw(st.sampled_from([f"{after}({module}({name}))", f"{name} + {module}({name})"]))
            self.forward.append(f"{name} = {source}\nfor _ in range({rounds}):\n    {name} = {body}")
            self.widths[name] = width
        elif kind == "method":
            module, cout = self.layer_here(width)
            after, last = self.layer_here(cout)
            name = f"part{len(self.methods)}"
            extra = self.draw(st.sampled_from(["", "y = torch.relu(y)\n", "y = y * 2\n"]))
            body = f"y = {module}(y)\n{extra}return {after}(y)\n"
            self.methods.append(f"def {name}(self, y):\n{indented(body)}")
            self.give(f"self.{name}({source})", last)
        elif kind == "many":
            count = self.draw(st.integers(1, 3))
            name, number = f"many{len(self.init)}", len(self.forward)
            convs = ", ".join(conv(self.draw, width, width) for _ in range(count))
            self.init.append(f"self.{name} = nn.ModuleList([{convs}])")
            join = self.draw(
                st.sampled_from(["sum(l{0})", "l{0}[-1] + l{0}[0]", "0.5 * l{0}[0] + l{0}[-1]", "max"])
            )
            self.forward.append(f"l{number} = [one({source}) for one in self.{name}]")
            if join == "max":
                self.give(f"torch.stack([F.relu(one) for one in l{number}]).max(0)[0]", width)
            else:
                self.give(join.format(number), width)
        else:
            self.kept = True
            self.forward.append(f"kept.append({source})")

    def model(self) -> Model:
        left = [name for name in self.widths if name not in self.read] or ["x"]
        result = ", ".join([*left, *(["kept"] if self.kept else [])])
        body = ["kept = []"] if self.kept else []
        body += self.forward
        if self.flags and self.draw(st.integers(0, 3)) == 0:
            body.insert(
                self.draw(st.integers(1, len(body))), f"if self.{self.flags[0]} and x is None:\n    return x"
            )
        header = "".join(f", {flag}={self.draw(st.booleans())}" for flag in self.flags)
        init = [*(f"self.{flag} = {flag}" for flag in self.flags), *self.init]
        methods = "".join(f"\n{indented(method)}" for method in self.methods)
        source = (
            f"{HEADER}class Net(nn.Module):\n    def __init__(self{header}):\n        super().__init__()\n"
            + indented("\n".join(init), 8)
            + methods
            + "\n    def forward(self, x):\n"
            + indented("\n".join(body), 8)
            + f"        return {result}\n"
        )
        settings = [""]
        for flag in self.flags:
            settings = [f"{setting}{flag}={value}, " for setting in settings for value in (True, False)]
        # Not all that is redundant in some settings has a condition that can be written: only what is said
        # must be right.
        return Model(source, tuple(f"Net({setting}), (3, 2, 5, 5)" for setting in settings), not self.flags)


@st.composite
def flows(draw: DrawFn) -> Model:
    """Layers as attributes, and a forward with branches, loops, methods and lists."""
    program = Flow(draw)
    for _ in range(draw(st.integers(3, 8))):
        program.step()
    return program.model()
