"""The hooks, run by the real pre-commit in a scratch repository against this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import FIXED, MODEL, ROOT, write

SHIPPED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "convbias_lint")
CONFIG = "repos:\n- repo: {repo}\n  rev: {rev}\n  hooks:\n  - id: {hook}\n"


def call(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment.update(
        PRE_COMMIT_HOME=str(folder.parent / "pre-commit-home"),
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_SYSTEM=os.devnull,
        GIT_AUTHOR_NAME="A",
        GIT_AUTHOR_EMAIL="a@example.org",
        GIT_COMMITTER_NAME="A",
        GIT_COMMITTER_EMAIL="a@example.org",
    )
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is shipped of this checkout, as a repository of its own."""
    folder = tmp_path_factory.mktemp("repositories") / "hooks"
    folder.mkdir()
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    call(folder, "git", "init", "-q")
    call(folder, "git", "add", ".")
    call(folder, "git", "commit", "-q", "-m", "As it is")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("hook", ["convbias-lint", "convbias-lint-fix"])
def test_hook(hook: str, hooks: Path) -> None:
    folder = hooks.parent / f"scratch-{hook}"
    rev = call(hooks, "git", "rev-parse", "HEAD").stdout.strip()
    write(
        folder,
        {
            "m.py": MODEL,
            "old/m.py": MODEL,
            "notes.txt": "nn.Conv2d",
            "pyproject.toml": "[tool.convbias-lint]\nexclude = ['old']\n",
            ".pre-commit-config.yaml": CONFIG.format(repo=hooks.as_uri(), rev=rev, hook=hook),
        },
    )
    call(folder, "git", "init", "-q")
    call(folder, "git", "add", ".")
    pre_commit = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never")
    first = call(folder, *pre_commit, check=False)
    assert first.returncode == 1, first.stdout + first.stderr
    assert (folder / "old" / "m.py").read_text() == MODEL
    if hook == "convbias-lint":
        assert "--> m.py:3:21" in first.stdout
        assert "old" not in first.stdout
        assert (folder / "m.py").read_text() == MODEL
        (folder / "m.py").write_text(FIXED)
    else:
        assert "files were modified by this hook" in first.stdout
        assert (folder / "m.py").read_text() == FIXED
    second = call(folder, *pre_commit, check=False)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Passed" in second.stdout
