"""Which classes and functions of a file can lead to a finding at all, told from their text.

Running a model costs far more than looking for words.  A class is worth running only where its own
text, or that of what it mentions in the same file, names a layer with a bias and something like a norm,
and where what it names, here or in other files, leads to a norm that subtracts the mean of a channel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from convbias_lint.analysis.callers import Callers
from convbias_lint.analysis.chunks import NAME, cut
from convbias_lint.analysis.loader import Loader
from convbias_lint.analysis.outline import Goal
from convbias_lint.analysis.reach import SCRIPT
from convbias_lint.gate import hands_bias_on, uses_missing_bias

_DEFINITION = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
# ``Convert``, ``convolve`` and ``convex`` are no layers.
_CONV = re.compile(r"onv(?:(?<=[a-z]Conv)|(?<=[Cc]onv)(?!er|ol|ex))")
_LAYER_WORDS = ("LAYER", "layer", "Linear", "linear", "Dense", "dense")
# Patterns begin with the rarest plain text in them: for that, a text is searched in no time.
_NORM = re.compile(r"orm(?:(?<=[Nn]orm)(?!al)|(?<=Norm)alization)")
_SHORT_NORM = re.compile(r"bn(?<=\bbn)")
_NORM_WORDS = ("NORM", "BN", "Bn")

_OWN_LAYER = re.compile(r"(?:Conv|Linear|Dense)\w*\(")
_OWN_NORM = re.compile(r"(?:Batch|Instance)Norm\w*\(")
_CALLED_NORM = re.compile(
    r"_norm\((?:(?<=\bbatch_norm\()(?<!\bself\.batch_norm\()"
    r"|(?<=\binstance_norm\()(?<!\bself\.instance_norm\())"
)


class Relevance:
    """The top-level definitions of a file, and what each leads to."""

    def __init__(
        self,
        path: str,
        text: str,
        rows: Iterable[str],
        loader: Loader,
        callers: Callers,
        missing: bool,
    ) -> None:
        """``rows`` are the names of all layers that are known.

        ``missing``: layers without a bias matter even where no norm is in reach.
        """
        self._path = path
        self._text = text
        self._loader = loader
        self._callers = callers
        own = {name.rsplit(".", 1)[-1] for name in rows if not name.startswith(("torch.", "keras."))}
        self._own = {name for name in own if name in text}
        self.wide = False
        """Whether what is :attr:`beside` is worth running: something was found for it to speak against."""
        self.activations = missing
        """Whether it matters what follows a layer without a bias."""
        data = text.encode("utf-8")
        self.missing = missing or uses_missing_bias(data)
        """Whether layers without a bias matter, too, with or without a norm behind them."""
        self._handed = hands_bias_on(data)
        self._chunks: dict[str, str] = {}
        for start, chunk in cut(text, list(_DEFINITION.finditer(text))):
            name = start.group(1)
            self._chunks[name] = self._chunks.get(name, "") + chunk
        self._names: dict[str, frozenset[str]] = {}
        self._named: dict[str, tuple[bool, bool]] = {}
        """By a definition's name, whether its text names a layer, and a norm."""
        loader.outline(path, text)

    def is_any(self) -> bool:
        """Whether anything in the file is worth running."""
        return self.script or bool(self._worth)

    @cached_property
    def script(self) -> bool:
        """Whether the statements that run when the file is loaded may lead to a finding."""
        return bool(self._own) or self._leads_to_norm(SCRIPT) or self._has_bare_layer(SCRIPT)

    def worth_running(self, name: str) -> bool:
        """Whether the definition of ``name`` may build both a layer with a bias and a norm."""
        return name in self._worth or (self.wide and name in self.beside)

    def may_build(self, name: str) -> bool:
        """Whether running the definition of ``name`` may matter, now or once something is found."""
        return name in self._worth or name in self.beside

    @cached_property
    def _normed(self) -> tuple[str, ...]:
        """What leads to a layer and a norm, and its base classes."""
        normed = [name for name in self._chunks if self._has_norm(name)]
        for name in normed:
            chunk = self._chunks[name]
            bases = NAME.findall(chunk.partition(":")[0]) if chunk.startswith("class") else ()
            normed += [base for base in bases if base in self._chunks and base not in normed]
        return tuple(normed)

    @cached_property
    def _worth(self) -> frozenset[str]:
        """What leads to a layer and a norm, or to a layer without a bias where that matters."""
        bare = [name for name in self._chunks if self._inside(name)[1] and self._has_bare_layer(name)]
        return frozenset((*self._normed, *bare))

    @cached_property
    def beside(self) -> frozenset[str]:
        """What may show that layers are used without a norm, too: who else builds the same parts."""
        parts = {
            part for part in self._reachable(self._normed).difference(self._normed) if self._inside(part)[1]
        }
        users = (name for name, chunk in self._chunks.items() if self._mentioned(chunk) & parts - {name})
        return frozenset(users) - self._worth

    def _has_norm(self, name: str) -> bool:
        own, layer, norm = self._inside(name)
        return own or (layer and norm and self._leads_to_norm(name))

    def _leads_to_norm(self, name: str) -> bool:
        return self._loader.leads(self._path, name, Goal.NORM) or self._is_given_norm(name)

    def _has_bare_layer(self, name: str) -> bool:
        return self.missing and self._loader.leads(self._path, name, Goal.BARE_LAYER)

    def _reachable(self, names: Iterable[str]) -> set[str]:
        """All definitions of the file that some of them lead to."""
        todo = list(names)
        seen = set(todo)
        while todo:
            for other in self._mentioned(self._chunks[todo.pop()]) - seen:
                seen.add(other)
                todo.append(other)
        return seen

    def _is_given_norm(self, name: str) -> bool:
        """Whether code of the package may pass a norm for a parameter of the definition ``name``."""
        root = self._loader.package_of(self._path)
        return name != SCRIPT and self._callers.may_pass_norm(name, self._text, root)

    def _inside(self, name: str) -> tuple[bool, bool, bool]:
        """Whether a definition leads to a layer of the configuration's, to a layer, and to a norm.

        This looks at this file only, where either may come from elsewhere under a telling name.
        """
        todo, seen = [name], {name}
        layer = norm = False
        while todo:
            current = todo.pop()
            chunk = self._chunks.get(current)
            if chunk is None:
                continue
            if current not in self._named:
                self._named[current] = _names_layer(chunk), self._names_norm(chunk)
            if any(own in chunk for own in self._own):
                return True, True, True
            layer = layer or self._named[current][0]
            norm = norm or self._named[current][1]
            if layer and norm and not self._own:
                break
            for other in self._mentioned(chunk):
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return False, layer, norm

    def _names_norm(self, chunk: str) -> bool:
        if any(word in chunk for word in _NORM_WORDS):
            return True
        if _NORM.search(chunk) is not None or _SHORT_NORM.search(chunk) is not None:
            return True
        return self._handed and "bias=True" in chunk

    def runs_own(self) -> bool:
        """Whether the file names a layer of the configuration's."""
        return bool(self._own)

    def leads_to_norm_call(self, name: str) -> bool:
        """Whether a norm may be a function that the definition ``name``, or what it leads to, calls."""
        return self._loader.leads(self._path, name, Goal.NORM_CALL)

    @cached_property
    def calls_norm(self) -> bool:
        """Whether a norm may be a function that is called, not a layer that is built."""
        return _CALLED_NORM.search(self._text) is not None

    def names_both(self, name: str) -> bool:
        """Whether the text of a class itself names a layer and a norm of the framework's."""
        chunk = self._chunks.get(name, "")
        return (
            chunk.startswith("class")
            and _OWN_LAYER.search(chunk) is not None
            and _OWN_NORM.search(chunk) is not None
        )

    def _mentioned(self, chunk: str) -> frozenset[str]:
        names = self._names.get(chunk)
        if names is None:
            names = self._names[chunk] = frozenset(NAME.findall(chunk)).intersection(self._chunks)
        return names


def _names_layer(chunk: str) -> bool:
    return any(word in chunk for word in _LAYER_WORDS) or _CONV.search(chunk) is not None
