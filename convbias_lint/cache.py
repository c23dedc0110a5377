"""Results kept between runs.

``.convbias_lint_cache/<version>/`` holds a few JSON files, each with the results of a part of all files.  A
result counts for one content of a file, under one configuration, read by one Python and one LibCST, and
while every other file that it depended on has the content of then.  A cache that cannot be read is an
empty one, a cache that cannot be written is no cache; several processes may use one at once, for files are
replaced whole.
"""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint import __version__
from convbias_lint.cached_results import Unreadable, from_json, to_json
from convbias_lint.contents import fingerprint, read, read_regular
from convbias_lint.project import Task
from convbias_lint.result import FileResult

if TYPE_CHECKING:
    from convbias_lint.config import Settings

FOLDER = ".convbias_lint_cache"
MAX_SHARD_BYTES = 2_000_000
"""There are 16 shards, so this bounds the whole."""
KEEP_DAYS = 30
TOUCH_DAYS = 5
_DAY = 86_400
_TAG = "CACHEDIR.TAG"
_NOTE = "# Made by convbias-lint"
_VERSION = re.compile(r"\d+\.[\w.+-]+")
_SHARD_FILE = re.compile(r"[0-9a-f]\.json(\.\d+\.tmp)?")

Shard = dict[str, dict[str, Any]]


def folder_of(settings: Settings) -> str:
    """Where the cache of a project lies."""
    return settings.cache_dir or os.path.join(settings.root or os.getcwd(), FOLDER)


class Cache:
    """The cache in one folder; nothing is read before the first `get`, or written before `save`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._place = os.path.join(folder, __version__)
        self._shards: dict[str, Shard] = {}
        self._new: dict[str, Shard] = {}
        self._prints: dict[str, Optional[str]] = {}
        self._opened = time.time_ns()
        self._stamp = ""
        self._today = int(time.time() // _DAY)

    def get(self, task: Task) -> Optional[FileResult]:
        """What is known of a task, if it still counts."""
        name = self._name(task)
        entry = self._shard(name[0]).get(name)
        if entry is None:
            return None
        try:
            if entry["content"] != fingerprint(task.data).hex():
                return None
            if any(self._print(path) != known for path, known in entry["depends"]):
                return None
            result = from_json(entry["result"], task.target.path)
            if self._today - entry["used"] > TOUCH_DAYS:
                self._new.setdefault(name[0], {})[name] = {**entry, "used": self._today}
        except (KeyError, TypeError, ValueError, Unreadable):
            return None
        return result if task.fix == "off" or not _fixable(result) else None

    def put(self, task: Task, result: FileResult) -> None:
        """Keep the result of a task, unless it is one that another run may not repeat."""
        if result.error is not None or (task.fix != "off" and (result.fixed or _fixable(result))):
            return
        name = self._name(task)
        depends = [[path, self._print(path)] for path in result.dependencies]
        if any(content is None for _, content in depends):
            return
        self._new.setdefault(name[0], {})[name] = {
            "content": fingerprint(task.data).hex(),
            "depends": depends,
            "result": to_json(result),
            "used": self._today,
        }

    def save(self) -> None:
        """Write what is new; a disk that is full or read-only is no reason to fail."""
        if not self._new:
            return
        with suppress(OSError):
            self._make_folder()
            for digit, entries in self._new.items():
                # Another process may have written meanwhile: its results are kept, not lost.
                self._write(digit, {**self._load(digit), **entries})
        self._new.clear()

    def _name(self, task: Task) -> str:
        """What tells the entries of different files and configurations apart."""
        if not self._stamp:
            self._stamp = _stamp()
        parts = (task.place, task.target.settings.key(), task.ignore_noqa, self._stamp)
        return fingerprint(repr(parts).encode("utf-8", "surrogateescape")).hex()

    def _print(self, path: str) -> Optional[str]:
        """The fingerprint of a file's content; empty if there is none.

        None if it was written since this cache was opened: who looked into it may have seen it before.
        """
        if path not in self._prints:
            known: Optional[str] = ""
            with suppress(OSError, ValueError):
                known = fingerprint(read_regular(path)).hex()
                known = None if _written(path) > self._opened else known
            self._prints[path] = known
        return self._prints[path]

    def _shard(self, digit: str) -> Shard:
        if digit not in self._shards:
            self._shards[digit] = self._load(digit)
        return self._shards[digit]

    def _load(self, digit: str) -> Shard:
        import json

        try:
            shard = json.loads(read_regular(self._file(digit)))
        except (OSError, ValueError, RecursionError, MemoryError):
            return {}
        if not isinstance(shard, dict):
            return {}
        return {name: entry for name, entry in shard.items() if isinstance(entry, dict)}

    def _file(self, digit: str) -> str:
        return os.path.join(self._place, f"{digit}.json")

    def _write(self, digit: str, shard: Shard) -> None:
        import json

        encoded = []
        for name, entry in shard.items():
            used = entry.get("used")
            if isinstance(used, int) and self._today - used <= KEEP_DAYS:
                encoded.append((used, f"{json.dumps(name)}:{json.dumps(entry, separators=(',', ':'))}"))
        encoded.sort(key=lambda item: item[0], reverse=True)
        kept: list[str] = []
        size = 0
        for _, text in encoded:
            size += len(text) + 2
            if size > MAX_SHARD_BYTES:
                break
            kept.append(text)
        beside = f"{self._file(digit)}.{os.getpid()}.tmp"
        try:
            with open(beside, "x", encoding="ascii") as stream:  # no link that lies there
                stream.write("{" + ",\n".join(kept) + "}")
            os.replace(beside, self._file(digit))
        finally:
            with suppress(OSError):
                os.unlink(beside)

    def _make_folder(self) -> None:
        if os.path.isdir(self._place):
            return
        ours = not os.path.isdir(self._folder) or not os.listdir(self._folder)
        os.makedirs(self._place, exist_ok=True)
        if ours:  # any folder may be named as that of the cache
            _put(os.path.join(self._folder, ".gitignore"), f"{_NOTE}.\n*\n")
            signature = "Signature: 8a477f597d28d172789f06886806bc55"
            _put(os.path.join(self._folder, _TAG), f"{signature}\n{_NOTE}; see bford.info/cachedir\n")
        self._forget_versions()

    def _forget_versions(self) -> None:
        """Remove what earlier versions left, if no one has used it for long."""
        for version in _versions(self._folder):
            if version != self._place and time.time() - os.stat(version).st_mtime > KEEP_DAYS * _DAY:
                with suppress(OSError):
                    _remove(version)


def clear(folder: str) -> bool:
    """Remove the cache in a folder, and the folder if we made it for nothing else; False if there is none.

    Raises OSError.
    """
    if not os.path.isdir(folder):
        return False
    versions = _versions(folder)
    for version in versions:
        _remove(version)
    tag = os.path.join(folder, _TAG)
    try:
        made = _NOTE.encode() in read_regular(tag)
    except OSError:
        return bool(versions)
    if made:
        for path in (os.path.join(folder, ".gitignore"), tag):
            with suppress(FileNotFoundError):
                os.unlink(path)
        with suppress(OSError):  # something else is in it
            os.rmdir(folder)
    return made or bool(versions)


def _versions(folder: str) -> list[str]:
    """The folders of results, one of each version, in the folder of a cache."""
    return [os.path.join(folder, name) for name in os.listdir(folder) if _is_version(folder, name)]


def _is_version(folder: str, name: str) -> bool:
    """Whether we made a folder: one with anything but results in it may be someone's own."""
    path = os.path.join(folder, name)
    if not _VERSION.fullmatch(name) or os.path.islink(path) or not os.path.isdir(path):
        return False
    with os.scandir(path) as entries:
        return all(_SHARD_FILE.fullmatch(one.name) and one.is_file(follow_symlinks=False) for one in entries)


def _remove(version: str) -> None:
    for name in os.listdir(version):
        os.unlink(os.path.join(version, name))
    os.rmdir(version)


def _fixable(result: FileResult) -> bool:
    return any(finding.fix is not None and finding.fix.edits for finding in result.findings)


def _put(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as stream:
        stream.write(text)


def _written(path: str) -> int:
    """When a file was last written or put in its place, in nanoseconds."""
    state = os.stat(path)
    return state.st_mtime_ns if os.name == "nt" else state.st_ctime_ns  # there, when it was made


def _stamp() -> str:
    """What changes whenever this package, also while it is worked on, or what parses for it does."""
    newest = count = 0
    top = os.path.dirname(os.path.abspath(__file__))
    for folder in ("", "analysis", "layers", "rules"):
        with suppress(OSError), os.scandir(os.path.join(top, folder)) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    newest = max(newest, state.st_mtime_ns)
                    count += state.st_size
    return f"{newest}:{count}:{_parsers()}"


def _parsers() -> str:
    """The Python and the LibCST that read files: what one takes for a syntax error, the next may know."""
    for folder in sys.path:  # to ask the import system, or the package itself, takes longer
        with suppress(OSError):
            version = fingerprint(read(os.path.join(folder, "libcst", "_version.py"))).hex()
            return f"{sys.implementation.cache_tag}:{version}"
    return f"{sys.implementation.cache_tag}"
