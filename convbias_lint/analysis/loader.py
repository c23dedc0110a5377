"""The files in view: the one being linted and, on demand, those it imports.

A file is parsed once per process.  Only files of the same package, or that resolve from the project's
roots, are opened; installed packages never are.
"""

from __future__ import annotations

import ast
import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Optional

from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.outline import Goal, Outline
from convbias_lint.analysis.reach import Reach
from convbias_lint.analysis.syntax import SyntaxFailure, parse
from convbias_lint.gate import may_hold_findings
from convbias_lint.rows import normalised
from convbias_lint.source import SourceError, decode, encoding_of

# These are described by tables, never read, even where their source lies beside the linted file.
_FRAMEWORKS = frozenset(("torch", "keras", "tensorflow", "tf_keras", "numpy", "typing", "functools"))
_STANDARD = frozenset(getattr(sys, "stdlib_module_names", ()))
MAX_FILE_BYTES = 2_000_000
MAX_OTHER_BYTES = 40_000
"""Larger files are read only if they can hold models: helpers that sizes go through are in small ones."""
MAX_LOADED = 6_000_000
"""How many characters of files that others import are kept, with the trees of what was asked of them."""
MAX_TREES = 800_000
"""How many characters of such files keep their trees; of others a definition gets its own when asked for."""
LONG = 0.002
RARELY = 20
"""A look for changed files that takes more seconds than LONG may take one part in so many of the time."""


def _stamp(path: str) -> Optional[tuple[int, int]]:
    """What changes when a file does; None where there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


class Loader:
    """Finds, reads and parses the files that a linted file imports, once per process."""

    def __init__(self, src: Sequence[str] = ()) -> None:
        self._src = tuple(os.path.abspath(root) for root in src)
        self._files: dict[str, Optional[SourceFile]] = {}
        self._stamps: dict[str, Optional[tuple[int, int]]] = {}
        self._importers: dict[str, set[str]] = {}
        """By a file's path, those of the files that hold values of it."""
        self._roots: dict[str, str] = {}
        self._outlines: dict[str, Optional[Outline]] = {}
        self._reach = Reach(self.locate, self._outline)
        self.size = 0
        """Characters of the files that were read for others."""
        self._next_look = 0.0
        self.asked: set[str] = set()
        """Paths of the files that the current analysis depended on."""

    def add(self, file: SourceFile) -> None:
        """Take a file as it is now; what imports it and is loaded holds values of the old one."""
        known = self._files.get(file.path)
        todo = [] if known is None or known.text == file.text else [file.path]
        dropped: set[str] = set()
        while todo:
            for importer in self._importers.pop(todo.pop(), ()):
                if importer not in dropped:
                    dropped.add(importer)
                    todo.append(importer)
        for path in dropped:
            self._files.pop(path, None)
        if known is None:
            self.size += len(file.text)
        self._files[file.path] = file
        self._stamps[file.path] = _stamp(file.path)

    def let_go(self, file: SourceFile) -> None:
        """Drop a file that was looked into, if many are kept and no other holds values of this one."""
        if self.size < MAX_LOADED // 3:
            return
        if file.path not in self._importers and self._files.get(file.path) is file:
            del self._files[file.path]
            self.size -= len(file.text)

    def outline(self, path: str, text: str) -> Outline:
        """The outline of a file as it is now."""
        known = self._outlines.get(path)
        if known is None or known.text_hash != hash(text):
            if path in self._outlines:
                self._reach.forget(path)
            known = self._outlines[path] = Outline(text)
            self._stamps[path] = _stamp(path)
        return known

    def leads(self, path: str, name: str, goal: Goal) -> bool:
        """Whether a name of a file may lead to the goal."""
        if self._reach.leads(path, name, goal):
            return True  # what then comes of running it depends on the files that are found in use
        self.asked.update(self._reach.files(path, name, goal))
        return False

    def tree_of(self, path: str, text: str) -> Optional[ast.Module]:
        """The tree of a file that is loaded already, if ``text`` is what it holds."""
        known = self._files.get(path)
        return known.tree if known is not None and known.text == text else None

    def forget(self) -> None:
        """Drop everything: it is read again when next asked for."""
        self._forget_trees()
        self._next_look = 0.0
        self._stamps.clear()
        self._roots.clear()
        self._outlines.clear()
        self._reach.forget()

    def _forget_trees(self) -> None:
        self.size = 0
        self._files.clear()
        self._importers.clear()

    def tidy(self) -> None:
        """Drop the parsed files if they have become too many; what is known of their text is small."""
        if self.size > MAX_LOADED:
            self._forget_trees()

    def refresh(self, now: bool = False) -> None:
        """Drop what is known of files that are others on disk by now.

        Of a project with thousands of files that is not asked for every keystroke, unless ``now`` says so.
        """
        begun = time.monotonic()
        if begun < self._next_look and not now:
            return
        changed = [path for path, known in self._stamps.items() if _stamp(path) != known]
        taken = time.monotonic() - begun
        if taken > LONG:
            self._next_look = begun + RARELY * taken
        if changed:
            self._roots.clear()
        for path in changed:
            del self._stamps[path]
            self._outlines.pop(path, None)
            self._reach.forget(path)
            if path in self._files:
                self._forget_trees()  # their values hold each other's

    def find(self, importer: str, module: str, level: int) -> Optional[SourceFile]:
        """The file of ``from {'.' * level}{module} import …`` written in the file ``importer``."""
        tried: list[str] = []
        for path in self._candidates(importer, module, level):
            tried.append(path)
            if path not in self._files:
                self._stamps[path] = _stamp(path)
                self._files[path] = self._parsed(path)
            found = self._files[path]
            if found is not None:
                self.asked.update(tried)
                self._importers.setdefault(path, set()).add(importer)
                return found
        return None

    def depend_on_missing(self, path: str) -> None:
        """Note where the imports of the file at ``path`` would find the files that are not there.

        Nobody hides a module of the standard library.  A package's absolute imports are of itself, of its
        neighbours, or of what is installed, which is not going to turn up in the project.
        """
        outline = self._outline(path)
        folder = os.path.dirname(path)
        root = self._root(folder)
        imports = () if outline is None else (*outline.stars, *chain.from_iterable(outline.imports.values()))
        for module, level, _ in imports:
            top = module.partition(".")[0]
            if not level and top in _STANDARD:
                continue
            candidates = list(self._candidates(path, module, level))
            if not level and root != folder:
                bases = [base for base in (root, *self._src) if os.path.isdir(os.path.join(base, top))]
                within = tuple(os.path.join(base, top) for base in bases)
                candidates = [candidate for candidate in candidates if candidate.startswith(within)]
            if all(_stamp(candidate) is None for candidate in candidates):
                self.asked.update(candidates)

    def locate(self, importer: str, module: str, level: int) -> Optional[str]:
        """As :meth:`find`, but only where the file is."""
        candidates = self._candidates(importer, module, level)
        return next((path for path in candidates if self._outline(path) is not None), None)

    def _candidates(self, importer: str, module: str, level: int) -> Iterator[str]:
        if not importer or importer.startswith("<"):
            return
        parts = module.split(".") if module else []
        bases: list[str] = []
        if level:
            base = os.path.dirname(importer)
            for _ in range(level - 1):
                base = os.path.dirname(base)
            bases = [base]
        elif parts and parts[0] not in _FRAMEWORKS:
            bases = [self._root(os.path.dirname(importer)), os.path.dirname(importer), *self._src]
        for base in bases:
            yield f"{os.path.join(base, *parts)}.py"
            yield os.path.join(base, *parts, "__init__.py")

    def _root(self, folder: str) -> str:
        """The folder that holds the outermost package that ``folder`` is in."""
        known = self._roots.get(folder)
        if known is None:
            known, above = folder, os.path.dirname(folder)
            # The root of the file system lies in itself, and so does the folder of a bare file name.
            while known != above and os.path.isfile(os.path.join(known, "__init__.py")):
                known, above = above, os.path.dirname(above)
            self._roots[folder] = known
        return known

    def package_of(self, path: str) -> Optional[str]:
        """The folder of the outermost package that the file ``path`` is in, if it is in one."""
        if not os.path.isabs(path):
            return None
        folder = os.path.dirname(path)
        root = self._root(folder)
        if root == folder:
            return None
        return os.path.join(root, os.path.relpath(folder, root).split(os.sep)[0])

    def _outline(self, path: str) -> Optional[Outline]:
        if path not in self._outlines:
            self._stamps[path] = _stamp(path)
            text = _text_of(path)
            self._outlines[path] = None if text is None else Outline(text)
        return self._outlines[path]

    def _parsed(self, path: str) -> Optional[SourceFile]:
        text = _text_of(path)
        if text is None:
            return None
        self.size += len(text)
        try:
            file = SourceFile(path, parse(text), text)
        except SyntaxFailure:
            return None
        if self.size > MAX_TREES:
            file.put_away()
        return file


def _text_of(path: str) -> Optional[str]:
    """The text of a file that others import; None where it cannot be read, or is of no use."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:  # a pipe would never end
            return None
        with open(path, "rb") as stream:
            data = stream.read()
        if len(data) > MAX_OTHER_BYTES and not may_hold_findings(data):
            return None
        return normalised(decode(data, encoding_of(data)))
    except (OSError, ValueError, SourceError):
        return None
