"""What the top-level statements of a file name, told from its text alone.

Parsing a file costs a hundred times as much, and most files that name a layer and some norm can be
told to hold no finding without it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from enum import Enum
from keyword import iskeyword
from sys import intern
from typing import NamedTuple, Optional

from convbias_lint.analysis.chunks import NAME, code_of, cut, without_strings

_START = re.compile(r"^[A-Za-z_@]\w*", re.MULTILINE)
_GOES_ON = frozenset(("else", "elif", "except", "finally"))
_COMPOUND = frozenset(("if", "try", "for", "while", "with", "match"))
_HEAD = re.compile(r"(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")
_LEADING = re.compile(r"^[ \t]*(?:(?:async[ \t]+)?(?:def|class)[ \t]+)?([A-Za-z_]\w*)", re.MULTILINE)
_TARGETS = re.compile(r"([^=\n:]*)(?::[^=\n]*)?=(?!=)")
# Code that may come by a definition of the file through its name as a string.
_BY_NAME = ("globals(", "locals(", "vars(", "sys.modules", "import_module", "eval(")
_BEHIND_DOT = re.compile(r"\.\s*([A-Za-z_]\w*)")
_IMPORT = re.compile(
    r"\n([ \t]*)(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^()]*\)|(?:\\\n|[^\n;])*)"
    r"|import[ \t]+([^\n;]*))"
)
_ALIAS = re.compile(r"([\w.]+|\*)(?:[ \t]+as[ \t]+(\w+))?")

_CLASSES = "|".join(
    rf"(?<=(?<![A-Za-z]){kind}{name}Norm)" for kind in ("", "Lazy", "Sync") for name in ("Batch", "Instance")
)
_CALLS = "|".join(rf"(?<=\b{name}_norm)" for name in ("batch", "instance"))
_MEMBERS = "|".join(
    rf"(?<=\b{owner}\.{name}_norm)"
    for owner in ("F", "functional", "torch")
    for name in ("batch", "instance")
)
# A pattern that begins with plain text finds it in no time; what stands before it is looked at then.
_NORM = re.compile(
    rf"orm(?:(?:{_CLASSES})(?:alization\b|(?![A-Za-z]))|(?:{_CALLS})\(|(?:{_MEMBERS})\b"
    r"|(?<=[\"'}]Norm)(?:[123]d|[\"'{])|(?<=\bGroupNorm)(?:alization)?\b)"
)
_FUNCTIONS = frozenset(("batch_norm", "instance_norm"))
_NORM_CALL = re.compile(r"(?<![\w.])(?:batch|instance)_norm[ \t]*\(|\b(\w+)\.(?:batch|instance)_norm\b")
_OWNERS = frozenset(("F", "functional", "torch"))
_IS_NORM = re.compile(r"class[ \t]+\w+\((?:torch\.)?nn\.(?:Lazy|Sync)?(?:Batch|Instance|Group)Norm\w*\)")
# What a class is only compared with is not built.
_COMPARED = re.compile(r"\b(?:isinstance|issubclass)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
# Each begins with plain text: for that, a text is searched in no time.
_BARE = (
    re.compile(r"bias\w{0,30}[\"']?\s{0,9}(?::[^=,()\n]{0,60}=|=|:)\s{0,9}False\b"),
    re.compile(r"onv(?<=[Cc]onv)\w{0,40}\([^()]{0,400}\bFalse\b"),
    re.compile(r"inear(?<=[Ll]inear)\w{0,40}\([^()]{0,400}\bFalse\b"),
)


class Goal(Enum):
    """What a name may lead to."""

    NORM = "a norm that may subtract the mean of a channel"
    NORM_CALL = "such a norm that is a function, not a layer"
    BARE_LAYER = "a layer without a bias"


class Import(NamedTuple):
    """``from {'.' * level}{module} import {name}``; of a module itself where ``name`` is None."""

    module: str
    level: int
    name: Optional[str]


class Statement(NamedTuple):
    """One top-level statement."""

    is_definition: bool
    goals: frozenset[Goal]
    """What it names itself."""
    names: frozenset[str]
    """What it names of all that the file binds or imports, and everything behind a dot."""


class Outline:
    """The statements of a file by the names that they bind or change, and its imports.

    Names say more than there is (a parameter is one, too), never less: what is not reached by names
    cannot be reached by running the code.
    """

    def __init__(self, text: str) -> None:
        self.bound: dict[str, list[Statement]] = {}
        self.script: list[Statement] = []
        """What runs when the file is loaded: all but definitions, imports and ``__all__``."""
        self.imports: dict[str, list[Import]] = {}
        self.stars: list[Import] = []
        self.text_hash = hash(text)
        text = code_of(text)
        self._find_imports(text)
        chunks = list(_statements(text))
        heads = [_HEAD.match(chunk) for _, chunk in chunks]
        bound = [_bound(chunk, head) for (_, chunk), head in zip(chunks, heads)]
        known = self.imports.keys() | {name for names in bound for name in names}
        self.norms = frozenset(
            name for name, items in self.imports.items() if any(_is_norm(item.name) for item in items)
        )
        """The names under which norms of a framework are imported."""
        self.norm_calls = frozenset(
            name for name in self.norms for item in self.imports[name] if item.name in _FUNCTIONS
        )
        """Those of them that are functions."""
        owners = {name for name, items in self.imports.items() if any(map(_holds_functions, items))} | _OWNERS
        strings_name = any(word in text for word in _BY_NAME)
        decorated: list[tuple[Statement, frozenset[str]]] = []
        for (decorators, chunk), head, names in zip(chunks, heads, bound):
            # Tables of checkpoints have the names of functions for their keys, and call none of them.
            naming = chunk if strings_name or head is not None else without_strings(chunk)
            inside = frozenset(NAME.findall(naming))
            if not self.stars:
                inside = (inside & known) | frozenset(_BEHIND_DOT.findall(naming))
            called = not self.norm_calls.isdisjoint(inside) or _calls_norm(chunk, owners)
            goals = _goals(chunk, not self.norms.isdisjoint(inside), called)
            statement = Statement(head is not None, goals, frozenset(map(intern, inside)))
            self._bind(names, statement)
            if head is None:
                self.script += [statement] if names else []
            elif decorators:
                decorated.append((statement, frozenset(NAME.findall(decorators))))
        objects = {name for statement in self.script for name in statement.names.intersection(self.bound)}
        for statement, named in decorated:
            self._bind(sorted(self._fed_by(named) & objects), statement)

    def _bind(self, names: Iterable[str], statement: Statement) -> None:
        for name in names:
            statements = self.bound.setdefault(name, [])
            if not statements or statements[-1] is not statement:
                statements.append(statement)

    def _fed_by(self, decorators: frozenset[str]) -> set[str]:
        """``@NORMS.register("batch")`` puts a definition into ``NORMS``; ``@register`` into what it names."""
        fed = set(decorators)
        for name in decorators:
            for definition in self.bound.get(name, ()):
                if definition.is_definition:
                    fed |= definition.names
        return fed

    def _find_imports(self, text: str) -> None:
        for indent, dots, module, names, modules in _IMPORT.findall(f"\n{text}"):
            if modules:
                for name, alias in _ALIAS.findall(modules):
                    # ``import a.b`` binds ``a``, and ``a.b.f`` is asked of it.
                    known = self.imports.setdefault(alias or name.partition(".")[0], [])
                    known.append(Import(name, 0, None))
                continue
            for name, alias in _ALIAS.findall(names.strip("()")):
                found = Import(module, len(dots), name)
                if name == "*":
                    # Under ``if TYPE_CHECKING:`` it is for tools that complete names.
                    self.stars += [] if indent else [found]
                else:
                    self.imports.setdefault(alias or name, []).append(found)


def _is_norm(name: Optional[str]) -> bool:
    return name is not None and (_NORM.search(name) is not None or name in _FUNCTIONS)


_KEPT: dict[frozenset[Goal], frozenset[Goal]] = {}
"""One set for all statements that name the same."""


def _goals(chunk: str, norm: bool, norm_call: bool) -> frozenset[Goal]:
    """What a statement names; ``norm`` and ``norm_call`` are told already."""
    goals = set()
    if norm or _names_norm(chunk):
        goals.add(Goal.NORM)
    # What derives from a layer is one: it shows when it is built.
    if norm_call and not _IS_NORM.match(chunk):
        goals.add(Goal.NORM_CALL)
    if _may_lack_bias(chunk):
        goals.add(Goal.BARE_LAYER)
    kept = frozenset(goals)
    return _KEPT.setdefault(kept, kept)


def _calls_norm(chunk: str, owners: Container[str]) -> bool:
    """Whether a statement names a norm as a function, by itself or of a module among ``owners``."""
    if "batch_norm" not in chunk and "instance_norm" not in chunk:
        return False
    return any(not name or name in owners for name in _NORM_CALL.findall(chunk))


_FUNCTION_MODULES = frozenset((("torch.nn.functional", None), ("torch.nn", "functional")))


def _holds_functions(item: Import) -> bool:
    """Whether what is imported is the module of functional layers."""
    return (item.module, item.name) in _FUNCTION_MODULES


def _names_norm(chunk: str) -> bool:
    """Whether a statement names a norm that may subtract the mean of a channel, other than to compare."""
    if _NORM.search(chunk) is None:
        return False
    return "isinstance" not in chunk or _NORM.search(_COMPARED.sub("", chunk)) is not None


def _may_lack_bias(chunk: str) -> bool:
    return "False" in chunk and any(pattern.search(chunk) for pattern in _BARE)


def _statements(text: str) -> Iterator[tuple[str, str]]:
    """The top-level statements of a text, each with the decorators before it."""
    starts = [match for match in _START.finditer(text) if match.group() not in _GOES_ON]
    decorators = ""
    for _, chunk in cut(text, starts):
        if chunk.startswith("@"):
            decorators += chunk
        else:
            yield decorators, chunk
            decorators = ""


def _bound(chunk: str, head: Optional[re.Match[str]]) -> list[str]:
    """The names that a statement may bind or change, but for imports."""
    if head is not None:
        return [head.group(1)]
    first = NAME.match(chunk)
    if first is None or (first.group() in ("from", "import", "__all__") and ";" not in chunk):
        return []
    if ";" in chunk:
        return [name for name in _LEADING.findall(chunk.replace(";", "\n")) if not iskeyword(name)]
    if first.group() in _COMPOUND:
        return [name for name in _LEADING.findall(chunk) if not iskeyword(name)]
    targets = _TARGETS.match(chunk)
    return [first.group()] if targets is None else NAME.findall(targets.group(1))
