"""The code of the Keras guide runs, in order, as a reader would run it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "keras.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guide_runs_from_top_to_bottom() -> None:
    text = GUIDE.read_text("utf-8")
    names: dict[str, Any] = {}
    blocks = list(_BLOCK.finditer(text))
    assert len(blocks) >= 8
    for block in blocks:
        row = text.count("\n", 0, block.start(1))
        exec(compile("\n" * row + block[1], str(GUIDE), "exec"), names)


COMMANDS = re.findall(r"^\$ convbias-lint (.*)$", GUIDE.read_text("utf-8"), re.MULTILINE)
NETWORK = """\
import keras


def build(width=8):
    layers = [keras.Input((64, 64, 3)), keras.layers.Conv2D(width, 3), keras.layers.BatchNormalization()]
    return keras.Sequential(layers)
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras
    from models import randomised

    from convbias_lint.cli.main import main

    monkeypatch.chdir(tmp_path)
    layers = [keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3), keras.layers.BatchNormalization()]
    randomised(keras.Sequential(layers)).save("model.keras")
    Path("network.py").write_text(NETWORK, "utf-8")
    words = shlex.split(command)
    assert main(words) == (1 if words[0] == "audit" else 0)
    if words[0] != "audit":
        assert Path(words[-1]).is_file()
