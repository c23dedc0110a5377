"""Which attributes of a model are called only to give back what they give."""

from __future__ import annotations

import ast
import textwrap

import pytest

from convbias_lint.analysis.heads import heads_of


def heads(body: str, *more: str) -> set[str]:
    text = "class Net(nn.Module):\n" + textwrap.indent(textwrap.dedent(body), "    ")
    tree = ast.parse(text + "".join(map(textwrap.dedent, more)))
    return set(heads_of([node for node in tree.body if isinstance(node, ast.ClassDef)]))


INIT = """
def __init__(self):
    super().__init__()
    self.fc = nn.Linear(8, 4)
    for m in self.modules():
        nn.init.zeros_(m.weight)
    log_use(self)
"""


@pytest.mark.parametrize(
    "method",
    [
        "return self.fc(x)",
        "x = self.fc(x)\n    return x",
        "x = self.fc(self.body(x))\n    return x.flatten(1)",
        "x = self.fc(x)\n    if self.training:\n        return x, y\n    return x",
        "x = self.fc(x)\n    return Output(logits=x)",
        "x = self.fc(x)\n    return F.relu(x).view(len(x), -1)",
    ],
)
def test_what_is_given_back(method: str) -> None:
    assert heads(f"{INIT}\ndef forward(self, x):\n    {method}") == {"fc"}


@pytest.mark.parametrize(
    "method",
    [
        "return self.norm(self.fc(x))",
        "x = self.fc(x)\n    return self.norm(x)",
        "x = self.fc(x)\n    x = self.norm(x)\n    return x",
        "x = self.fc(x)\n    return F.batch_norm(x, None, None)",
        "y = self.fc(x)\n    self.seen = y\n    return y",
        "x = self.fc(x)\n    helper(self, x)\n    return x",
        "run = self.fc\n    return run(x)",
        "x = self.fc(x)\n    return whiten(x)",
        "x = self.fc(x)\n    return ops.whiten(x)",
        "x = self.fc(x)\n    return Whiten(4)(x)",
        "return self.fc(x) + 1",
        "for part in self.children():\n        x = part(x)\n    return x",
        "if x.dim() == 2:\n        x = self.fc(x)\n    return x",
        "self.fc(x)",
    ],
)
def test_what_is_not(method: str) -> None:
    assert "fc" not in heads(f"{INIT}\ndef forward(self, x):\n    {method}")


def test_a_method_is_followed_to_its_callers() -> None:
    inner = "\ndef embed(self, x):\n    x = self.fc(x)\n    return x\n"
    assert heads(f"{INIT}{inner}\ndef forward(self, x):\n    return self.embed(x)") == {"fc"}
    assert "fc" not in heads(f"{INIT}{inner}\ndef forward(self, x):\n    return self.norm(self.embed(x))")
    assert "fc" not in heads(f"{INIT}{inner}\ndef forward(self, x):\n    return self(self.embed(x))")


def test_only_what_sets_up_may_go_through_all_parts() -> None:
    forward = "\ndef forward(self, x):\n    return self.fc(x)\n"
    through = "\ndef {}(self, x):\n    for part in self.modules():\n        x = part(x)\n"
    assert heads(INIT + forward + through.format("_init_weights")) == {"fc"}
    assert heads(INIT + forward + through.format("initial")) == set()


def test_a_derived_class_may_have_a_norm_for_it() -> None:
    model = f"{INIT}\ndef forward(self, x):\n    return self.fc(x)"
    plain = "\nclass More(Net):\n    def forward(self, x):\n        return super().forward(x)\n"
    normed = "\nclass More(Net):\n    def forward(self, x):\n        return self.norm(super().forward(x))\n"
    assert heads(model, plain) == {"fc"}
    assert "fc" not in heads(model, normed)
