"""Completion, asked of the shells themselves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from command import Run

from convbias_lint.cli.main import COMMANDS


def ask(shell: str, program: str) -> list[str]:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert done.stderr == ""
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def in_bash(script: Path, *words: str) -> list[str]:
    line = " ".join(f"'{word}'" for word in ("convbias-lint", *words))
    return ask(
        "bash",
        f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _convbias_lint\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\"",
    )


def in_fish(script: Path, *words: str) -> list[str]:
    return ask("fish", f"source {script}; complete -C 'convbias-lint {' '.join(words)}'")


@pytest.mark.parametrize(("shell", "complete"), [("bash", in_bash), ("fish", in_fish)])
def test_words_are_completed(shell: str, complete, run: Run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    script = tmp_path / f"script.{shell}"
    status, text, _ = run("completion", shell)
    assert status == 0
    script.write_text(text)
    assert complete(script, "expl") == ["explain"]
    assert set(COMMANDS) <= set(complete(script, ""))
    assert complete(script, "--stat") == ["--statistics"]
    both = {"--extend-exclude", "--extend-select"}
    assert set(complete(script, "check", "--exten")) == both
    assert set(complete(script, "check", "--output-format", "json")) == {"json", "json-lines"}
    assert complete(script, "--select", "CB90") == ["CB900", "CB901"]
    assert complete(script, "explain", "CB90") == ["CB900", "CB901"]
    assert "respect-gitignore" in complete(script, "config", "resp")


def test_zsh_takes_the_script(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "script.zsh"
    script.write_text(run("completion", "zsh").out)
    start = f"autoload -U compinit && compinit -u -d {tmp_path}/dump"
    lines = ask("zsh", f"{start} && source {script} && echo $+functions[_convbias_lint]")
    assert lines == ["1"]


def test_an_unknown_shell_is_one_line(run: Run) -> None:
    status, out, err = run("completion", "tcsh")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
