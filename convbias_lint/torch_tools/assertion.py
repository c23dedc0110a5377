"""For people's own tests: fail where a model has a redundant bias."""

from __future__ import annotations

from torch import nn

from convbias_lint.torch_tools.call import Inputs
from convbias_lint.torch_tools.prove import audit


def assert_no_redundant_bias(
    model: nn.Module, inputs: Inputs, *, allow: tuple[str, ...] = (), allow_undecided: bool = True
) -> None:
    """Raise `AssertionError` naming each bias of ``model`` that is cancelled; ``inputs`` as in `audit`.

    ``allow`` are module paths that may keep theirs.  With ``allow_undecided=False``, a bias that the
    inputs do not reach, or that no output depends on differentiably, fails as well.
    """
    __tracebackhide__ = True
    layers = audit(model, inputs).layers
    lines = [
        f"  {layer.path}: {layer.layer} → {layer.way}"
        for layer in layers
        if layer.verdict.value == "redundant" and layer.path not in allow
    ]
    if not allow_undecided:
        lines += [
            f"  {layer.path}: {layer.layer}: undecided, {layer.reason}"
            for layer in layers
            if layer.verdict.value == "undecided" and layer.path not in allow
        ]
    if lines:
        count = f"{len(lines)} biases of {type(model).__name__} do nothing"
        if len(lines) == 1:
            count = f"1 bias of {type(model).__name__} does nothing"
        raise AssertionError(f"{count}:\n" + "\n".join(lines))
