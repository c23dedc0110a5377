r"""Paths as Windows writes them: ``\`` between folders, drives, and no distinction that Linux makes."""

from __future__ import annotations

import ntpath
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from convbias_lint import globs
from convbias_lint.gitignore import Ignored
from convbias_lint.reports import render
from convbias_lint.reports.report import Report
from convbias_lint.reports.uris import file_uri, folder_uri, shown_uri
from convbias_lint.result import FileResult


@contextmanager
def windows() -> Iterator[None]:
    """What the standard library does with paths there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "path", ntpath)
        for name in ("sep", "altsep", "pardir", "curdir"):
            patch.setattr(os, name, getattr(ntpath, name))
        patch.setattr(os, "fsencode", str.encode)
        yield


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("build", r"C:\work\project\build", True),
        ("test_*.py", r"C:\work\project\a\test_m.py", True),
        ("src/gen", r"C:\work\project\src\gen", True),
        ("src/**/gen.py", r"C:\work\project\src\a\b\gen.py", True),
        ("src/*.py", r"C:\work\project\other\m.py", False),
        ("src/[ab]*.py", r"C:\work\project\src\b1.py", True),
    ],
)
def test_patterns(pattern: str, path: str, matches: bool) -> None:
    with windows():
        assert globs.matches(pattern, path, r"C:\work\project") is matches


def test_gitignore_files() -> None:
    with windows():
        ignored = Ignored(r"C:\work", ["/out/", "*.gen.py", "!keep.gen.py"], None)
        assert ignored.match(r"C:\work\out", is_folder=True)
        assert ignored.match(r"C:\work\a\m.gen.py", is_folder=False)
        assert not ignored.match(r"C:\work\a\keep.gen.py", is_folder=False)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"C:\a b\m.py", "file:///C%3A/a%20b/m.py"),
        (r"c:\a#\%.py", "file:///c%3A/a%23/%25.py"),
        ("<string>", "untitled:%3Cstring%3E"),
    ],
)
def test_uris(path: str, uri: str) -> None:
    with windows():
        assert file_uri(path) == uri
        assert folder_uri("C:\\a") == "file:///C%3A/a/"


def test_reports_name_files_with_slashes_below_the_current_folder() -> None:
    with windows():
        report = Report((), cwd=r"C:\work")
        assert report.relative(r"C:\work\a\m.py") == r"a\m.py"
        assert report.relative(r"D:\m.py") == r"D:\m.py"
        assert report.relative(r"C:\other\m.py") == r"C:\other\m.py"
        assert shown_uri(report, r"C:\work\a\m.py") == "a/m.py"
        assert shown_uri(report, r"D:\m.py") == "file:///D%3A/m.py"


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "rdjson", "azure"])
def test_formats_for_services_have_slashes(name: str) -> None:
    with windows():
        results = (FileResult(r"C:\work\a\m.py", error="not UTF-8: byte 0xe9 in row 1"),)
        text = render(name, Report(results, texts=lambda *_: None, cwd=r"C:\work"))
    assert "a/m.py" in text
    assert "\\m.py" not in text
