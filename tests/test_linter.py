"""One file: the gate, the public function, and errors that stay with their file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from convbias_lint import examine
from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes, lint_source

IMPORT = "import torch.nn as nn\n"
MODEL = f"{IMPORT}m = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\n"


def test_findings_of_a_text() -> None:
    (one,) = lint_source(MODEL)
    assert (one.code, one.filename, one.start.row, one.start.column) == ("CB101", "<string>", 2, 19)
    assert one.fix is not None


def test_a_text_is_read_as_its_path_says() -> None:
    assert [one.start.row for one in lint_source(f"```python\n{MODEL}```\n", "page.md")] == [3]


def test_a_relative_path_counts_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its packages are those that the current folder is in."""
    package = tmp_path / "pkg" / "deep"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (tmp_path / "pkg" / "norms.py").write_text(f"{IMPORT}def make(n): return nn.BatchNorm2d(n)\n")
    monkeypatch.chdir(package)
    text = f"{IMPORT}from ..norms import make\nm = nn.Sequential(nn.Conv2d(1, 2, 3), make(2))\n"
    (one,) = lint_source(text, "m.py")
    assert (one.code, one.filename, one.start.row) == ("CB101", "m.py", 3)


@pytest.mark.parametrize("path", ["m.py", os.path.join(os.path.abspath(os.sep), "m.py")])
def test_a_package_without_a_folder_above_it(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os.path, "isfile", lambda path: os.path.basename(path) == "__init__.py")
    assert [one.code for one in lint_source(f"from other import name\n{MODEL}", path)] == ["CB101"]


def test_a_text_that_cannot_be_read_raises() -> None:
    with pytest.raises(ValueError, match=r"n\.ipynb: broken notebook"):
        lint_source("{", "n.ipynb")
    with pytest.raises(ValueError, match="U\\+D800 is half a character"):
        lint_source("x = '\ud800'")


def test_a_file_without_layers_has_an_empty_result() -> None:
    result = lint_bytes(b"x = (\n", "m.py", Settings())
    assert result == ("m.py", (), (), None, (), (), None)


def test_a_syntax_error_is_one_finding() -> None:
    (one,) = lint_bytes(MODEL.encode() + b"x = = 1\n", "m.py", Settings()).findings
    assert (one.code, one.start.row) == ("CB900", 3)


def test_wide_text_is_refused_and_not_passed_over() -> None:
    error = lint_bytes(MODEL.encode("utf-16"), "m.py", Settings()).error
    assert error == "UTF-16 text, which Python does not read; save it as UTF-8"


@pytest.mark.parametrize(
    "error", [RecursionError("too deep"), MemoryError(), KeyError("a\nb"), BaseException()]
)
def test_an_error_of_ours_is_one_line(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(examine, "examine", fail)
    result = lint_bytes(MODEL.encode(), "m.py", Settings())
    assert result.error is not None
    assert result.error.startswith(
        f"internal error, please report: {type(error).__name__} at test_linter.py:"
    )
    assert "\n" not in result.error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interruption_is_no_error_of_the_file(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(examine, "examine", fail)
    with pytest.raises(type(error)):
        lint_bytes(MODEL.encode(), "m.py", Settings())


def test_files_without_layers_cost_no_import() -> None:
    """What is imported for a file that the gate rejects is counted, since each import costs every run."""
    program = (
        "import sys; from convbias_lint.linter import lint_bytes\n"
        "class Settings: layers = ()\n"
        "lint_bytes(b'x = 1', 'm.py', Settings)\n"
        "print(*sorted(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    heavy = {"dataclasses", "libcst", "json", "tokenize", "inspect", "ast", "pathlib", "difflib", "logging"}
    assert loaded & heavy == set()
    ours = {name for name in loaded if name.startswith("convbias_lint.")}
    assert ours == {"convbias_lint.gate", "convbias_lint.linter", "convbias_lint.result"}
