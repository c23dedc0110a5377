"""Whether a file names a bias that it decides, and a norm: told from names, in what a definition leads to."""

from __future__ import annotations

import ast
import textwrap
from typing import Optional

import pytest

from convbias_lint.analysis.analyse import rows
from convbias_lint.analysis.awaited import Awaited
from convbias_lint.analysis.lower_statements import lower_block
from convbias_lint.analysis.values import UNKNOWN, Class, Const, Function, Partial, Value


def awaited(text: str, brought: Optional[Value] = None, name: str = "Net") -> tuple[bool, bool]:
    tree = ast.parse(textwrap.dedent(text))
    return Awaited(tree.body, rows().values()).from_(name, lambda _: brought or UNKNOWN)


def function(head: str) -> Function:
    (node,) = lower_block(ast.parse(f"def {head}: pass").body)
    return Function(node, None)  # type: ignore[arg-type]


def holder(init: Function) -> Class:
    (node,) = lower_block(ast.parse("class Block: pass").body)
    cls = Class(node, None, None, ())  # type: ignore[arg-type]
    cls.members["__init__"] = init
    cls.mro = (cls,)
    return cls


@pytest.mark.parametrize(
    ("line", "bias"),
    [
        ("nn.Conv2d(3, 8, 3)", True),
        ("nn.Conv2d(3, 8, 3, bias=False)", False),
        ("nn.Conv2d(3, 8, 3, bias=norm is None)", True),
        ("nn.Conv2d(3, 8, nn.Linear(2, 2), bias=False)", True),
        ("ConvNormAct(3, 8)", False),
        ("ConvNormAct(3, 8, conv_bias=True)", True),
        ("ConvNormAct(3, 8, bias=False)", False),
        ("ConvNormAct(3, 8, **{'bias': wanted})", True),
        ("layers.Dense(8)", True),
        ("layers.Dense(8, use_bias=False)", False),
        ("make(nn.Conv2d)", True),
        ("isinstance(self, (nn.Conv2d, nn.BatchNorm2d))", False),
        ("StdConv2d(3, 8, 3)", True),
        ("self.convolve(x)", False),
    ],
)
def test_biases(line: str, bias: bool) -> None:
    assert awaited(f"""
        class Net:
            def __init__(self):
                self.part = {line}
    """) == (bias, False)


@pytest.mark.parametrize(
    ("line", "norm"),
    [
        ("nn.BatchNorm2d(8)", True),
        ("partial(nn.InstanceNorm2d, affine=True)", True),
        ("F.batch_norm(x)", True),
        ("getattr(nn, f'BatchNorm{rank}d')", True),
        ("block(3, norm='BATCH')", True),
        ("block(3, norm='layer')", False),
        ("lambda_batchnorm2d()", True),
        ("conv_bn(3, 8)", True),
        ("ConvBN(3, 8)", True),
        ("ConvBnAct(3, 8)", True),
        ("nn.LayerNorm(8)", False),
        ("norm_layer(8)", False),
        ("F.normalize(x)", False),
        ("isinstance(self, nn.BatchNorm2d)", False),
    ],
)
def test_norms(line: str, norm: bool) -> None:
    assert awaited(f"""
        class Net:
            def __init__(self):
                self.part = {line}
    """) == (False, norm)


def test_what_a_definition_leads_to_counts() -> None:
    text = """
        from torch.nn import Conv2d as C, Linear
        import torch.nn as nn

        NORMS = {}
        NORMS["batch"] = nn.BatchNorm2d

        def stem(n):
            return C(3, n, 3), NORMS["batch"](n)

        class Conv2d(nn.Conv2d): ...

        class Plain:
            def __init__(self):
                self.conv = Quiet(3)

        def Quiet(n):
            return nn.Conv2d(3, n, 3, bias=False)

        class Net(Base):
            def __init__(self):
                self.stem = stem(8)
    """
    assert awaited(text) == (True, True)
    assert awaited(text, name="Plain") == (False, False)
    assert awaited(text, name="<module>") == (True, True)


SWITCHED_OFF = Const(False)


@pytest.mark.parametrize(
    ("brought", "bias"),
    [
        (function("block(n, bias=True)"), True),
        (function("block(n, bias)"), True),
        (function("block(n, bias=False)"), False),
        (function("block(n, bias=None)"), False),
        (function("block(n, **kwargs)"), False),
        (holder(function("__init__(self, n, use_bias=True)")), True),
        (holder(function("__init__(self, n, use_bias=False)")), False),
        (Partial(function("block(n, bias=True)"), (), {"bias": SWITCHED_OFF}), False),
        (Partial(function("block(n, bias=True)"), (), {"act": SWITCHED_OFF}), True),
        (UNKNOWN, False),
    ],
)
def test_an_import_whose_bias_is_on_unless_it_is_switched_off(brought: Value, bias: bool) -> None:
    text = """
        from parts import block as made

        def net(n):
            return made(n)
    """
    assert awaited(text, brought, "net") == (bias, False)


def test_a_star_may_bring_anything() -> None:
    assert awaited("from parts import *\nclass Net(Base): ...") == (True, True)
    assert awaited("from torch.nn import *\nclass Net(Module): ...") == (False, False)
