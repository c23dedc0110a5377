"""Random models: what the linter finds and what the gradients prove must agree, and fixes keep the function.

A few hundred models in each run; ``pytest --long`` makes it thousands.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from case_model import assert_same_function, built, contradictions, on_other_numbers, shake
from hypothesis import HealthCheck, given, note, settings, strategies as st
from model_flows import flows
from model_generator import MODELS, Model
from model_shapes import shapes

from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes
from convbias_lint.torch_tools import audit

MODELS = {**MODELS, "flows": flows(), "shapes": shapes()}

pytestmark = pytest.mark.usefixtures("needs_torch")


def check(model: Model) -> None:
    """Lint, fix, build before and after, prove."""
    note(model.source)
    # A norm over several channels divides by a number that the bias moves, and two norms behind it all
    # but take that away again: redundant up to their eps, which is nothing for a linter to find.
    provable = model.provable and "GroupNorm(1," not in model.source and "LayerNorm" not in model.source
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("before", "after"):
            (folder / name).mkdir()
        before = folder / "before" / "model.py"
        data = model.source.encode()
        before.write_bytes(data)
        result = lint_bytes(data, str(before), Settings(select=("CB1",)), fix="unsafe")
        assert result.error is None
        findings = list(lint_bytes(data, str(before), Settings(select=("CB1",))).findings)
        (folder / "after" / "model.py").write_bytes(result.new_data or data)
        note((result.new_data or data).decode())
        for run in model.runs:
            note(run)
            old, new = (built(folder / name, "model.py", run) for name in ("before", "after"))
            shake(old.model)
            wrong = contradictions(audit(*old).layers, findings, set())
            assert not [line for line in wrong if "needed" in line]
            for seed in (2, 3) if wrong and provable else ():
                again = contradictions(audit(*on_other_numbers(old, seed)).layers, findings, set())
                wrong = [line for line in wrong if line in again]
            assert not (wrong and provable)
            if wrong:
                old = built(folder / "before", "model.py", run)
            assert_same_function(old, new)


@pytest.mark.parametrize("kind", MODELS)
def test_linter_and_gradients_agree(kind: str, request: pytest.FixtureRequest) -> None:
    count = 2000 if request.config.getoption("--long") else 80

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        suppress_health_check=list(HealthCheck),
    )
    @given(MODELS[kind])
    def agree(model: Model) -> None:
        check(model)

    agree()


@pytest.mark.parametrize("kind", MODELS)
def test_the_generator_makes_both_kinds_of_biases(kind: str) -> None:
    """A generator of nothing but needed biases would prove nothing."""
    sources: list[Model] = []

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(MODELS[kind], st.just(None))
    def collect(model: Model, _: None) -> None:
        sources.append(model)

    collect()
    found = [
        len(lint_bytes(model.source.encode(), "model.py", Settings(select=("CB1",))).findings)
        for model in sources
    ]
    assert sum(found) >= len(sources) / 4
    assert 0 in found
