"""Which classes are run at all: those that lead to a norm, by whatever way, in this file or others."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest

from convbias_lint.analysis import entries, loader
from convbias_lint.analysis.analyse import forget
from convbias_lint.analysis.loader import Loader
from convbias_lint.analysis.outline import Goal, Outline
from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes
from convbias_lint.rules.run import check_text

MODEL = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = {norm}

    def forward(self, x):
        return self.norm(self.conv(x))
"""

WAYS = {
    "named": ("", "nn.BatchNorm2d(8)", {}),
    "under another name": ("from torch.nn import BatchNorm2d as BN", "BN(8)", {}),
    "by a function": (
        "from parts import norm_of",
        "norm_of(8)",
        {"parts.py": "{nn}\ndef norm_of(n):\n    return nn.BatchNorm2d(n)"},
    ),
    "by a module": (
        "import parts",
        "parts.norm_of(8)",
        {"parts.py": "{nn}\ndef norm_of(n):\n    return nn.BatchNorm2d(n)"},
    ),
    "by a star": (
        "from parts import *",
        "norm_of(8)",
        {"parts.py": "{nn}\ndef norm_of(n):\n    return nn.BatchNorm2d(n)"},
    ),
    "handed on": (
        "from parts import Norm",
        "Norm(8)",
        {"parts.py": "from deeper import BN as Norm", "deeper.py": "from torch.nn import BatchNorm2d as BN"},
    ),
    "by a dict": (
        "from parts import norms",
        'norms["batch"](8)',
        {"parts.py": '{nn}\nnorms = {{\n    "batch": nn.BatchNorm2d,\n}}'},
    ),
    "by a decorator": (
        "from parts import norms",
        'norms["batch"](8)',
        {
            "parts.py": "{nn}\nnorms = {{}}\n\ndef register(name):\n"
            "    def keep(cls):\n        norms[name] = cls\n"
            "        return cls\n    return keep\n\n"
            '@register("batch")\nclass Batch(nn.BatchNorm2d):\n    pass'
        },
    ),
    "in one row": ("NORM = 1; BN = nn.BatchNorm2d", "BN(8)", {}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_norm_is_found_by_every_way(way: str, tmp_path: Path) -> None:
    head, norm, others = WAYS[way]
    text = f"from torch import nn\n{head}\n{MODEL.format(norm=norm)}"
    for name, content in others.items():
        (tmp_path / name).write_text(content.format(nn="from torch import nn"), encoding="utf-8")
    path = tmp_path / "model.py"
    path.write_text(text, encoding="utf-8")
    result = lint_bytes(text.encode(), str(path), Settings())
    assert [finding.code for finding in result.findings] == ["CB101"]
    assert {Path(other).name for other in result.dependencies} >= others.keys()


def test_what_leads_to_no_norm_is_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(self: object) -> None:
        raise AssertionError("run")

    monkeypatch.setattr(entries.Runner, "run_all", fail)
    (tmp_path / "parts.py").write_text("class Scale:\n    '''No BatchNorm2d.'''\n", encoding="utf-8")
    for norm in ("nn.LayerNorm(8)", "Scale()", "x if isinstance(self, nn.BatchNorm2d) else None"):
        text = f"from torch import nn\nfrom parts import Scale\nbn = 1\n{MODEL.format(norm=norm)}"
        assert check_text(text, str(tmp_path / "model.py"), missing=False).findings == ()
    with pytest.raises(AssertionError, match="run"):
        check_text(
            "from torch import nn\n" + MODEL.format(norm="nn.BatchNorm2d(8)"), "model.py", missing=False
        )


def _runs(monkeypatch: pytest.MonkeyPatch, text: str, path: Path) -> list[str]:
    """What is run for a text, by name and in order."""
    names: list[str] = []
    original = entries.Runner._guarded

    def noted(runner: entries.Runner, name: str, run: object) -> object:
        names.append(name)
        return original(runner, name, run)

    with monkeypatch.context() as patch:
        patch.setattr(entries.Runner, "_guarded", noted)
        check_text(text, str(path), missing=False)
    return names


STEM = """
class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x).relu()


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Stem()

    def forward(self, x):
        return self.stem(x)
"""


def test_what_may_speak_against_a_finding_runs_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    normed = "self.norm(self.stem(x))"
    for forward, found in ((normed, True), ("self.norm(x) + self.stem(x).sum()", False)):
        stem = STEM.replace(".relu()", "") if found else STEM
        net = MODEL.replace("self.conv = nn.Conv2d(3, 8, 3)", "self.stem = Stem()")
        net = net.replace("self.norm(self.conv(x))", forward).format(norm="nn.BatchNorm2d(8)")
        text = f"from torch import nn\n{stem}\n{net}"
        assert ("Other" in _runs(monkeypatch, text, tmp_path / "model.py")) is found
        assert check_text(text, str(tmp_path / "model.py")).findings == ()


def test_names_in_the_strings_of_a_table_are_not_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    model = MODEL.format(norm="nn.BatchNorm2d(8)")
    for script, runs in (
        ('URLS = dict(small="Net.pth")', False),
        ('URLS = table({"Net.small": "https://example.org"})', False),
        ("net = Net()", True),
        ('net = globals()["Net"]()', True),
    ):
        text = f"from torch import nn\n{model}\n\n{script}\n"
        names = _runs(monkeypatch, text, tmp_path / "model.py")
        assert ("<module>" in names) is runs


def test_a_norm_passed_to_a_class_of_the_same_name_is_no_other_classs(tmp_path: Path) -> None:
    block = """
class Block(nn.Module):
    def __init__(self, norm=None):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = norm(8) if norm is not None else nn.Identity()

    def forward(self, x):
        return self.norm(self.conv(x))
"""
    use = "net = Block(norm=nn.BatchNorm2d)\n"
    (tmp_path / "__init__.py").touch()
    path = tmp_path / "model.py"
    path.write_text(f"from torch import nn\n{block}", encoding="utf-8")
    for others, expected in ((f"{block}\n{use}", []), (f"from .model import Block\n{use}", ["CB105"])):
        (tmp_path / "other.py").write_text(f"from torch import nn\n{others}", encoding="utf-8")
        forget()
        found = check_text(path.read_text(encoding="utf-8"), str(path), missing=False).findings
        assert [finding.code for finding in found] == expected


def test_a_norm_that_another_file_gains_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(loader, "LONG", float("inf"))  # a busy machine is no large project
    text = "from torch import nn\nfrom parts import norm_of\n" + MODEL.format(norm="norm_of(8)")
    parts = tmp_path / "parts.py"
    forget()  # of thousands of files that other tests looked at, it is not asked each time which have changed
    for norm, expected in (("LayerNorm", []), ("BatchNorm2d", ["CB101"]), ("Identity", [])):
        parts.write_text(
            f"from torch import nn\ndef norm_of(n):\n    return nn.{norm}(n)\n# {norm}\n", encoding="utf-8"
        )
        found = check_text(text, str(tmp_path / "model.py")).findings
        assert [finding.code for finding in found if finding.code == "CB101"] == expected


def test_even_the_root_of_the_file_system_can_be_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.isfile", lambda path: path.endswith("__init__.py"))
    assert Loader().package_of(os.path.abspath("/app/net/m.py")) == os.path.abspath("/app")


def test_a_file_without_a_norm_in_reach_must_parse_all_the_same() -> None:
    text = "from torch import nn\nbn = nn.Conv2d(3, 8, 3)\nx = (\n"
    assert [finding.code for finding in check_text(text, "model.py", missing=False).findings] == ["CB900"]


def test_the_outline_of_a_file() -> None:
    outline = Outline(
        textwrap.dedent('''
        """Speaks of
        BatchNorm2d."""
        import pkg.layers as L
        from . import (
            one,  # nn.BatchNorm2d
            two as other,
        )
        if True:
            from .deep import *
            def choose(): return nn.InstanceNorm2d
        WIDTH: int = 3
        class Block(L.Base):
            norm = 3
        ''')
    )
    assert set(outline.bound) >= {"choose", "WIDTH", "Block"}
    assert set(outline.imports) == {"L", "one", "other"}
    assert outline.stars == []
    assert [Goal.NORM in statement.goals for statement in outline.bound["choose"]] == [True]
    assert [Goal.NORM in statement.goals for statement in outline.bound["Block"]] == [False]
    assert outline.bound["Block"][0].names >= {"L", "Base"}
