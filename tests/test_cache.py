"""The cache: it must never change what is found, and never be a reason to fail."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from pathlib import Path

import pytest

from convbias_lint import cache as cache_module
from convbias_lint.cache import FOLDER, Cache, folder_of
from convbias_lint.cached_results import Unreadable, from_json, to_json
from convbias_lint.config import Settings
from convbias_lint.discovery import Target
from convbias_lint.finding import Applicability, Edit, Finding, Fix, Position, Related
from convbias_lint.project import Task
from convbias_lint.result import FileResult

DATA = b"import torch.nn as nn\nnn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))  # \xf0\x9f\x98\x80\n"


def finding(path: str = "m.py", **more: object) -> Finding:
    start, end = Position(2, 15), Position(2, 33)
    related = (Related("the norm", path, end, end), Related("a step", "/other.py", start, end, cell=3))
    fix = Fix("Set `bias=False`", (Edit(end, end, ", bias=False"),), Applicability.UNSAFE)
    fields = {"fix": fix, "related": related, "condition": "bn", "parameters": 8, "cell": 2, **more}
    return Finding("CB101", "name", "message", path, start, end, 2, **fields)  # type: ignore[arg-type]


FULL = FileResult(
    "m.py", (finding(), finding(fix=None, unnecessary=(Position(1, 2), Position(3, 4)))), (finding(),)
)


DEFAULTS = Settings()


def task(
    data: bytes = DATA,
    path: str = "m.py",
    settings: Settings = DEFAULTS,
    fix: str = "off",
    noqa: bool = False,
) -> Task:
    return Task(Target(path, settings), data, fix, noqa)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / FOLDER)


def kept(folder: str, *results: FileResult) -> None:
    cache = Cache(folder)
    for result in results or (FULL,):
        cache.put(task(path=result.filename), result)
    cache.save()


def files(folder: str) -> list[Path]:
    return sorted(Path(folder).glob("*/*.json"))


@pytest.mark.parametrize("result", [FULL, FileResult("m.py"), FULL._replace(findings=())])
def test_what_is_kept_comes_back_equal(result: FileResult, folder: str) -> None:
    kept(folder, result)
    assert Cache(folder).get(task()) == result


def test_json_is_a_round_trip_for_other_names_too() -> None:
    document = json.loads(json.dumps(to_json(FULL)))
    moved = from_json(document, "n.py")
    assert moved.filename == moved.findings[0].filename == moved.findings[0].related[0].filename == "n.py"
    assert moved.findings[0].related[1].filename == "/other.py"


def test_anything_that_matters_makes_a_miss(folder: str) -> None:
    kept(folder)
    cache = Cache(folder)
    assert cache.get(task()) is not None
    assert cache.get(task(data=DATA + b"#")) is None
    assert cache.get(task(path="n.py")) is None
    assert cache.get(task(noqa=True)) is None
    assert cache.get(task(settings=Settings(ignore=("CB102",)))) is None
    assert cache.get(task(settings=Settings(output_format="json"))) is not None


def test_a_file_is_known_under_each_of_its_names(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(folder)
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert Cache(folder).get(task()) is None
    for name in ("../m.py", str(tmp_path / "m.py")):
        known = Cache(folder).get(task(path=name))
        assert known == FULL.named(name)
        assert known.findings[0].related[0].filename == name


def test_a_change_of_this_package_makes_a_miss(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(folder)
    monkeypatch.setattr(cache_module, "_stamp", lambda: "another")
    assert Cache(folder).get(task()) is None


def test_another_parser_makes_a_miss(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(folder)
    (tmp_path / "libcst").mkdir()
    (tmp_path / "libcst" / "_version.py").write_text("version = '9.9.9'")
    with monkeypatch.context() as patch:
        patch.syspath_prepend(tmp_path)
        assert Cache(folder).get(task()) is None
    with monkeypatch.context() as patch:
        patch.setattr(sys.implementation, "cache_tag", "cpython-399")
        assert Cache(folder).get(task()) is None
    assert Cache(folder).get(task()) == FULL


def test_what_changes_while_a_run_looks_at_it_is_not_kept(folder: str, tmp_path: Path) -> None:
    """The analysis may have read it before: the result would be that of another content."""
    other, moved = tmp_path / "other.py", tmp_path / "moved.py"
    moved.write_text("a = 2")
    other.write_text("a = 1")
    cache = Cache(folder)
    time.sleep(0.05)  # file systems have coarser clocks
    moved.replace(other)
    result = FULL._replace(dependencies=(str(other),))
    cache.put(task(), result)
    cache.save()
    assert Cache(folder).get(task()) is None
    kept(folder, result)
    assert Cache(folder).get(task()) == result


def test_dependencies_count_by_their_content(folder: str, tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("a = 1")
    result = FULL._replace(dependencies=(str(other), str(tmp_path / "none.py")))
    kept(folder, result)
    assert Cache(folder).get(task()) == result
    os.utime(other, (1, 1))
    assert Cache(folder).get(task()) == result
    other.write_text("a = 2")
    assert Cache(folder).get(task()) is None
    other.unlink()
    assert Cache(folder).get(task()) is None
    other.write_text("a = 1")
    assert Cache(folder).get(task()) == result
    (tmp_path / "none.py").write_text("")
    assert Cache(folder).get(task()) is None


def test_files_that_could_be_fixed_are_not_taken_from_the_cache_to_be_fixed(folder: str) -> None:
    kept(folder)
    assert Cache(folder).get(task(fix="safe")) is None
    clean = FileResult("m.py", (finding(fix=None),))
    kept(folder, clean)
    assert Cache(folder).get(task(fix="safe")) == clean


def test_results_of_fixing_and_errors_are_not_kept(folder: str) -> None:
    cache = Cache(folder)
    cache.put(task(fix="safe"), FULL)
    cache.put(task(), FileResult("m.py", error="broken"))
    cache.save()
    assert not os.path.exists(folder)


def test_git_ignores_the_cache_and_backups_can(folder: str) -> None:
    kept(folder)
    assert (Path(folder) / ".gitignore").read_text().splitlines()[-1] == "*"
    assert (
        (Path(folder) / "CACHEDIR.TAG")
        .read_text()
        .startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    )
    assert not list(Path(folder).rglob("*.tmp"))


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"a": 1}',
    ],
)
def test_a_cache_that_cannot_be_read_is_an_empty_one(garbage: bytes, folder: str) -> None:
    kept(folder)
    (file,) = files(folder)
    file.write_bytes(garbage)
    assert Cache(folder).get(task()) is None
    kept(folder)
    assert Cache(folder).get(task()) == FULL


@pytest.mark.parametrize("field", ["content", "depends", "result", "used"])
@pytest.mark.parametrize("garbage", [None, 3, "x", [], [[1]], {"findings": [[1]]}, {"findings": 3}])
def test_an_entry_that_cannot_be_read_is_none(field: str, garbage: object, folder: str) -> None:
    kept(folder)
    (file,) = files(folder)
    (name,) = document = json.loads(file.read_text())
    document[name][field] = garbage
    file.write_text(json.dumps(document))
    found = Cache(folder).get(task())
    harmless = (field == "depends" and garbage in ([], "")) or (field == "used" and garbage == 3)
    assert found == (FULL if harmless else None)


def test_unreadable_rows_are_told() -> None:
    with pytest.raises(Unreadable):
        from_json({"findings": [["CB101"]]}, "m.py")


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), OSError(30, "Read-only file system")]
)
def test_a_disk_that_cannot_be_written_is_no_reason_to_fail(
    error: OSError, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(folder)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace", fail)
    kept(folder, FULL._replace(findings=()))
    monkeypatch.undo()
    monkeypatch.chdir(Path(folder).parent)
    assert Cache(folder).get(task()) == FULL
    assert not list(Path(folder).rglob("*.tmp"))


def test_a_file_where_the_folder_should_be_is_no_reason_to_fail(folder: str) -> None:
    Path(folder).write_text("")
    kept(folder)
    assert Cache(folder).get(task()) is None
    assert Path(folder).read_text() == ""


def test_the_size_is_bounded_and_the_newest_stay(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MAX_SHARD_BYTES", 3_000)
    cache = Cache(folder)
    for number in range(200):
        cache.put(task(path=f"m{number}.py"), FULL)
    cache.save()
    assert files(folder)
    assert all(file.stat().st_size <= 3_000 for file in files(folder))
    assert all(isinstance(json.loads(file.read_text()), dict) for file in files(folder))


def test_what_no_one_asks_for_goes(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(folder)
    day = 86_400
    now = cache_module.time.time()
    monkeypatch.setattr(cache_module.time, "time", lambda: now + 20 * day)
    cache = Cache(folder)
    assert cache.get(task()) == FULL
    cache.save()
    monkeypatch.setattr(cache_module.time, "time", lambda: now + 40 * day)
    assert Cache(folder).get(task()) == FULL
    monkeypatch.setattr(cache_module.time, "time", lambda: now + 100 * day)
    cache = Cache(folder)
    for number in range(100):
        cache.put(task(path=f"m{number}.py"), FULL)
    cache.save()
    names = [name for file in files(folder) for name in json.loads(file.read_text())]
    assert len(names) == 100


def test_old_versions_go(folder: str) -> None:
    for name, age in (("0.0.1", 40), ("0.0.2", 3)):
        path = Path(folder) / name
        path.mkdir(parents=True)
        then = cache_module.time.time() - age * 86_400
        os.utime(path, (then, then))
    kept(folder)
    assert sorted(path.name for path in Path(folder).iterdir() if path.is_dir())[0] == "0.0.2"
    assert len([path for path in Path(folder).iterdir() if path.is_dir()]) == 2


def _keep_some(folder: str, first: int) -> None:
    for number in range(first, first + 40):
        cache = Cache(folder)
        cache.put(task(path=f"m{number}.py"), FileResult(f"m{number}.py", (finding(f"m{number}.py"),)))
        cache.save()


def test_several_processes_may_use_it_at_once(folder: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_keep_some, args=(folder, start)) for start in (0, 100, 200)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert all(isinstance(json.loads(file.read_text()), dict) for file in files(folder))
    assert not list(Path(folder).rglob("*.tmp"))
    cache = Cache(folder)
    found = [cache.get(task(path=f"m{n}.py")) for start in (0, 100, 200) for n in range(start, start + 40)]
    assert sum(result is not None for result in found) >= 40, (
        "results may be lost to another process, not all"
    )
    assert all(result is None or len(result.findings) == 1 for result in found)


def test_where_it_lies(tmp_path: Path) -> None:
    assert folder_of(Settings()) == str(tmp_path / FOLDER)
    assert folder_of(Settings(root="/p")) == os.path.join("/p", FOLDER)
    assert folder_of(Settings(root="/p", cache_dir="/c")) == "/c"
