"""The cache and other files: a warm run finds what a cold one does, and what is not the cache's own stays."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Optional

import pytest
from test_cache import FULL, kept, task

from convbias_lint import __version__
from convbias_lint.cache import FOLDER, Cache, clear
from convbias_lint.config import Settings
from convbias_lint.discovery import Target
from convbias_lint.project import Options, lint_targets
from convbias_lint.result import FileResult

MODEL = """
from torch import nn
from {module} import make_norm


class {name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = make_norm(8)

    def forward(self, x):
        return self.norm(self.conv(x))
"""
NORM = "from torch import nn\n\n\ndef make_norm(channels):\n    return nn.{norm}(channels)\n"
# The larger file comes first, and by then it is known what the one that both import leads to.
FILES = {
    "first.py": MODEL.format(module="names", name="First") + "# the larger of the two\n",
    "second.py": MODEL.format(module="names", name="Second"),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / FOLDER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"names.py": "from norms import make_norm", "norms.py": "BatchNorm2d"}, {"norms.py": "GroupNorm"}),
        ({"names.py": "from norms import *", "norms.py": "GroupNorm"}, {"norms.py": "BatchNorm2d"}),
        ({}, {"names.py": "BatchNorm2d"}),
        ({"names/__init__.py": "BatchNorm2d"}, {"names.py": "GroupNorm"}),
        ({"names.py": "BatchNorm2d"}, {"names.py": None}),
    ],
    ids=["through another", "by a star", "none there", "in front of another", "gone"],
)
def test_a_warm_run_finds_what_a_cold_one_does(
    before: dict[str, str], after: dict[str, Optional[str]], folder: str, tmp_path: Path
) -> None:
    def found(cached: bool) -> list[FileResult]:
        targets = [Target(name, Settings()) for name in FILES]
        options = Options(jobs=1)
        outcomes = lint_targets(targets, options, open_cache=(lambda: Cache(folder)) if cached else None)
        return [outcome.result for outcome in outcomes]

    def write(texts: Mapping[str, Optional[str]]) -> None:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text if " " in text else NORM.format(norm=text))

    write({**FILES, **before})
    cold = found(cached=True)
    assert found(cached=True) == cold == found(cached=False)
    write(after)
    changed = found(cached=False)
    assert [result.findings for result in changed] != [result.findings for result in cold]
    assert found(cached=True) == changed


def test_a_folder_that_holds_other_things_keeps_them(folder: str) -> None:
    """Whoever writes the configuration chooses it, and may not be whose files are there."""
    others = ["old/thesis.txt", "1.0/notes.txt", "2.0/0.json/deep.txt", "v.txt"]
    for name in others:
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        os.utime(path.parent, (1, 1))
    kept(folder)
    assert {path.name for path in Path(folder).iterdir()} == {"old", "1.0", "2.0", "v.txt", __version__}
    assert Cache(folder).get(task()) == FULL
    assert clear(folder)
    assert [name for name in others if not (Path(folder) / name).exists()] == []


def test_clearing_leaves_nothing_of_ours(folder: str) -> None:
    kept(folder)
    assert clear(folder)
    assert not os.path.exists(folder)
    os.mkdir(folder)
    assert not clear(folder)
    kept(folder)
    (Path(folder) / "mine.txt").touch()
    assert clear(folder)
    assert os.listdir(folder) == ["mine.txt"]
    kept(folder)
    assert sorted(os.listdir(folder)) == [__version__, "mine.txt"]
    assert clear(folder)
    assert not clear(folder)
    assert os.listdir(folder) == ["mine.txt"]


def test_what_was_found_before_an_interruption_is_kept(folder: str) -> None:
    for name, text in FILES.items():
        Path(name).write_text(text)
    Path("names.py").write_text(NORM.format(norm="BatchNorm2d"))
    targets = [Target(name, Settings()) for name in FILES]

    def stop(done: int, count: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lint_targets(targets, Options(jobs=1), lambda: Cache(folder), stop)
    cache = Cache(folder)
    known = [cache.get(task(Path(name).read_bytes(), name)) for name in FILES]
    assert [result is not None and len(result.findings) for result in known] == [1, False]
