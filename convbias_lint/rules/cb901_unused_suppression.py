"""CB901: a comment that silences nothing."""

from __future__ import annotations

from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB901",
    name="unused-suppression",
    summary="Comment that silences a finding that is not there",
    default=True,
    fixable="always",
    what="""\
Finds `# noqa: CB...` and `# convbias-lint: ignore[...]` comments, for a row or for a file, with codes of
convbias-lint that silence nothing.""",
    why="""\
A suppression outlives its reason: the layer was fixed, the norm was taken out, the code has moved on. What is
left tells the reader of a problem that is not there, and will hide the next one on its row.

Codes of other tools are left alone, and so are codes of rules that are not selected in this run.""",
    example="""\
from torch import nn

conv = nn.Conv2d(3, 16, 3, bias=False)  # noqa: CB101
norm = nn.BatchNorm2d(16)
""",
    use_instead="""\
from torch import nn

conv = nn.Conv2d(3, 16, 3, bias=False)
norm = nn.BatchNorm2d(16)
""",
    fix_safety="""\
The fix takes out the code, or the whole comment where nothing else is left of it. It changes comments only
and is safe.""",
    references=(
        (
            "flake8: selecting and ignoring violations",
            "https://flake8.pycqa.org/en/latest/user/violations.html",
        ),
    ),
)
