"""The code of the Keras guide runs, in order, as a reader would run it."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize(
    "command", re.findall(r"^\$ convbias-lint (\w+) .*$", GUIDE.read_text("utf-8"), re.MULTILINE)
)
def test_its_commands_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras
    from models import randomised

    from convbias_lint.cli.main import main

    monkeypatch.chdir(tmp_path)
    layers = [keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3), keras.layers.BatchNormalization()]
    randomised(keras.Sequential(layers)).save("model.keras")
    line = re.search(rf"^\$ convbias-lint ({command} .*)$", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert line is not None
    words = line[1].split()
    assert main(words) == 0
    assert Path(words[-1]).is_file()
