"""Scripts that hold models: whatever is called a safe fix leaves them running."""

from __future__ import annotations

import pytest
from script_containers import CONTAINERS
from script_models import MODELS
from script_sparing import SPARING

from convbias_lint.finding import Applicability
from convbias_lint.fixes import apply_edits
from convbias_lint.rules.run import check_text

USING = {**CONTAINERS, **MODELS}
SCRIPTS = {**USING, **SPARING}


def fixed(text: str, *kinds: Applicability) -> str:
    compile(text, "model.py", "exec")
    fixes = [finding.fix for finding in check_text(text, "model.py").findings if finding.fix is not None]
    return apply_edits(
        text, sorted(edit for fix in fixes if fix.applicability in kinds for edit in fix.edits)
    )


def run(text: str) -> None:
    exec(compile(text, "script.py", "exec"), {"__name__": "script"})


@pytest.mark.parametrize("name", USING)
def test_a_script_that_uses_the_bias_has_no_safe_fix(name: str) -> None:
    text = USING[name]
    assert fixed(text, Applicability.SAFE) == text
    assert fixed(text, Applicability.UNSAFE) != text


@pytest.mark.parametrize("name", SPARING)
def test_a_script_that_spares_the_bias_has_a_safe_fix(name: str) -> None:
    assert "bias=False" in fixed(SPARING[name], Applicability.SAFE)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_runs_after_its_safe_fixes(name: str) -> None:
    pytest.importorskip("torch")
    run(SCRIPTS[name])
    run(fixed(SCRIPTS[name], Applicability.SAFE))


@pytest.mark.parametrize("name", USING)
def test_a_script_that_uses_the_bias_fails_without_it(name: str) -> None:
    pytest.importorskip("torch")
    with pytest.raises((AttributeError, TypeError, KeyError), match=r"None|bias"):
        run(fixed(USING[name], Applicability.UNSAFE))
