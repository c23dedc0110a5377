"""Starting must cost next to nothing: most files hold no model, and most runs are over a few files."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import CLEAN, environment

HEAVY = {
    "ast",
    "asyncio",
    "concurrent",
    "dataclasses",
    "difflib",
    "email",
    "hashlib",
    "importlib.metadata",
    "inspect",
    "json",
    "libcst",
    "logging",
    "multiprocessing",
    "pathlib",
    "pathspec",
    "pkgutil",
    "shutil",
    "signal",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
    "tokenize",
    "tomli",
    "tomllib",
    "torch",
    "urllib",
    "zipfile",
}


def loaded(tmp_path: Path, *words: str) -> set[str]:
    """What a run imports beyond what the interpreter itself does."""
    program = (
        "import sys\nfrom convbias_lint.cli.main import main\n"
        f"main({list(words)!r})\nprint(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path,
        env={**environment(), "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_a_file_without_layers_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text("x = 1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'p'\n")
    (tmp_path / ".gitignore").write_text("build/\n")
    assert loaded(tmp_path, "plain.py") & HEAVY == set()
    assert not (tmp_path / ".convbias_lint_cache").exists()


def test_libcst_is_imported_only_for_syntax_that_this_python_lacks(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(CLEAN.replace(", bias=False", ""))
    assert "libcst" not in loaded(tmp_path, "m.py", "--no-cache")
    (tmp_path / "m.py").write_text(f"{CLEAN}\n\ntype Size = int\n")
    assert ("libcst" in loaded(tmp_path, "m.py", "--no-cache")) == (sys.version_info < (3, 12))


def test_a_cached_file_does_not_import_the_analysis(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(CLEAN)
    assert "convbias_lint.analysis" in loaded(tmp_path, "m.py")
    assert loaded(tmp_path, "m.py") & {"libcst", "dataclasses", "convbias_lint.analysis"} == set()


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["config"], ["clean"]])
def test_small_commands_import_no_analysis(words: list[str], tmp_path: Path) -> None:
    assert loaded(tmp_path, *words) & {"libcst", "convbias_lint.analysis", "convbias_lint.examine"} == set()


def best(tmp_path: Path, *words: str) -> float:
    """The shortest of some runs, compiled as installed: what the machine does besides makes one longer."""
    compiled = {**environment(), "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    times = []
    for _ in range(12):
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], cwd=tmp_path, env=compiled, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times)


def test_one_file_without_layers_takes_at_most_four_bare_interpreters(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text("x = 1\n")
    bare = best(tmp_path, "-c", "pass")
    entry = "from convbias_lint.cli.main import main; main()"
    assert best(tmp_path, "-c", entry, "plain.py") <= 4 * bare
