"""The small commands, and what a missing extra says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import CLEAN, MODEL, ROOT, Run, environment, write

from convbias_lint.cli.main import COMMANDS
from convbias_lint.config_keys import KEYS


def test_config_lists_every_key(run: Run) -> None:
    status, out, _ = run("config")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == [key.name for key in KEYS]


def test_config_explains_a_key(run: Run) -> None:
    status, out, _ = run("config", "per-file-ignores")
    assert status == 0
    assert "Example:\n  [tool.convbias-lint]\n  per-file-ignores = {" in out
    status, out, err = run("config", "per-file-ignore")
    assert (status, out) == (2, "")
    assert err.endswith("unknown key `per-file-ignore`; did you mean `per-file-ignores`?\n")


def test_config_as_json(run: Run) -> None:
    document = json.loads(run("config", "--output-format", "json").out)
    assert list(document) == [key.name for key in KEYS]
    assert document["force-exclude"]["default"] is False


def test_clean_removes_what_check_left_and_nothing_else(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL, "a/m.py": CLEAN, "b/.convbias_lint_cache/mine.txt": "not a cache"})
    run()
    (tmp_path / "a" / "convbias-lint.toml").write_text("")
    run("--config", "cache-dir=elsewhere")
    assert (tmp_path / ".convbias_lint_cache").is_dir()
    assert run("clean") == (0, "Removed .convbias_lint_cache\n", "")
    assert run("clean") == (0, "", "")
    assert (tmp_path / "elsewhere").is_dir()
    assert (tmp_path / "b/.convbias_lint_cache/mine.txt").exists()
    write(tmp_path, {"convbias-lint.toml": "cache-dir = 'elsewhere'"})
    assert run("clean", "-q") == (0, "", "")
    assert not (tmp_path / "elsewhere").exists()
    write(tmp_path, {"convbias-lint.toml": "cache-dir = 'shared'", "shared/CACHEDIR.TAG": "of another tool"})
    assert run("-e").status == 0
    assert run("clean") == (0, f"Removed {tmp_path / 'shared'}\n", "")
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["CACHEDIR.TAG"]
    write(tmp_path, {"convbias-lint.toml": "cache-dir = '.convbias_lint_cache'"})
    assert run("-e").status == 0
    assert run("clean") == (0, "Removed .convbias_lint_cache\n", "")
    assert run("clean", "nope") == (2, "", "nope: no such folder\n")


def test_no_cache_leaves_no_cache(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    assert run("--no-cache").status == 1
    assert not (tmp_path / ".convbias_lint_cache").exists()
    assert run("--cache-dir", "c").status == 1
    assert (tmp_path / "c" / ".gitignore").exists()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_that_fits_a_terminal(command: str, run: Run) -> None:
    status, out, err = run(command, "--help", COLUMNS="80")
    assert (status, err) == (0, "")
    assert out.startswith("usage: convbias-lint ")
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "missing", "message"),
    [
        (["--watch"], "watchfiles", "--watch needs watchfiles, .*pip install 'convbias-lint\\[watch\\]'"),
        (["server"], "pygls", "pip install 'convbias-lint\\[lsp\\]'"),
        (["audit", "m:f"], "torch", "pip install 'convbias-lint\\[torch\\]'"),
        (["fold", "a.pt", "b.pt"], "torch", "pip install 'convbias-lint\\[torch\\]'"),
        (["migrate", "a.pt", "b.pt"], "torch", "pip install 'convbias-lint\\[torch\\]'"),
    ],
)
def test_a_missing_extra_is_one_line(words: list[str], missing: str, message: str, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        f"from convbias_lint.cli.main import main; sys.exit(main({words!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert re.search(message, done.stderr)


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    write(tmp_path, {f"m{number}.py": MODEL for number in range(40)})
    command = f"'{sys.executable}' -m convbias_lint --no-cache | head -1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert done.stdout.startswith("CB101")
    assert done.stderr == ""


def test_the_wheel_and_the_checkout_agree_on_the_version() -> None:
    import convbias_lint

    text = (ROOT / "convbias_lint" / "__init__.py").read_text()
    assert f'__version__ = "{convbias_lint.__version__}"' in text
    assert "version =" not in (ROOT / "pyproject.toml").read_text().split("[tool.")[0]


@pytest.mark.parametrize(
    "words",
    [["explain", "--all"], ["explain", "--all", "--output-format", "json"], ["--show-settings"], ["--diff"]],
    ids=" ".join,
)
def test_the_output_may_have_any_encoding(words: list[str], run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"模.py": MODEL})
    status, out, err = run(*words, PYTHONIOENCODING="ascii")
    assert (status, "internal error" in err) == (int("--diff" in words), False)
    assert out.isascii()
    assert "explain" in words or "\\u6a21.py" in out
