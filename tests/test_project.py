"""Many files at once: the same results in any number of processes, and no file can end the run."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import convbias_lint
from convbias_lint import linter, pool
from convbias_lint.config import Settings
from convbias_lint.config_files import Finder
from convbias_lint.discovery import Target, discover
from convbias_lint.pool import run_in_processes, shared_out
from convbias_lint.project import Options, Task, lint_paths, lint_targets, worth_starting
from convbias_lint.result import FileResult

MODEL = "import torch.nn as nn\nnet = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))\n"


def project(folder: Path, count: int = 6) -> list[Target]:
    for number in range(count):
        path = folder / f"p{number % 3}" / f"m{number}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n" * number + MODEL)
    return discover([str(folder)], Finder(isolated=True)).targets


def tasks(*sizes: int, folder: str = "a") -> list[tuple[int, Task]]:
    return [
        (number, Task(Target(f"{folder}/m{number}.py", Settings()), b"x" * size, "off", False))
        for number, size in enumerate(sizes)
    ]


def test_one_process_and_several_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    targets = project(tmp_path)
    one = lint_targets(targets, Options(jobs=1))
    assert [outcome.target for outcome in one] == targets
    assert [len(outcome.result.findings) for outcome in one] == [1] * 6
    assert lint_targets(targets, Options(jobs=3)) == one
    fixed = lint_targets(targets, Options(jobs=1, fix=True))
    assert all(outcome.result.new_data is not None for outcome in fixed)
    assert lint_targets(targets, Options(jobs=3, fix=True)) == fixed


def test_progress_ends_with_all_files(tmp_path: Path) -> None:
    targets = project(tmp_path)
    for jobs in (1, 2):
        told: list[tuple[int, int]] = []
        lint_targets(targets, Options(jobs=jobs), progress=lambda *now: told.append(now))
        assert told == [(done, 6) for done in range(7)]


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    targets = [*project(tmp_path, 1), Target(str(tmp_path / "gone.py"), Settings())]
    results = [outcome.result for outcome in lint_targets(targets, Options())]
    assert [len(result.findings) for result in results] == [1, 0]
    assert [result.error for result in results] == [None, "no such file or folder"]


def test_few_files_start_no_process() -> None:
    few = [task for _, task in tasks(1000, 1000)]
    assert worth_starting(few, None) == 0
    assert worth_starting(few, 8) == 2
    many = [task for _, task in tasks(*[100_000] * 100)]
    assert worth_starting(many, None) >= 1
    assert worth_starting(many, 1) == 1


def test_work_is_shared_out_whole_and_largest_first() -> None:
    waiting = tasks(*range(1, 200)) + tasks(*[5000] * 3, folder="b")
    shares = shared_out(waiting, 3)
    assert sorted(id(task) for share in shares for _, task in share) == sorted(
        id(task) for _, task in waiting
    )
    weights = [sum(len(task.data) for _, task in share) for share in shares]
    assert weights == sorted(weights)
    assert all(sizes == sorted(sizes) for sizes in ([len(t.data) for _, t in share] for share in shares))
    assert len(shares) >= 3


# Workers that die or hang, really: the children are forked from here, with an analysis that misbehaves


def _misbehave(monkeypatch: pytest.MonkeyPatch, how: object) -> None:
    real = linter.lint_bytes

    def lint(data: bytes, filename: str, *rest: object, **more: object) -> FileResult:
        if filename.endswith("m1.py"):
            how()  # type: ignore[operator]
        return real(data, filename, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("convbias_lint.project.lint_bytes", lint)


def _crash() -> None:
    faulthandler.disable()  # pytest's own would print the crash that we want
    os.kill(os.getpid(), signal.SIGSEGV)


forked = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux only")


@forked
@pytest.mark.parametrize(
    ("how", "message"),
    [
        (
            lambda: os.kill(os.getpid(), signal.SIGKILL),
            "the worker was ended by SIGKILL, perhaps out of memory",
        ),
        (lambda: _crash(), "the worker was ended by SIGSEGV"),
        (lambda: os._exit(7), "the worker ended with status 7"),
    ],
    ids=["killed", "crashed", "left"],
)
def test_a_worker_that_dies_costs_its_file_one_line(
    how: object, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = project(tmp_path)
    _misbehave(monkeypatch, how)
    outcomes = lint_targets(targets, Options(jobs=2))
    errors = {os.path.basename(one.target.path): one.result.error for one in outcomes if one.result.error}
    assert errors == {"m1.py": f"not checked: {message}"}
    assert sum(len(one.result.findings) for one in outcomes) == 5


@forked
def test_a_worker_that_hangs_costs_its_file_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "GRACE", 0.0)
    targets = project(tmp_path)
    lint_targets(targets, Options(jobs=1))  # what must be imported is
    _misbehave(monkeypatch, lambda: time.sleep(60))
    start = time.monotonic()
    outcomes = lint_targets(targets, Options(jobs=2, limit=1.5))
    assert time.monotonic() - start < 20
    errors = {os.path.basename(one.target.path): one.result.error for one in outcomes if one.result.error}
    assert errors == {"m1.py": "not checked: took longer than 1.5 s (see --timeout)"}
    assert sum(len(one.result.findings) for one in outcomes) == 5


HANG = """
import sys
from convbias_lint import pool, project
from convbias_lint.config import Settings
from convbias_lint.discovery import Target

def spin(*_, **__):
    print("at work", flush=True)
    while True:
        pass

pool.GRACE, project.lint_bytes = 0.0, spin
targets = [Target(path, Settings()) for path in sys.argv[1:]]
project.lint_targets(targets, project.Options(jobs=2, limit=2.0))
"""


@forked
def test_a_worker_that_hangs_does_not_outlive_its_parent_for_long(tmp_path: Path) -> None:
    paths = [target.path for target in project(tmp_path, 2)]
    process = subprocess.Popen([sys.executable, "-c", HANG, *paths], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in paths] == ["at work\n"] * 2
    process.kill()
    start = time.monotonic()
    assert process.stdout.read() == "", "it ends when no one holds it open any more"
    assert time.monotonic() - start < 20
    process.stdout.close()
    process.wait()


@forked
def test_a_worker_that_has_grown_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    targets = project(tmp_path)
    monkeypatch.setattr(pool, "MAX_BYTES", 30_000_000)
    expected = lint_targets(targets, Options(jobs=2))
    started = []
    restart = pool._Worker.restart
    monkeypatch.setattr(pool._Worker, "restart", lambda *args: (started.append(1), restart(*args)))
    assert lint_targets(targets, Options(jobs=2)) == expected
    assert len(started) == 2, "what the parent holds is nothing that a worker has grown by"
    started.clear()
    monkeypatch.setattr(pool, "MAX_BYTES", -1)
    assert lint_targets(targets, Options(jobs=2)) == expected
    assert len(started) == len(targets)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_a_file_that_hangs_without_processes_costs_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = project(tmp_path, 3)
    lint_targets(targets, Options(jobs=1))  # what must be imported is

    def spin() -> None:
        while True:
            try:
                time.sleep(0.01)
            except Exception:  # what an analysis might do
                pass

    _misbehave(monkeypatch, spin)
    before = signal.getsignal(signal.SIGALRM)
    outcomes = lint_targets(targets, Options(jobs=1, limit=0.5))
    assert [one.result.error for one in outcomes] == [
        None,
        "not checked: took longer than 0.5 s (see --timeout)",
        None,
    ]
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_an_alarm_of_the_program_that_calls_still_rings(tmp_path: Path) -> None:
    targets = project(tmp_path, 2)
    signal.setitimer(signal.ITIMER_REAL, 500)
    try:
        lint_targets(targets, Options(jobs=1))
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 500
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@forked
def test_an_interruption_ends_the_workers_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path)
    _misbehave(monkeypatch, lambda: time.sleep(60))
    waiting = [
        (number, Task(target, Path(target.path).read_bytes(), "off", False))
        for number, target in enumerate(discover([str(tmp_path)], Finder(isolated=True)).targets)
    ]
    seen: list[int] = []

    def keep(number: int, *_: object) -> None:
        seen.append(number)
        raise KeyboardInterrupt

    import multiprocessing

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_in_processes(waiting, 2, 30, keep)
    assert time.monotonic() - start < 10
    assert len(seen) == 1
    assert multiprocessing.active_children() == []


def test_ctrl_c_ends_the_command_at_once_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """The whole group gets the signal, as from a terminal."""
    pair = "  self.c{0} = nn.Conv2d(3, 8, 3)\n  self.b{0} = nn.BatchNorm2d(8)\n"
    head = "class N{0}(nn.Module):\n def __init__(self):\n  super().__init__()\n"
    body = "".join(pair.format(number) for number in range(40))
    for number in range(60):
        text = "import torch.nn as nn\n" + "".join(head.format(i) + body for i in range(10))
        (tmp_path / f"m{number}.py").write_text(text)
    root = str(Path(convbias_lint.__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "convbias_lint", "--no-cache", "--fix", "-j2", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(1.0)
    assert process.poll() is None, "it must still be at work"
    os.killpg(process.pid, signal.SIGINT)
    start = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - start < 3
    assert (process.returncode, out, err) == (130, b"", b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert all("bias=False" not in path.read_text() for path in tmp_path.glob("m*.py"))
    assert not list(tmp_path.glob("*.tmp"))


# The public function


def test_lint_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.py").write_text(MODEL)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "m.py").write_text(MODEL)
    (tmp_path / "a" / "convbias-lint.toml").write_text("select = ['CB2']")
    results = lint_paths([".", "nope.py"])
    assert [(one.filename, len(one.findings), one.error) for one in results] == [
        ("a/m.py", 0, None),
        ("m.py", 1, None),
        ("nope.py", 0, "no such file or folder"),
    ]
    assert [len(one.findings) for one in lint_paths("a", Settings())] == [1]
    assert [len(one.findings) for one in lint_paths([tmp_path / "a"], Settings())] == [1]  # type: ignore[list-item]
    assert (tmp_path / "m.py").read_text() == MODEL
    assert not (tmp_path / ".convbias_lint_cache").exists()


def test_the_public_names_are_there_and_lazy() -> None:
    program = (
        "import sys, convbias_lint\n"
        "assert not [name for name in sys.modules if name.startswith('convbias_lint.')]\n"
        "for name in convbias_lint.__all__: getattr(convbias_lint, name)\n"
        "assert set(convbias_lint.__all__) <= set(dir(convbias_lint))\n"
        "assert 'libcst' not in sys.modules and 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        convbias_lint.nonsense  # noqa: B018
