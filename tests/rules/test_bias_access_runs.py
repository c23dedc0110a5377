"""The shapes of bias access, run by PyTorch: what is said to fail does, and what is guarded does not."""

from __future__ import annotations

import warnings

import pytest
from bias_guarded import GUARDED
from bias_shapes import FAILING, LOOP, UNGUARDED, net

from convbias_lint.finding import Edit
from convbias_lint.fixes import apply_edits
from convbias_lint.rules.run import check_text

torch = pytest.importorskip("torch")


def build(text: str) -> None:
    """Run the model's code and make one."""
    names: dict[str, object] = {"__name__": "model"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # init.constant is deprecated
        exec(compile(text + "\nNet()\n", "model.py", "exec"), names)


@pytest.mark.parametrize("statement", FAILING)
def test_it_fails_without_a_bias(statement: str) -> None:
    with pytest.raises((AttributeError, TypeError), match="NoneType"):
        build(net(LOOP.format(statement)))


@pytest.mark.parametrize("code", [code for code, _ in UNGUARDED.values()], ids=UNGUARDED)
def test_unguarded_code_fails_until_it_is_fixed(code: str) -> None:
    text = net(code)
    with pytest.raises((AttributeError, TypeError), match="NoneType"):
        build(text)
    edits: list[Edit] = []
    for finding in check_text(text, "model.py").findings:
        if finding.code == "CB201" and finding.fix is not None:
            edits += finding.fix.edits
    build(apply_edits(text, sorted(edits)))


@pytest.mark.parametrize("name", GUARDED)
def test_guarded_code_runs(name: str) -> None:
    if name == "an assertion":
        with pytest.raises(AssertionError):
            build(net(GUARDED[name]))
    else:
        build(net(GUARDED[name]))


@pytest.mark.parametrize("statement", FAILING)
def test_it_runs_with_a_bias(statement: str) -> None:
    build(net(LOOP.format(statement), bias=""))
