"""Code of other files that may use the ``.bias`` of a layer: ``utils.py`` with its ``weights_init``.

Only files that meet the layer's file somewhere are tried: they import its models; or it, or a third file
that imports its models, imports their functions.  Whether their code fails with a layer that has no bias
is told by :mod:`bias_access`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, Optional

from convbias_lint.analysis.bias_access import BiasAccesses
from convbias_lint.analysis.bias_text import Touchy, uses_bias
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.package_files import beside, read_text, sources
from convbias_lint.analysis.syntax import SyntaxFailure, parse


class Summary:
    """What is kept of a file: its imports, and what of it uses biases and can be asked for by name."""

    def __init__(self, path: str) -> None:
        text = read_text(path)
        self._path = path
        self.imports = _imports(text)
        self.defined = frozenset(_DEFINED.findall(f"\n{text}")) if uses_bias(text) else None
        """All that it defines; None where nothing in it uses a bias."""

    @cached_property
    def entries(self) -> Optional[frozenset[str]]:
        """What of the file uses biases: few of those that do are ever asked for more than their names."""
        touchy = Touchy(read_text(self._path))
        return touchy.entries if touchy.text else None


class Imports:
    """The import statements of some files."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._words = frozenset(word for text in texts for word in _WORD.findall(text))
        starred = (module for text in texts for module in _STARRED.findall(text))
        self._starred = frozenset(module.rpartition(".")[2] for module in starred)
        """The last names of the modules of which everything is imported; empty for the package itself."""

    def may_hold(self, names: frozenset[str], modules: Sequence[str]) -> bool:
        """Whether some names of a module may be among what is imported; ``modules`` lead to it."""
        if not self._words.isdisjoint(names) or modules[-1] in self._words:
            return True
        return not self._starred.isdisjoint(("", *modules))


class Met(NamedTuple):
    """The files with code that uses biases and may be given models of a file, and those that import it."""

    using: tuple[str, ...]
    importing: tuple[str, ...]


class OtherFiles:
    """The files around those that are linted, and what their code does with biases."""

    def __init__(self) -> None:
        self._summaries: dict[str, list[tuple[str, Summary]]] = {}
        """By folder, the files in it and around it."""
        self._files: dict[str, Optional[SourceFile]] = {}
        self._biases: tuple[str, dict[str, BiasAccesses]] = ("", {})
        """For the file last asked for, what each of the others does."""
        self._met: dict[tuple[str, frozenset[str], str], Met] = {}

    def forget(self) -> None:
        """Read the files anew when next asked."""
        self._summaries.clear()
        self._files.clear()
        self._biases = ("", {})
        self._met.clear()

    def met(self, path: str, text: str, names: frozenset[str], package: Optional[str]) -> Met:
        """What has to do with the file ``path``.

        ``names`` are its classes and functions that build models; ``package`` is the folder of the
        outermost package around it, if there is one.
        """
        imports = _imports(text)
        key = (path, names, imports)
        if key not in self._met:
            self._met[key] = self._find(path, imports, names, package)
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

    def _find(self, path: str, imports: str, names: frozenset[str], package: Optional[str]) -> Met:
        summaries = [(other, summary) for other, summary in self._around(path, package) if other != path]
        about = _imports_of(path, package, names)
        words = ("*", _modules(path, package)[-1], *names)  # without any of which there is no match
        knowing = {
            other: summary.imports
            for other, summary in summaries
            if any(word in summary.imports for word in words) and about.search(summary.imports)
        }
        # ``__init__`` files name everything.
        texts = [text for other, text in knowing.items() if os.path.basename(other) != "__init__.py"]
        brought = Imports([*texts, imports])
        using = [
            other
            for other, summary in summaries
            if summary.defined is not None
            and (other in knowing or _is_imported(other, package, summary, brought))
            and summary.entries is not None
        ]
        return Met(tuple(using), tuple(knowing))

    def _around(self, path: str, package: Optional[str]) -> list[tuple[str, Summary]]:
        """The files that may have to do with one: its package, or its folder, and what lies next to that."""
        folder = package or os.path.dirname(path)
        if folder not in self._summaries:
            paths = [*(sources(folder) if package else beside(folder)), *beside(os.path.dirname(folder))]
            self._summaries[folder] = [(other, Summary(other)) for other in paths]
        return self._summaries[folder]


def _is_imported(path: str, package: Optional[str], summary: Summary, brought: Imports) -> bool:
    """Whether what uses biases in the file ``path`` is imported."""
    modules = _modules(path, package)
    if not brought.may_hold(summary.defined or frozenset(), modules) or not summary.entries:
        return False
    if not brought.may_hold(summary.entries, modules):
        return False
    return any(map(_imports_of(path, package, summary.entries).search, brought.texts))


def _imports(text: str) -> str:
    """The import statements of a text, each from the start of a line on."""
    return "\n".join(_IMPORT.findall(f"\n{text}"))


# Patterns that begin with the end of the row before find their rows in half the time that ``^`` takes.
_IMPORT = re.compile(r"\n[ \t]*((?:import|from)[ \t]+(?:[^\n(]*\([^()]*\)|[^\n]*))")
_WORD = re.compile(r"\w+")
_STARRED = re.compile(r"from[ \t]+([\w.]+)[ \t]+import\b[^()\n]*(?:\([^()]*)?\*")
_DEFINED = re.compile(r"\n[ \t]*(?:async[ \t]+def|def|class)[ \t]+(\w+)")


def _modules(path: str, package: Optional[str]) -> list[str]:
    """The names of a module and of the packages around it, the outermost first."""
    inside = os.path.relpath(path, os.path.dirname(package or path))
    modules = [os.path.splitext(part)[0] for part in inside.split(os.sep)]
    return modules[:-1] if len(modules) > 1 and modules[-1] == "__init__" else modules


def _imports_of(path: str, package: Optional[str], names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for what imports some names of a file: from it, or from a package around it."""
    modules = _modules(path, package)
    places = "|".join(map(re.escape, modules))
    module = re.escape(modules[-1])
    wanted = "|".join(["\\*", *(rf"\b{re.escape(name)}\b" for name in sorted(names))])
    return re.compile(
        rf"^from[ \t]+(?:\.+|(?:[\w.]*\.)?(?:{places}))[ \t]+import\b[^()\n]*(?:\([^()]*)?(?:{wanted})"
        rf"|^import\b.*\b{module}\b|^from\b.*\bimport\b.*\b{module}\b",
        re.MULTILINE,
    )


def _parsed(path: str) -> Optional[SourceFile]:
    text = read_text(path)
    try:
        return SourceFile(path, parse(text), text)
    except (SyntaxFailure, RecursionError):
        return None
