"""CB900: a file that is no Python."""

from __future__ import annotations

from convbias_lint.rules.rule import Rule

RULE = Rule(
    code="CB900",
    name="syntax-error",
    summary="File that does not parse",
    default=True,
    fixable="never",
    what="Reports a file that does not parse, with the place where the parser gave up.",
    why="""\
Nothing in such a file was checked, so silence about it would mislead. Other files of the same run are
checked all the same. (A file that names no layer or no norm can hold no finding: it is not parsed at all.)

What the Python that convbias-lint runs on does not know, LibCST's parser may: syntax of newer Pythons is
read on older ones. Comments such as `# noqa` cannot silence this rule; `--ignore CB900` and
`per-file-ignores` can.""",
    example="""\
from torch import nn

net = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU()
""",
    use_instead="""\
from torch import nn

net = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU())
""",
    fix_safety="",
    references=(
        ("Python: the full grammar specification", "https://docs.python.org/3/reference/grammar.html"),
        ("LibCST", "https://libcst.readthedocs.io/"),
    ),
)
