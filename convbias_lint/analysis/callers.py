"""Norms that the package's own code passes for a parameter, told from text.

``class Block: def __init__(self, norm_layer=None)`` does not say which norm follows its convolution.
Where the package itself builds ``Block(norm_layer=nn.BatchNorm2d)``, that configuration is worth
judging.  What is found here only says which configuration to look at; whether the bias is redundant
in it is proved by running the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Optional

from convbias_lint.analysis.package_files import read_bytes, sources

MAX_CALL = 3000
"""How many characters of a call's arguments are read."""

_NORM = r"(?:BatchNorm[123]d|SyncBatchNorm|InstanceNorm[123]d)"
_NORM_BYTES = re.compile(_NORM.encode())
_NORMS = re.compile(rf"\b{_NORM}\b")
_WORDS = ("BatchNorm", "InstanceNorm")
"""Plain words are looked for in no time, and most texts have none of them."""
_WORD_BYTES = tuple(map(str.encode, _WORDS))
_BEFORE = re.compile(r"\b(\w+)\s*(?::[^=:\n]*)?=\s*(?:\w+\.)*$")
MAX_BEFORE = 200
"""How many characters before a norm are looked at for the parameter that it is passed for."""

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_CALLED = re.compile(r"(?<!class )(?<!def )\b(\w+)\b\s*[(,]")
_PASSED = re.compile(r"[(,]\s*(\w+)\s*=\s*(?:\w+\.)*(\w+)")
_FILLED = re.compile(r"\b(\w+)\s*=\s*(?:\w+\.)*(\w+)")
_DICT = re.compile(r"dict\((?<!\wdict\()")
_BRACKET = re.compile(r"[()\[\]{}]")
_KEYWORD = re.compile(r"\b(\w+)\s*=(?!=)")


class Callers:
    """The files of one package that name a norm, and the parameters for which they pass one."""

    def __init__(self) -> None:
        self._packages: dict[str, list[tuple[str, str]]] = {}
        self._called: dict[str, dict[str, set[str]]] = {}
        """By a package and what its files call or hand on, the parameters that are passed norms there."""
        self._given: dict[str, set[str]] = {}
        """By the text of the file asked about last, the parameters for which it passes norms."""
        self._norms: dict[str, dict[str, str]] = {}
        """By a file's text, the norm last passed for each name in it."""
        self._names: dict[str, frozenset[str]] = {}
        """By a file's text, the names in it to which norms are given."""

    def forget(self) -> None:
        """Read the files anew when next asked."""
        self._packages.clear()
        self._called.clear()
        self._given.clear()
        self._norms.clear()
        self._names.clear()

    def norm_passed(
        self, name: str, parameter: str, parameters: set[str], path: str, text: str, root: Optional[str]
    ) -> Optional[str]:
        """The class of torch.nn that some code passes for ``parameter`` of the class ``name``, if any.

        ``parameters`` are all that the class has.  ``path`` and ``text`` are the file that defines
        ``name``; other files are looked at under ``root``, the folder of the outermost package, if
        there is one.
        """
        word = _called(name, or_defined=True)  # the signature of a function shows its defaults
        for content in self._texts(path, text, root):
            # To look for a name in a text takes longer than to ask what is known of it.
            worth_a_look = content in self._names or name in content
            if worth_a_look and parameter in self._filled(content) and name in content:
                if content is not text and name in _DEFINED.findall(content):
                    continue  # it means its own
                found = self._in_calls(content, word, parameter)
                if found is not None:
                    return found
        return _in_configurations(text, parameter, parameters)

    def may_pass_norm(self, name: str, text: str, root: Optional[str]) -> bool:
        """Whether :meth:`norm_passed` can find anything for the class ``name``, at far less cost."""
        named: set[str] = set()
        if text not in self._given:
            self._given = {text: _given(text)}  # an editor asks about another text at each keystroke
        parameters = self._given[text]
        if parameters and (_called(name).search(text) or ("dict(" in text and _DICT.search(text))):
            named |= parameters
        if root is not None:
            if root not in self._called:
                self._called[root] = {}
                for _, content in self._norm_files(root):
                    parameters = _given(content)
                    called = set(_CALLED.findall(content)) if parameters else set()
                    for other in called.difference(_DEFINED.findall(content)):
                        self._called[root].setdefault(other, set()).update(parameters)
            named |= self._called[root].get(name, set())
        return any(parameter in text for parameter in named)

    def constant_passed(self, parameter: str, constant: object, path: str, text: str, root: str) -> bool:
        """Whether some code of the package writes ``parameter=constant``, a bool or a string."""
        written = {repr(constant), f'"{constant}"'} if isinstance(constant, str) else {repr(constant)}
        options = "|".join(map(re.escape, sorted(written)))
        pattern = re.compile(rf"\b{re.escape(parameter)}\s*=\s*(?:{options})(?!\w)")
        return any(pattern.search(content) for content in self._texts(path, text, root))

    def _in_calls(self, text: str, word: re.Pattern[str], parameter: str) -> Optional[str]:
        """The norm that calls (or partials) of ``word`` pass for ``parameter``, by itself or under a name."""
        keyword = re.compile(rf"\b{re.escape(parameter)}\s*=\s*(?:\w+\.)*(\w+)")
        for match in word.finditer(text):
            given = keyword.search(_arguments(text, match.end()))
            if given is not None:
                value = given.group(1)
                if re.fullmatch(_NORM, value):
                    return value
                known = self._known(text)
                if value in known:
                    return known[value]
        return None

    def _known(self, text: str) -> dict[str, str]:
        """The norm last passed for each name in a text."""
        if text not in self._norms:
            self._norms[text] = dict(_passed(text))
        return self._norms[text]

    def _filled(self, text: str) -> frozenset[str]:
        """The names in a text to which norms are given, as parameters or otherwise."""
        if text not in self._names:
            known = self._known(text)
            given = _FILLED.findall(text) if known else ()
            self._names[text] = frozenset(
                name for name, value in given if value in known or _NORMS.fullmatch(value)
            )
        return self._names[text]

    def _texts(self, path: str, text: str, root: Optional[str]) -> Iterator[str]:
        yield text
        for other, content in self._norm_files(root) if root is not None else ():
            if other != path:
                yield content

    def _norm_files(self, root: str) -> list[tuple[str, str]]:
        if root not in self._packages:
            self._packages[root] = list(_files_naming_norms(root))
        return self._packages[root]


def _called(name: str, or_defined: bool = False) -> re.Pattern[str]:
    """Where a text calls ``name`` or hands it on, or defines it as a function, too."""
    other = "" if or_defined else rf"(?<!def {name})"
    return re.compile(rf"{name}(?<!\w{name})(?<!class {name}){other}\b\s*[(,]")


def _given(text: str) -> set[str]:
    """The names of the parameters for which a text passes a norm."""
    if not any(word in text for word in _WORDS):
        return set()
    passed = dict(_passed(text))
    return {name for name, value in _PASSED.findall(text) if value in passed or _NORMS.fullmatch(value)}


def _passed(text: str) -> Iterator[tuple[str, str]]:
    for norm in _NORMS.finditer(text):
        name = _BEFORE.search(text[max(0, norm.start() - MAX_BEFORE) : norm.start()])
        if name is not None:
            yield name.group(1), norm.group()


def _in_configurations(text: str, parameter: str, parameters: set[str]) -> Optional[str]:
    """The norm that every configuration written out in the file, ``dict(width=…, norm=…)``, names."""
    found: Optional[str] = None
    for match in _DICT.finditer(text):
        inside = _arguments(text, match.end())
        if len(parameters.intersection(_KEYWORD.findall(inside))) < 2:
            continue
        norm = dict(_passed(inside)).get(parameter)
        if norm is None:
            return None
        found = norm
    return found


def _arguments(text: str, start: int) -> str:
    """The text from ``start`` up to the parenthesis that closes the call."""
    depth = 1
    for bracket in _BRACKET.finditer(text, start, start + MAX_CALL):
        depth += 1 if bracket.group() in "([{" else -1
        if depth == 0:
            return text[start : bracket.start()]
    return ""


def _files_naming_norms(root: str) -> Iterator[tuple[str, str]]:
    for path in sources(root):
        data = read_bytes(path)
        if any(word in data for word in _WORD_BYTES) and _NORM_BYTES.search(data):
            yield path, data.decode("utf-8", "replace")
