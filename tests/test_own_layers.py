"""Layers of the user's own, as the key ``layers`` of the configuration declares them."""

from __future__ import annotations

from pathlib import Path

import convbias_lint

MODEL = """\
import mylib.blocks as blocks
from mylib import Mix, Scale
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 3)
        self.mix = Mix()
        self.scale = Scale(8)
        self.second = blocks.Convolve(8, 8)
        self.whiten = blocks.Whiten(8)
        self.last = blocks.Convolve(8, 8)

    def forward(self, x):
        x = self.scale(self.mix(self.first(x))).relu()
        return self.last(self.whiten(self.second(x)))
"""
DECLARED = """\
[tool.convbias-lint.layers]
"mylib.Scale" = { cancels = true }
"mylib.Mix" = { passes = true }
"mylib.blocks.Whiten" = { cancels = true }
"mylib.blocks.Convolve" = { introduces = "use_bias" }
"""


def found(folder: Path) -> list[tuple[int, str]]:
    (result,) = convbias_lint.lint_paths([str(folder / "model.py")])
    return [(finding.start.row, finding.code) for finding in result.findings]


def test_declared_layers_are_followed(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL)
    (tmp_path / "pyproject.toml").write_text(DECLARED)
    assert found(tmp_path) == [(9, "CB104"), (12, "CB101")]
    (result,) = convbias_lint.lint_paths([str(tmp_path / "model.py")])
    fix = result.findings[1].fix
    assert fix is not None
    assert [edit.content for edit in fix.edits] == [", use_bias=False"]


def test_what_is_not_declared_uses_the_bias(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL)
    (tmp_path / "pyproject.toml").write_text(DECLARED.replace('"mylib.Mix" = { passes = true }\n', ""))
    assert found(tmp_path) == [(12, "CB101")]
    (tmp_path / "pyproject.toml").write_text("[tool.convbias-lint]\n")
    assert found(tmp_path) == []
