"""Files and disks that make writing hard: each file is whole afterwards, old or new."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable

import pytest
from command import FIXED, MODEL, Ran, Run, environment, write

from convbias_lint.contents import fingerprint
from convbias_lint.writing import replace

LONG = MODEL + "# a row of text\n" * 2000


def fix(folder: Path, prepare: Callable[[], None]) -> Ran:
    """``--fix`` in a process that ``prepare`` has taken something from."""
    done = subprocess.run(
        [sys.executable, "-m", "convbias_lint", "--fix", "--no-cache", "--output-format", "concise", "."],
        cwd=folder,
        env=environment(),
        preexec_fn=prepare,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def limited(room: int) -> Callable[[], None]:
    """No file can grow beyond ``room`` bytes: as on a full disk, a write takes what fits, the next fails."""

    def prepare() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return prepare


@pytest.mark.parametrize("room", [0, 500, len(LONG), len(LONG) + 5])
@pytest.mark.parametrize("linked", [False, True])
def test_disk_full(room: int, linked: bool, tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(LONG)
    if linked:
        os.link(tmp_path / "m.py", tmp_path / "n.txt")
    status, out, _ = fix(tmp_path, limited(room))
    assert status == 2
    assert out.startswith("m.py: not fixed: file too large\n")
    assert (tmp_path / "m.py").read_text() == LONG
    assert {path.name for path in tmp_path.iterdir()} <= {"m.py", "n.txt"}


def test_a_file_with_two_names_gets_its_old_content_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written in place, where a disk may fill up half way."""
    path = tmp_path / "m.py"
    path.write_text(LONG)
    os.link(path, tmp_path / "n.py")
    real, calls = os.write, []

    def write_a_part(handle: int, data: Any) -> int:
        calls.append(len(data))
        if len(calls) == 3:  # the new content beside the file took one
            raise OSError(28, "No space left on device")
        return real(handle, data[:700] if len(calls) == 2 else data)

    monkeypatch.setattr(os, "write", write_a_part)
    with pytest.raises(OSError, match="No space left"):
        replace(
            str(path), LONG.replace("(3, 8, 3)", "(3, 8, 3, bias=False)").encode(), fingerprint(LONG.encode())
        )
    assert len(calls) == 4
    assert path.read_text() == (tmp_path / "n.py").read_text() == LONG
    assert sorted(os.listdir(tmp_path)) == ["m.py", "n.py"]


def unprivileged() -> None:
    """Root may write anywhere: give that right up, for the program that is run next."""
    if os.geteuid() == 0:
        drop_from_bounding_set, override_permissions = 24, 1
        if ctypes.CDLL(None).prctl(drop_from_bounding_set, override_permissions, 0, 0, 0) != 0:
            raise OSError("cannot give up the right to write anywhere")


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(mode)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="rights are given up as Linux knows them")
def test_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    write(folder, {"m.py": MODEL})
    with read_only(folder):
        status, out, _ = fix(folder, unprivileged)
    assert (status, out.splitlines()[0]) == (2, "m.py: not fixed: permission denied")
    assert (folder / "m.py").read_text() == MODEL
    assert os.listdir(folder) == ["m.py"]


def test_files_of_no_and_of_fifty_million_bytes(run: Run, tmp_path: Path) -> None:
    row = "x = [1, 2, 3, 4, 5, 6, 7, 8]  # data\n"
    table = row * (50_000_000 // len(row))
    write(tmp_path, {"empty.py": "", "data.py": table, "model.py": MODEL + table, "m.py": MODEL})
    status, out, _ = run("--fix", "--no-cache", "--output-format", "concise")
    assert status == 2
    assert out.splitlines()[0] == "model.py: not checked: longer than 5 million characters"
    assert (tmp_path / "model.py").read_text() == MODEL + table
    assert (tmp_path / "m.py").read_text() == FIXED


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def test_paths_that_are_very_deep_or_too_long(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"m.py": MODEL})
    deep = tmp_path.joinpath(*["a"] * 1200, "m.py")
    try:
        for name, depth in (("a", 1200), ("b" * 200, 25)):
            with inside(tmp_path):
                for _ in range(depth):
                    os.mkdir(name)
                    os.chdir(name)
                Path("m.py").write_text(MODEL)
        status, out, err = run("--fix", "--no-cache")
        assert status == 2
        assert out.startswith("Fixed 2 redundant biases in 2 files")
        assert [line for line in err.splitlines() if line.startswith("b") and "ile name too long" in line]
        assert (tmp_path / "m.py").read_text() == deep.read_text() == FIXED
    finally:  # pytest would go down there by recursion
        subprocess.run(["rm", "-rf", tmp_path / "a", tmp_path / ("b" * 200)], check=True)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_survive(end: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.py").write_bytes(MODEL.replace("\n", end).encode())
    assert run("--fix").status == 0
    assert (tmp_path / "m.py").read_bytes() == FIXED.replace("\n", end).encode()


def test_nul_bytes_are_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.py").write_bytes(MODEL.encode() + b"s = '\0'\n")
    status, out, _ = run("--fix", "--output-format", "concise")
    assert status == 2
    assert out.startswith("m.py: NUL byte in row 4, which Python does not read\n")
    assert (tmp_path / "m.py").read_bytes() == MODEL.encode() + b"s = '\0'\n"
