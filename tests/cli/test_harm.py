"""What a hostile or unlucky folder can do to a run: nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import FIXED, MODEL, Run, environment, write

from convbias_lint import __version__
from convbias_lint.config_files import FILE_NAMES

TRAP = "open('trace', 'w').close()\nraise SystemExit('trapped')\n"
NAMES = ("json", "dataclasses", "libcst", "typing", "re", "signal", "enum", "torch", "convbias_lint", "m")


def test_linted_code_and_what_lies_beside_it_is_never_run(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}.py": TRAP + MODEL for name in NAMES})
    entry = f"import sys; sys.path[:] = {sys.path!r}; from convbias_lint.cli.main import main; main()"
    for words in ([], ["--fix", "-j2"], ["--output-format", "json"], ["--statistics"]):
        done = subprocess.run(
            [sys.executable, "-c", entry, "--no-cache", *words],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
        )
        assert done.returncode in (0, 1), done.stderr
        assert "trapped" not in done.stderr
    assert not (tmp_path / "trace").exists()


def test_python_m_does_not_import_from_the_current_folder(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"json.py": TRAP, "dataclasses.py": TRAP, "libcst.py": TRAP, "m.py": MODEL})
    status, out, _ = run("m.py", "--output-format", "json", "--no-cache")
    assert status == 1
    assert "CB101" in out
    assert not (tmp_path / "trace").exists()


def test_nothing_is_read_that_has_no_end(run: Run, tmp_path: Path) -> None:
    """A pipe stands for a link to a device, such as a repository may hold."""
    cache = tmp_path / ".convbias_lint_cache" / __version__
    cache.mkdir(parents=True)
    shards = [cache / f"{digit}.json" for digit in "0123456789abcdef"]
    configurations = [tmp_path / name for name in (".gitignore", ".ignore", *FILE_NAMES)]
    write(tmp_path, {"m.py": MODEL, "other/convbias-lint.toml": "extend = '../pyproject.toml'"})
    for path in (*shards, *configurations):
        os.mkfifo(path)
    assert run("m.py", ".", "--exclude", "other", timeout=30).status == 1
    status, _, err = run("other", timeout=30)
    assert (status, err.split(": ")[-1]) == (2, "not a regular file\n")


def test_nothing_is_written_through_a_link_that_waits_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repository may hold a link for each number that a process can have."""
    from convbias_lint.cache import Cache
    from convbias_lint.config import Settings
    from convbias_lint.discovery import Target
    from convbias_lint.project import Task
    from convbias_lint.result import FileResult
    from convbias_lint.writing import write_text

    monkeypatch.setattr(os, "getpid", lambda: 7)
    write(tmp_path, {"own.txt": "mine", f"cache/{__version__}/notes.txt": ""})
    links = [tmp_path / "cache" / __version__ / f"{digit}.json.7.tmp" for digit in "0123456789abcdef"]
    for link in (*links, tmp_path / "report.txt.7.convbias-lint.tmp"):
        link.symlink_to(tmp_path / "own.txt")
    cache = Cache(str(tmp_path / "cache"))
    cache.put(Task(Target("m.py", Settings()), b"", "off", False), FileResult("m.py"))
    cache.save()
    with pytest.raises(FileExistsError):
        write_text(str(tmp_path / "report.txt"), "report")
    assert (tmp_path / "own.txt").read_text() == "mine"


def test_files_stay_whole_whenever_the_run_is_ended(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each file is old or new after any signal at any moment; SIGTERM and SIGINT leave no rubbish."""
    chance = random.Random(7)
    names = [f"m{number}.py" for number in range(500)]
    seen = set()
    for attempt in range(60 if request.config.getoption("--long") else 9):
        number = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)[attempt % 3]
        write(tmp_path, dict.fromkeys(names, MODEL))
        process = subprocess.Popen(
            [sys.executable, "-m", "convbias_lint", "--fix", "-q", "--no-cache", "-j1", "."],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        end = time.monotonic() + 20
        wait_for_writes = attempt % 2
        while wait_for_writes and (tmp_path / "m0.py").read_text() == MODEL and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.2 if wait_for_writes else 0.6))
        if process.poll() is None:
            os.killpg(process.pid, number)
        _, err = process.communicate(timeout=20)
        assert b"Traceback" not in err
        texts = {(tmp_path / name).read_text() for name in names}
        assert texts <= {MODEL, FIXED}
        seen |= texts
        rubbish = list(tmp_path.glob("*.tmp"))
        assert number == signal.SIGKILL or rubbish == []
        assert len(rubbish) <= 1
        for path in rubbish:
            path.unlink()
    assert seen == {MODEL, FIXED}, "or the signals came too early or too late to test anything"


def test_two_runs_at_once_on_one_tree(tmp_path: Path) -> None:
    names = [f"m{number}.py" for number in range(60)]
    write(tmp_path, dict.fromkeys(names, MODEL))
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "convbias_lint", "--fix", "--output-format", "concise"],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outs = [process.communicate(timeout=60)[0] for process in both]
    assert {process.returncode for process in both} <= {0, 2}, outs
    assert {(tmp_path / name).read_text() for name in names} == {FIXED}
    assert not list(tmp_path.glob("*.tmp"))
