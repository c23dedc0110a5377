"""Code of other files that may use the ``.bias`` of a layer: ``utils.py`` with its ``weights_init``.

Only files that meet the layer's file somewhere are tried: they import its models; or it, or a third file
that imports its models, imports their functions.  Whether their code fails with a layer that has no bias
is told by :mod:`bias_access`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Optional

from convbias_lint.analysis.bias_access import BiasAccesses
from convbias_lint.analysis.bias_text import Touchy
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.package_files import beside, read_bytes, sources
from convbias_lint.analysis.syntax import SyntaxFailure, parse


class Outline(NamedTuple):
    """What is kept of a file: its import statements, and what of it uses biases and can be asked for by name.

    ``entries`` is None where nothing in the file uses a bias.
    """

    imports: str
    entries: Optional[frozenset[str]]


class OtherFiles:
    """The files around those that are linted, and what their code does with biases."""

    def __init__(self) -> None:
        self._outlines: dict[str, list[tuple[str, Outline]]] = {}
        """By folder, the files in it and around it."""
        self._files: dict[str, Optional[SourceFile]] = {}
        self._biases: tuple[str, dict[str, BiasAccesses]] = ("", {})
        """For the file last asked for, what each of the others does."""
        self._met: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}

    def forget(self) -> None:
        """Read the files anew when next asked."""
        self._outlines.clear()
        self._files.clear()
        self._biases = ("", {})
        self._met.clear()

    def met(self, path: str, text: str, names: frozenset[str], package: Optional[str]) -> Sequence[str]:
        """The files with code that uses biases and may be given models of the file ``path``.

        ``names`` are the classes and functions that build them; ``package`` is the folder of the
        outermost package around the file, if there is one.
        """
        key = (path, names)
        if key not in self._met:
            self._met[key] = tuple(self._find(path, text, names, package))
        return self._met[key]

    def touch(self, other: str, path: str, layers: Iterable[LayerValue]) -> bool:
        """Whether code in the file ``other`` may fail once these layers of ``path`` have no bias."""
        if self._biases[0] != path:
            self._biases = (path, {})
        known = self._biases[1]
        if other not in known:
            if other not in self._files:
                self._files[other] = _parsed(other)
            file = self._files[other]
            if file is None:
                return False
            known[other] = BiasAccesses(file, file.text, elsewhere=True)
        return known[other].touch(layers)

    def _find(self, path: str, text: str, names: frozenset[str], package: Optional[str]) -> Iterator[str]:
        outlines = [(other, outline) for other, outline in self._around(path, package) if other != path]
        using = [(other, outline) for other, outline in outlines if outline.entries is not None]
        if not using:
            return
        about = _imports_of(path, package, names)
        knowing = [(other, outline) for other, outline in outlines if about.search(outline.imports)]
        direct = {other for other, _ in knowing}
        # ``__init__`` files name everything.
        texts = [outline.imports for other, outline in knowing if os.path.basename(other) != "__init__.py"]
        texts.append(_imports(text))
        for other, outline in using:
            if other in direct:
                yield other
            elif outline.entries:
                about = _imports_of(other, package, outline.entries)
                if any(map(about.search, texts)):
                    yield other

    def _around(self, path: str, package: Optional[str]) -> list[tuple[str, Outline]]:
        """The files that may have to do with one: its package, or its folder, and what lies next to that."""
        folder = package or os.path.dirname(path)
        if folder not in self._outlines:
            paths = [*(sources(folder) if package else beside(folder)), *beside(os.path.dirname(folder))]
            texts = (read_bytes(other).decode("utf-8", "replace") for other in paths)
            self._outlines[folder] = [(other, _outline(text)) for other, text in zip(paths, texts)]
        return self._outlines[folder]


def _outline(text: str) -> Outline:
    touchy = Touchy(text)
    return Outline(_imports(text), touchy.entries if touchy.text else None)


def _imports(text: str) -> str:
    """The import statements of a text, each from the start of a line on."""
    return "\n".join(_IMPORT.findall(text))


_IMPORT = re.compile(r"^[ \t]*((?:import|from)[ \t]+(?:[^\n(]*\([^()]*\)|[^\n]*))", re.MULTILINE)


def _imports_of(path: str, package: Optional[str], names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for what imports some names of a file: from it, or from a package around it."""
    inside = os.path.relpath(path, os.path.dirname(package or path))
    modules = [os.path.splitext(part)[0] for part in inside.split(os.sep)]
    places = "|".join(map(re.escape, modules))
    module = re.escape(next((name for name in reversed(modules) if name != "__init__"), modules[0]))
    wanted = "|".join(["\\*", *(rf"\b{re.escape(name)}\b" for name in sorted(names))])
    return re.compile(
        rf"^from[ \t]+(?:\.+|(?:[\w.]*\.)?(?:{places}))[ \t]+import\b[^()\n]*(?:\([^()]*)?(?:{wanted})"
        rf"|^import\b.*\b{module}\b|^from\b.*\bimport\b.*\b{module}\b",
        re.MULTILINE,
    )


def _parsed(path: str) -> Optional[SourceFile]:
    text = read_bytes(path).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    try:
        return SourceFile(path, parse(text), text)
    except (SyntaxFailure, RecursionError):
        return None
