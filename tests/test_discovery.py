"""Which files a run looks at."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from convbias_lint import globs
from convbias_lint.config import Settings
from convbias_lint.config_files import Finder
from convbias_lint.discovery import Found, discover


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def touch(folder: Path, *names: str) -> None:
    write(folder, dict.fromkeys(names, ""))


def search(*paths: str, **settings: object) -> Found:
    return discover(paths, Finder(change=lambda found: found._replace(**settings)))  # type: ignore[arg-type]


def names(*paths: str, **settings: object) -> list[str]:
    return [target.path for target in search(*paths, **settings).targets]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_python_files_and_notebooks_in_order(tmp_path: Path) -> None:
    touch(tmp_path, "b.py", "a/z.pyi", "a/b/n.ipynb", "a/c.txt", "a/d.md", "e.PY", "noext", "c.pyc")
    assert names(".") == ["a/b/n.ipynb", "a/z.pyi", "b.py"]
    assert names(".", include_markdown=True) == ["a/b/n.ipynb", "a/d.md", "a/z.pyi", "b.py"]


def test_paths_are_shown_as_they_were_named(tmp_path: Path) -> None:
    touch(tmp_path, "a/b.py")
    assert names("a/") == ["a/b.py"]
    assert names("./a/../a") == ["a/b.py"]
    assert names(str(tmp_path)) == [str(tmp_path / "a" / "b.py")]


def test_each_file_once(tmp_path: Path) -> None:
    touch(tmp_path, "a/b.py", "c.py")
    assert names("a", "a/b.py", ".", str(tmp_path / "c.py")) == ["a/b.py", "c.py"]


@pytest.mark.parametrize(
    "folder", [".git", ".venv", "venv", "node_modules", "dist", "__pypackages__", "_build"]
)
def test_folders_without_own_code_are_left_out(folder: str, tmp_path: Path) -> None:
    touch(tmp_path, f"{folder}/m.py", f"a/{folder}/m.py", "a/m.py")
    assert names(".") == ["a/m.py"]
    assert names(folder) == [f"{folder}/m.py"], "but whoever names one wants it"


def test_exclude_and_extend_exclude(tmp_path: Path) -> None:
    touch(tmp_path, "a/m.py", "a/x_pb2.py", "b/c/m.py", "b/m.py", "venv/m.py")
    assert names(".", extend_exclude=("*_pb2.py",)) == ["a/m.py", "b/c/m.py", "b/m.py"]
    assert names(".", extend_exclude=("c",)) == ["a/m.py", "a/x_pb2.py", "b/m.py"]
    assert names(".", extend_exclude=("b/c/*",)) == ["a/m.py", "a/x_pb2.py", "b/m.py"]
    assert names(".", exclude=("a", "b")) == ["venv/m.py"]


def test_named_files_are_taken_unless_exclusion_is_forced(tmp_path: Path) -> None:
    touch(tmp_path, "venv/deep/m.py", "n.txt")
    assert names("venv/deep/m.py", "n.txt") == ["venv/deep/m.py", "n.txt"]
    assert names("venv/deep/m.py", "n.txt", force_exclude=True) == ["n.txt"]
    assert names("venv", "venv/deep", force_exclude=True) == []


def test_excludes_count_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"p/convbias-lint.toml": "extend-exclude = ['a/m.py']"})
    touch(tmp_path, "p/a/m.py", "p/b/a/m.py", "a/m.py")
    assert names(".") == ["a/m.py", "p/b/a/m.py"]


def test_settings_are_those_of_the_nearest_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"a/convbias-lint.toml": "select = ['CB2']", "a/m.py": "", "m.py": ""})
    found = search(".")
    assert [(target.path, target.settings.select) for target in found.targets] == [
        ("a/m.py", ("CB201", "CB202", "CB203", "CB900")),
        ("m.py", None),
    ]


def test_folders_may_lie_deeper_in_each_other_than_calls_may() -> None:
    finder = Finder()
    assert finder.of_file("/nowhere" + "/a" * 1500 + "/m.py") is finder.of_folder("/nowhere")


# Ignored files


def test_gitignore_files_are_respected_nested_ones_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        {".gitignore": "# generated\nout/\n*.gen.py\n/only_here.py\n", "b/.gitignore": "!keep.gen.py\n"},
    )
    touch(tmp_path, "out/m.py", "a/out/m.py", "x.gen.py", "b/y.gen.py", "b/keep.gen.py")
    touch(tmp_path, "only_here.py", "b/only_here.py")
    assert names(".") == ["b/keep.gen.py", "b/only_here.py"]
    assert len(names(".", respect_gitignore=False)) == 7


def test_gitignore_files_above_count_within_a_repository(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "*.gen.py\n", "a/.gitignore": "/b/local.py\n", "a/b/m.py": ""})
    touch(tmp_path, "a/b/x.gen.py", "a/b/local.py")
    assert names("a/b") == ["a/b/local.py", "a/b/m.py", "a/b/x.gen.py"]
    (tmp_path / ".git" / "info").mkdir(parents=True)
    assert names("a/b") == ["a/b/m.py"]
    write(tmp_path, {".git/info/exclude": "m.py\n"})
    assert names("a/b") == []
    assert names("a/b/m.py") == ["a/b/m.py"]


def test_a_named_folder_that_is_ignored_is_searched(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "build/\n", "build/m.py": ""})
    (tmp_path / ".git").mkdir()
    assert names(".") == []
    assert names("build") == ["build/m.py"]


def test_a_gitignore_of_nonsense_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe\n!\n/\nx.py\n")
    touch(tmp_path, "x.py", "y.py")
    assert names(".") == ["y.py"]


def test_a_gitignore_is_read_as_git_does(tmp_path: Path) -> None:
    """Without the mark of UTF-8 that editors on Windows write, and cut at line ends only."""
    (tmp_path / ".gitignore").write_bytes(b"\xef\xbb\xbfx.py\r\na\x0cb.py\n")
    touch(tmp_path, "x.py", "a\x0cb.py", "b.py")
    assert names(".") == ["b.py"]


def test_pathspec_is_imported_only_where_an_ignore_file_speaks(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = (
        "import sys\nfrom convbias_lint.config_files import Finder\n"
        "from convbias_lint.discovery import discover\n"
        "discover(['.'], Finder())\nprint('pathspec' in sys.modules)\n"
    )

    def imported() -> str:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    write(tmp_path, {"m.py": "", ".gitignore": "# nothing\n\n"})
    assert imported() == "False"
    write(tmp_path, {".gitignore": "x\n"})
    assert imported() == "True"


# What cannot be looked at


def problems(*paths: str) -> list[tuple[str, str, bool]]:
    return [tuple(problem) for problem in search(*paths).problems]  # type: ignore[misc]


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    touch(tmp_path, "f.py")
    assert problems("nope", "f.py/x", "") == [
        ("nope", "no such file or folder", True),
        ("f.py/x", "not a directory", True),
        ("", "no such file or folder", True),
    ]
    assert "null" in problems("a\0b")[0][1]


def test_broken_links(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "l.py").symlink_to("nowhere")
    (tmp_path / "a" / "loop.py").symlink_to("loop.py")
    (tmp_path / "a" / "l.txt").symlink_to("nowhere")
    expected = [("a/l.py", "broken link to nowhere", False), ("a/loop.py", "broken link to loop.py", False)]
    assert problems(".") == expected
    assert problems("a/l.py") == expected[:1]


def test_what_is_neither_file_nor_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.py")
    assert problems(".") == problems("p.py") == [("p.py", "neither a file nor a folder", False)]


def test_a_folder_named_like_a_file_is_searched(tmp_path: Path) -> None:
    touch(tmp_path, "x.py/m.py")
    assert names(".") == names("x.py") == ["x.py/m.py"]


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a/m.py", "n.py")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if os.path.basename(path) == "a":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)  # root, as whom tests often run, may read everything
    assert problems(".") == [("a", "permission denied", False)]
    assert names(".") == ["n.py"]


# Links


def test_links_to_folders_are_not_followed_unless_named(tmp_path: Path) -> None:
    touch(tmp_path, "real/m.py")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "self").symlink_to(".")
    assert names(".") == ["real/m.py"]
    assert names("link") == ["link/m.py"]


def test_links_to_files_that_lead_out_are_marked(tmp_path: Path) -> None:
    touch(tmp_path, "out/m.py", "tree/n.py")
    (tmp_path / "tree" / "in.py").symlink_to("n.py")
    (tmp_path / "tree" / "out.py").symlink_to("../out/m.py")
    found = {target.path: target.outside for target in search("tree").targets}
    assert found == {"tree/in.py": None, "tree/n.py": None, "tree/out.py": str(tmp_path / "out" / "m.py")}
    assert search("tree/out.py").targets[0].outside is None
    assert search("tree/out.py").targets[0].settings == Settings(
        root=str(tmp_path), src=(str(tmp_path), str(tmp_path / "src"))
    )


def test_patterns_of_many_stars_take_no_time(tmp_path: Path) -> None:
    """Configurations and ignore files come with code that nobody has looked at yet."""
    name = "a" * 200
    touch(tmp_path, f"{name}.py")
    stars = "*a" * 30 + "b"
    write(tmp_path, {"convbias-lint.toml": f"exclude = ['{stars}', '**/{stars}/**/{stars}']"})
    write(tmp_path, {".gitignore": f"{stars}\n{'**/a/' * 30}b\n"})
    start = time.process_time()
    assert names(str(tmp_path)) == [f"{tmp_path}/{name}.py"]
    assert time.process_time() - start < 2


def test_a_pattern_of_too_many_choices_is_refused() -> None:
    globs.check("{a,b}" * 8)
    with pytest.raises(globs.GlobError, match="more than 500 ways to read it"):
        globs.check("{a,b}" * 40)
