"""File names as URIs, for formats that name files that way."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from convbias_lint.reports.report import Report

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def file_uri(path: str) -> str:
    """The ``file:`` URI of an absolute name; others, such as ``<string>``, become ``untitled:`` ones."""
    if _DRIVE.match(path):
        return f"file:///{path[0]}%3A{_quoted(path[2:].replace(os.sep, '/'))}"
    path = path.replace(os.sep, "/")
    return f"file://{_quoted(path)}" if path.startswith("/") else f"untitled:{_quoted(path)}"


def shown_uri(report: Report, filename: str) -> str:
    """A URI reference relative to the current folder where the file is below it, else the ``file:`` URI."""
    shown = report.relative(filename)
    absolute = report.absolute(filename)
    if os.path.isabs(shown) or shown.split(os.sep, 1)[0] == os.pardir:
        return file_uri(absolute)
    return _quoted(os.path.normpath(shown).replace(os.sep, "/"))


def folder_uri(folder: str) -> str:
    """The URI of a folder, with the slash that makes names relative to it."""
    uri = file_uri(folder)
    return uri if uri.endswith("/") else f"{uri}/"


def _quoted(path: str) -> str:
    return quote(os.fsencode(path), safe="/~")
