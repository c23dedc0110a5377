"""Code that uses ``.bias``: what fails with a layer that has none, what is guarded, what is not known."""

from __future__ import annotations

import pytest
from bias_findings import found, redundant_fix, rows_of
from bias_guarded import GUARDED
from bias_shapes import FAILING, LOOP, UNGUARDED, net

from convbias_lint.finding import Applicability
from convbias_lint.fixes import apply_edits
from convbias_lint.rules.run import check_text


@pytest.mark.parametrize("statement", FAILING)
def test_what_fails_with_none_is_found(statement: str) -> None:
    text = net(LOOP.format(statement))
    findings = found(text)
    assert rows_of(text, findings) == [statement]


@pytest.mark.parametrize("statement", FAILING)
def test_a_layer_with_a_bias_does_not_fail(statement: str) -> None:
    assert found(net(LOOP.format(statement), bias="")) == []


@pytest.mark.parametrize("statement", FAILING)
def test_what_would_fail_makes_the_fix_of_a_redundant_bias_unsafe(statement: str) -> None:
    assert redundant_fix(net(LOOP.format(statement), bias="")) is Applicability.UNSAFE


@pytest.mark.parametrize("code", GUARDED.values(), ids=GUARDED)
def test_guarded_code_is_left_alone(code: str) -> None:
    assert found(net(code)) == []


# Here the bias is used otherwise: it is not redundant.
NEEDED = ("another bias", "functional")
# Here the code stops where there is none.
DEMANDED = ("an assertion",)


@pytest.mark.parametrize("name", [name for name in GUARDED if name not in NEEDED + DEMANDED])
def test_guarded_code_keeps_fixes_safe(name: str) -> None:
    assert redundant_fix(net(GUARDED[name], bias="")) is Applicability.SAFE


@pytest.mark.parametrize("name", DEMANDED)
def test_code_that_stops_without_a_bias_makes_fixes_unsafe(name: str) -> None:
    assert redundant_fix(net(GUARDED[name], bias="")) is Applicability.UNSAFE


@pytest.mark.parametrize(("code", "expected"), UNGUARDED.values(), ids=UNGUARDED)
def test_unguarded_code_is_found(code: str, expected: list[str]) -> None:
    text = net(code)
    assert rows_of(text, found(text)) == expected


@pytest.mark.parametrize("code", [code for code, _ in UNGUARDED.values()], ids=UNGUARDED)
def test_unguarded_code_makes_fixes_unsafe(code: str) -> None:
    assert redundant_fix(net(code, bias="")) is Applicability.UNSAFE


@pytest.mark.parametrize(("code", "expected"), UNGUARDED.values(), ids=UNGUARDED)
def test_fixing_guards_and_settles(code: str, expected: list[str]) -> None:
    text = net(code)
    edits = []
    for finding in found(text):
        assert finding.fix is not None
        assert finding.fix.applicability is Applicability.SAFE
        edits += finding.fix.edits
    fixed = apply_edits(text, sorted(edits))
    assert fixed.count(" is not None:\n") == len(expected)
    assert found(fixed) == []


# Code that decides itself whether the access happens, or what the layer is.
UNSURE = {
    "an option that is off": """
        if other:
            self.conv.bias.data.fill_(0)
    """,
    "an unknown function": """
        from mylib import initialise
        initialise(self.conv.bias)
    """,
    "a loop that may end before": """
        for m in self.modules():
            if isinstance(m, nn.Linear):
                break
            if isinstance(m, nn.Conv2d):
                m.bias.data.zero_()
    """,
    "another model": """
        for m in other.modules():
            if isinstance(m, nn.Conv2d):
                m.bias.data.zero_()
    """,
    "an input": """
        F.relu(self.conv.bias)
    """,
    "a target": """
        F.mse_loss(self.norm.bias, self.conv.bias)
    """,
    "a default": """
        def reset(bias=self.conv.bias):
            bias.data.zero_()

        reset()
    """,
    "a default of a lambda": """
        reset = lambda bias=self.conv.bias: bias.data.zero_()
        reset()
    """,
    "an assertion": """
        assert self.conv.bias is not None
        nn.init.zeros_(self.conv.bias)
    """,
    "an error": """
        if self.conv.bias is None:
            raise ValueError("a bias is wanted")
    """,
    "several targets": """
        first, *rest = self.conv.bias
    """,
    "a comprehension": """
        numbers = [float(number) for number in self.conv.bias]
    """,
    "a dictionary": """
        held = dict(bias=self.conv.bias)
        held["bias"].data.zero_()
    """,
    "an unknown context": """
        import contextlib
        with contextlib.suppress(AttributeError):
            self.conv.bias.data.zero_()
    """,
}


@pytest.mark.parametrize("code", UNSURE.values(), ids=UNSURE)
def test_what_is_not_certain_is_not_said(code: str) -> None:
    assert found(net(code)) == []


@pytest.mark.parametrize("code", UNSURE.values(), ids=UNSURE)
def test_what_is_not_certain_makes_fixes_unsafe(code: str) -> None:
    assert redundant_fix(net(code, bias="")) is Applicability.UNSAFE


READ_IN_FORWARD = [
    "self.conv.bias",
    "self.conv.bias.data",
    "self.conv.bias[0]",
    "-self.conv.bias",
    "self.conv.bias ** 2",
    "self.conv.bias.square().sum()",
    "torch.sum(self.conv.bias)",
    "torch.cat([self.conv.bias, self.norm.bias])",
    "F.conv2d(x, self.conv.weight, self.conv.bias)",
]


@pytest.mark.parametrize("read", READ_IN_FORWARD)
def test_a_bias_that_forward_reads_is_needed(read: str) -> None:
    text = net(bias="").replace("return self.head(", f"extra = {read}\n        return extra, self.head(")
    compile(text, "model.py", "exec")
    assert check_text(text, "model.py").findings == ()


SET_AT_FIRST = [
    "nn.init.zeros_(self.conv.bias)",
    "self.conv.bias.data.zero_()",
    "self.conv.bias.data.uniform_(-1, 1)",
    "self.conv.bias.requires_grad_(False)",
    "other(self.conv.bias)",
]


@pytest.mark.parametrize("statement", SET_AT_FIRST)
def test_a_first_value_is_no_reason_to_keep_a_bias(statement: str) -> None:
    assert redundant_fix(net(statement, bias="")) is Applicability.UNSAFE
