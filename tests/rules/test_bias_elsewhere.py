"""Code of other files that uses the bias of a layer: no fix that would break it is called safe."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest
from script_heads import NET

from convbias_lint.config import Settings
from convbias_lint.finding import Applicability
from convbias_lint.linter import lint_bytes
from convbias_lint.project import lint_paths

MODEL = f"import torch.nn as nn\nimport torch.nn.functional as F\n\n\n{NET}"

INIT = """\
def weights_init(m):
    if m.__class__.__name__.find("Conv") != -1:
        m.weight.data.normal_(0.0, 0.02)
        m.bias.data.fill_(0)
"""

USING = {
    "by name": {"train.py": "from model import Net\nnet = Net()\nnet.conv.bias.data.zero_()\n"},
    "by module": {"train.py": "import model\nnet = model.Net()\nnet.conv.bias.data.zero_()\n"},
    "by star": {"train.py": "from model import *\nnet = Net()\nnet.conv.bias.data.zero_()\n"},
    "in several lines": {
        "train.py": "from model import (\n    Net,\n)\nnet = Net()\nnet.conv.bias.data.zero_()\n"
    },
    "a loop": {
        "train.py": """\
            from torch import nn
            from model import Net

            net = Net()
            for m in net.modules():
                if isinstance(m, nn.Conv2d):
                    nn.init.zeros_(m.bias)
            """
    },
    "a helper in a third file": {
        "utils.py": INIT,
        "train.py": "from model import Net\nfrom utils import weights_init\nNet().apply(weights_init)\n",
    },
    "a method that is applied": {
        "train.py": """\
            from torch import nn
            from model import Net

            class Trainer:
                def __init__(self, net):
                    net.apply(self.init)

                def init(self, m):
                    if isinstance(m, nn.Conv2d):
                        m.bias.data.zero_()

            Trainer(Net())
            """
    },
    "a model around it": {
        "detector.py": """\
            from torch import nn
            from model import Net

            class Detector(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.net = Net()
                    nn.init.zeros_(self.net.conv.bias)
            """
    },
    "a subclass": {
        "larger.py": """\
            from torch import nn
            from model import Net

            class Larger(Net):
                def __init__(self):
                    super().__init__()
                    nn.init.zeros_(self.conv.bias)
            """
    },
    "the optimizer": {
        "train.py": """\
            import torch
            from model import Net

            net = Net()
            torch.optim.SGD([{"params": net.conv.weight}, {"params": net.conv.bias}], lr=0.1)
            """
    },
    "a subclass with a forward of its own": {
        "plain.py": """\
            from model import Net

            class Plain(Net):
                def forward(self, x):
                    return self.conv(x).relu()
            """
    },
    "a subclass that replaces the norm": {
        "plain.py": """\
            from torch import nn
            from model import Net

            class Plain(Net):
                def __init__(self):
                    super().__init__()
                    self.bn = nn.Identity()
            """
    },
    "the norm replaced": {
        "train.py": "from torch import nn\nfrom model import Net\nnet = Net()\nnet.bn = nn.Identity()\n"
    },
    "the layer run by itself": {"show.py": "from model import Net\nnet = Net()\nstem = net.conv(x)\n"},
    "the state dict": {"train.py": "from model import Net\nNet().state_dict()['conv.bias'].zero_()\n"},
}

SPARING = {
    "nothing": {"train.py": "from model import Net\nNet()\n"},
    "a guard": {
        "train.py": """\
            from torch import nn
            from model import Net

            for m in Net().modules():
                if isinstance(m, nn.Conv2d) and m.bias is not None:
                    nn.init.zeros_(m.bias)
            """
    },
    "another layer": {"train.py": "from model import Net\nnet = Net()\nnet.fc.bias.data.zero_()\n"},
    "another kind": {
        "train.py": """\
            from torch import nn
            from model import Net

            for m in Net().modules():
                if isinstance(m, nn.Linear):
                    nn.init.zeros_(m.bias)
            """
    },
    "a helper that nobody gives it": {"utils.py": INIT, "train.py": "from model import Net\nNet()\n"},
    "a model of the same name": {
        "other.py": MODEL.replace("self.fc = ", "nn.init.zeros_(self.conv.bias)\n        self.fc = ")
    },
    "a subclass that adds a method": {
        "larger.py": """\
            from model import Net

            class Larger(Net):
                def twice(self, x):
                    return self(x), self(x)
            """
    },
    "a count of channels": {"train.py": "from model import Net\nprint(Net().conv.out_channels)\n"},
    "another model with such a layer": {
        "other.py": f"from model import Net\nfrom torch import nn\n\n\n{NET.replace('Net', 'Other')}"
    },
    "a broken file": {"train.py": "from model import Net\nnet = Net(\nnet.conv.bias.data.zero_()\n"},
}


def kinds(folder: Path, files: dict[str, str], package: bool = False) -> set[Applicability]:
    """What the fix of the model's layer is called beside some files."""
    folder = folder / "models" if package else folder
    folder.mkdir(exist_ok=True)
    if package:
        (folder / "__init__.py").write_text("from .model import Net\n")
    for name, text in {"model.py": MODEL, **files}.items():
        if package:
            text = text.replace("from model ", "from .model ").replace("import model", "from . import model")
            text = text.replace("from utils", "from .utils")
        (folder / name).write_text(textwrap.dedent(text))
    (result,) = lint_paths([str(folder / "model.py")])
    findings = result.findings
    assert [finding.code for finding in findings] == ["CB101"]
    return {finding.fix.applicability for finding in findings if finding.fix is not None}


@pytest.mark.parametrize("package", [False, True])
@pytest.mark.parametrize("name", USING)
def test_a_file_that_uses_the_bias_makes_the_fix_unsafe(name: str, package: bool, tmp_path: Path) -> None:
    assert kinds(tmp_path, USING[name], package) == {Applicability.UNSAFE}


@pytest.mark.parametrize("package", [False, True])
@pytest.mark.parametrize("name", SPARING)
def test_a_file_that_spares_the_bias_leaves_the_fix_safe(name: str, package: bool, tmp_path: Path) -> None:
    assert kinds(tmp_path, SPARING[name], package) == {Applicability.SAFE}


def test_a_script_beside_the_package(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text("from models import Net\nnet = Net()\nnet.conv.bias.data.zero_()\n")
    assert kinds(tmp_path, {}, package=True) == {Applicability.UNSAFE}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_as_other_editors_write_it(mark: str, end: str, tmp_path: Path) -> None:
    text = f"{mark}from model import Net\nnet = Net()\nnet.conv.bias.data.zero_()\n".replace("\n", end)
    (tmp_path / "train.py").write_bytes(text.encode())
    assert kinds(tmp_path, {}) == {Applicability.UNSAFE}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_are_never_waited_for(tmp_path: Path) -> None:
    for name in ("layers.py", "utils.py"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "model.py").write_text(f"from layers import Block\n{MODEL}")
    (result,) = lint_paths([str(tmp_path / "model.py")])
    assert [finding.code for finding in result.findings] == ["CB101"]


def test_results_depend_on_the_files_that_import_the_model(tmp_path: Path) -> None:
    assert kinds(tmp_path, SPARING["nothing"]) == {Applicability.SAFE}
    (result,) = lint_paths([str(tmp_path / "model.py")])
    assert str(tmp_path / "train.py") in result.dependencies


def test_an_import_that_the_model_gains_is_seen_at_once(tmp_path: Path) -> None:
    (tmp_path / "utils.py").write_text(INIT)
    path = os.fspath(tmp_path / "model.py")
    safety = [
        finding.fix.applicability
        for text in (MODEL, f"from utils import weights_init\n{MODEL}")
        for finding in lint_bytes(text.encode(), path, Settings()).findings
        if finding.fix is not None
    ]
    assert safety == [Applicability.SAFE, Applicability.UNSAFE]
