"""Which functions can come to use a bias that is not there, told from their text."""

from __future__ import annotations

import textwrap

import pytest

from convbias_lint.analysis.bias_text import Touchy

ASKED = {
    "asked": "if m.bias is not None:\n    m.bias.zero_()",
    "asked with more": "if flag and m.bias is not None and m.bias.any():\n    m.bias.zero_()",
    "asked in a row": "if m.bias is not None: m.bias.zero_()",
    "asked by name": 'if getattr(m, "bias", None) is not None:\n    m.bias.zero_()',
    "asked further out": "if m.conv.bias is not None:\n    for _ in x:\n        m.conv.bias.zero_()",
    "asked otherwise": "if flag:\n    x = 1\nelif m.bias is not None:\n    m.bias.zero_()",
    "of a norm": "if isinstance(m, nn.BatchNorm2d):\n    m.bias.zero_()",
    "of a norm, not of a layer": "if flag:\n    x = 1\nelif isinstance(m, nn.LayerNorm):\n    m.bias.zero_()",
    "of some norm": "if isinstance(m, (torch.nn.BatchNorm1d, nn.GroupNorm)) and flag:\n    m.bias.zero_()",
    "used as an argument": "if m.bias is not None:\n    y = f(x, bias=m.bias)\n    m.bias.zero_()",
    "of the class itself": "self.bias.zero_()",
    "in a comment": "x = 1  # of m.bias",
    "in a docstring": '"""Fills\nm.bias."""',
}
UNASKED = {
    "not asked": "m.bias.zero_()",
    "asked before": "if m.bias is not None:\n    x = 1\nm.bias.zero_()",
    "otherwise": "if m.bias is not None:\n    x = 1\nelse:\n    m.bias.zero_()",
    "of another": "if m.bias is not None:\n    n.bias.zero_()",
    "of a part": "if m.bias is not None:\n    m.conv.bias.zero_()",
    "one of two": "if flag or m.bias is not None:\n    m.bias.zero_()",
    "not": "if not m.bias is not None:\n    m.bias.zero_()",
    "another by then": "if m.bias is not None:\n    m = n\n    m.bias.zero_()",
    "another in a loop": "if m.bias is not None:\n    for m in ms:\n        m.bias.zero_()",
    "of a norm or a layer": "if isinstance(m, (nn.BatchNorm2d, nn.Linear)):\n    m.bias.zero_()",
    "of no norm": "if not isinstance(m, nn.BatchNorm2d):\n    m.bias.zero_()",
    "of a norm, denied": "if isinstance(m, nn.LayerNorm) is False:\n    m.bias.zero_()",
    "of a norm, compared": "if flag == isinstance(m, nn.LayerNorm):\n    m.bias.zero_()",
    "of a layer": "if flag:\n    x = 1\nelif isinstance(m, nn.Linear):\n    m.bias.zero_()",
    "of a norm of one's own": "if isinstance(m, ConvLayerNorm):\n    m.bias.zero_()",
    "of what holds a norm": "if isinstance(m.norm, nn.LayerNorm):\n    m.bias.zero_()",
    "in a function inside": "if m.bias is not None:\n    x = 1\ndef g(m):\n    m.bias.zero_()",
    "by a text": 'state["conv.bias"] = x',
}


def touchy(body: str) -> Touchy:
    return Touchy("def f(m, n, x, flag):\n" + textwrap.indent(body, "    ") + "\n")


@pytest.mark.parametrize("body", ASKED.values(), ids=ASKED)
def test_a_bias_that_is_asked_for_is_no_use(body: str) -> None:
    assert touchy(body).text == ""
    assert touchy(body).entries == frozenset()


@pytest.mark.parametrize("body", UNASKED.values(), ids=UNASKED)
def test_any_other_use_counts(body: str) -> None:
    assert "f" in touchy(body).entries


def test_texts_alone_are_told_from_code() -> None:
    assert touchy('state["conv.bias"] = x').only_names
    assert not touchy('state["conv.bias"] = m.bias').only_names
    assert not touchy('print(f"{m.bias}")').only_names


def test_methods_of_one_name_are_told_apart() -> None:
    text = "class A:\n  def forward(self, x):\n    return f(x, self.conv.bias)\n\n"
    text += "class B:\n  def forward(self, x):\n    return self.a(x)\n\n"
    text += "class C:\n  def forward(self, x):\n    return super().forward(x)\n"
    found = Touchy(text)
    assert [found.touches("forward", cls) for cls in "ABC"] == [True, False, True]
    assert found.entries == {"A", "C"}
