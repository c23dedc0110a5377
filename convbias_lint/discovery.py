"""Which files a run looks at.

Files named on the command line are taken as they are; folders are searched for Python files, notebooks
and, if wanted, documents.  Nothing is read here but configurations and ``.gitignore`` files.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Optional, Union

from convbias_lint import globs
from convbias_lint.config import Settings
from convbias_lint.contents import read_regular

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convbias_lint.config_files import Finder
    from convbias_lint.gitignore import Ignored

PYTHON = (".py", ".pyi", ".ipynb")
DOCUMENTS = (".md", ".rst")
_WEIGHTS = (".pt", ".pth", ".ckpt", ".safetensors", ".keras", ".h5")
_IGNORE_FILES = (".gitignore", ".ignore")


class Target(NamedTuple):
    """A file to look at: its path as the reader knows it, and its settings.

    ``outside`` holds where a link that was found, not named, leads out of the folder that was searched:
    such a file is looked at, but not changed.
    """

    path: str
    settings: Settings
    outside: Optional[str] = None


class Problem(NamedTuple):
    """A path that cannot be looked at, and why, in one line; ``missing`` if there is no such path."""

    path: str
    message: str
    missing: bool = False


class Found(NamedTuple):
    """What discovery found, in order."""

    targets: list[Target]
    problems: list[Problem]


def discover(paths: Sequence[str], finder: Finder) -> Found:
    """The files that ``paths`` name or hold, each once."""
    found = Found([], [])
    seen: set[str] = set()
    for path in paths:
        for target in _Search(finder, found.problems).of(path):
            place = os.path.abspath(target.path)
            if place not in seen:
                seen.add(place)
                found.targets.append(target)
    return found


class _Folder(NamedTuple):
    """A folder to search: its path as the reader knows it, where it is, and what is ignored there."""

    shown: str
    place: str
    ignored: Optional[Ignored]


class _Search:
    """The search for one path of the command line."""

    def __init__(self, finder: Finder, problems: list[Problem]) -> None:
        self._finder = finder
        self._problems = problems
        self._excludes: dict[int, tuple[Settings, _Excludes]] = {}
        self._top = ""

    def of(self, path: str) -> Iterable[Target]:
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            missing = isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError))
            if os.path.islink(path):
                self._problems.append(Problem(path, f"broken link to {os.readlink(path)}"))
            else:
                self._problems.append(Problem(path, reason(error), missing))
            return ()
        place = os.path.abspath(path)
        if stat.S_ISDIR(mode):
            settings = self._finder.of_folder(place)
            if settings.force_exclude and is_excluded(place, settings):
                return ()
            self._top = os.path.realpath(path)
            return self._walk(os.path.normpath(path), place, self._ignores_above(place, settings))
        settings = self._finder.of_file(place)
        if settings.force_exclude and is_excluded(place, settings):
            return ()
        if not stat.S_ISREG(mode):
            self._problems.append(Problem(path, "neither a file nor a folder"))
            return ()
        if path.endswith(_WEIGHTS):
            advice = "weights, not source code; `convbias-lint migrate` carries those over"
            self._problems.append(Problem(path, advice))
            return ()
        return (Target(os.path.normpath(path), settings),)

    def _walk(self, shown: str, place: str, ignored: Optional[Ignored]) -> Iterator[Target]:
        """The files below a folder; folders may lie deeper in each other than calls in Python may."""
        open_ = [self._folder(shown, place, ignored)]
        while open_:
            for item in open_[-1]:
                if isinstance(item, _Folder):
                    open_.append(self._folder(*item))
                    break
                yield item
            else:
                open_.pop()

    def _folder(self, shown: str, place: str, ignored: Optional[Ignored]) -> Iterator[Union[Target, _Folder]]:
        try:
            with os.scandir(place) as entries:
                items = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._problems.append(Problem(shown, reason(error)))
            return
        names = {item.name for item in items}
        settings = self._finder.of_folder(place, names)
        excludes = self._excludes_of(settings)
        if settings.respect_gitignore:
            ignored = _deeper(ignored, place, names)
        suffixes = PYTHON + DOCUMENTS if settings.include_markdown else PYTHON
        prefix = "" if shown == "." else shown.rstrip(os.sep) + os.sep
        folder = place.rstrip(os.sep) + os.sep
        for item in items:
            name = item.name
            is_folder = item.is_dir(follow_symlinks=False)
            if not is_folder and not name.endswith(suffixes):
                continue
            if excludes.match(name, folder + name):
                continue
            if ignored is not None and settings.respect_gitignore and ignored.match(folder + name, is_folder):
                continue
            if is_folder:
                yield _Folder(prefix + name, folder + name, ignored)
            elif item.is_symlink():
                yield from self._link(prefix + name, folder + name, settings)
            elif item.is_file(follow_symlinks=False):
                yield Target(prefix + name, settings)
            else:
                self._problems.append(Problem(prefix + name, "neither a file nor a folder"))

    def _link(self, shown: str, place: str, settings: Settings) -> Iterator[Target]:
        """A link that the search met: links to folders are not followed."""
        real = os.path.realpath(place)
        if not os.path.exists(real):
            self._problems.append(Problem(shown, f"broken link to {os.readlink(place)}"))
        elif os.path.isfile(real):
            inside = real.startswith(self._top.rstrip(os.sep) + os.sep)
            yield Target(shown, settings, None if inside else real)

    def _excludes_of(self, settings: Settings) -> _Excludes:
        known = self._excludes.get(id(settings))
        if known is None:
            known = self._excludes[id(settings)] = (settings, _Excludes(settings))
        return known[1]

    def _ignores_above(self, place: str, settings: Settings) -> Optional[Ignored]:
        """What the ignore files between the repository's root and a folder say."""
        if not settings.respect_gitignore:
            return None
        folders = []
        above = place
        while not os.path.lexists(os.path.join(above, ".git")):
            parent = os.path.dirname(above)
            if parent == above:
                return None  # in no repository: only what lies at or below the folder counts
            above = parent
            folders.append(above)
        ignored: Optional[Ignored] = None
        for folder in reversed(folders):
            ignored = _deeper(ignored, folder, _present(folder))
        # Whoever names an ignored folder wants to see what is in it.
        return None if ignored is not None and ignored.match(place, is_folder=True) else ignored


class _Excludes:
    """``exclude`` and ``extend-exclude``, plain names apart from patterns since they are looked up."""

    def __init__(self, settings: Settings) -> None:
        patterns = (*settings.exclude, *settings.extend_exclude)
        self._root = settings.root or os.getcwd()
        self._names = frozenset(pattern for pattern in patterns if globs.is_name(pattern))
        self._patterns = tuple(pattern for pattern in patterns if pattern not in self._names)

    def match(self, name: str, place: str) -> bool:
        return name in self._names or any(
            globs.matches(pattern, place, self._root) for pattern in self._patterns
        )


def is_excluded(place: str, settings: Settings) -> bool:
    """Whether an absolute path, or a folder that it is in up to the project's root, is excluded."""
    excludes = _Excludes(settings)
    while place != settings.root and place != os.path.dirname(place):
        if excludes.match(os.path.basename(place), place):
            return True
        place = os.path.dirname(place)
    return False


def reason(error: Exception) -> str:
    """Why the system refuses a path, in words of one line."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return " ".join(str(error).split())


def _present(folder: str) -> tuple[str, ...]:
    return tuple(name for name in (".git", *_IGNORE_FILES) if os.path.exists(os.path.join(folder, name)))


def _deeper(ignored: Optional[Ignored], place: str, names: Collection[str]) -> Optional[Ignored]:
    """``ignored`` with what the ignore files of one more folder add, the later file winning."""
    files = [os.path.join(place, name) for name in _IGNORE_FILES if name in names]
    if ".git" in names:
        files.insert(0, os.path.join(place, ".git", "info", "exclude"))
    lines: list[str] = []
    for file in files:
        try:
            text = read_regular(file).decode("utf-8-sig", "surrogateescape")
        except OSError:
            continue  # as git does
        lines += text.replace("\r\n", "\n").split("\n")
    if all(not line.strip() or line.startswith("#") for line in lines):
        return ignored
    from convbias_lint.gitignore import Ignored  # slow to import, and most folders need it not

    return Ignored(place, lines, ignored)
