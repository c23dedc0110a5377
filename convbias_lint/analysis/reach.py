"""What a definition leads to, across the files of a project, told from their text.

A class comes by a norm only through what it names, what that names, and so on.  Where no statement on
the way names a norm that subtracts the mean of a channel, running the class can show nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Optional

from convbias_lint.analysis.outline import Import, Outline, Statement

Locate = Callable[[str, str, int], Optional[str]]
"""By the file of an import, the module and the level: the path of the imported file, if it is in view."""
Find = Callable[[str], Optional[Outline]]
"""The outline of the file at a path."""

SCRIPT = "<script>"
"""Stands for the statements that run when a file is loaded."""

Place = tuple[str, str]
"""A file, and a name in it."""


class _Known(NamedTuple):
    leads: bool
    files: frozenset[str]
    """The files that the answer depends on."""


class Reach:
    """Which names of which files lead to what makes a finding: a norm, or a layer without a bias."""

    def __init__(self, locate: Locate, find: Find) -> None:
        self._locate = locate
        self._find = find
        self._known: dict[bool, dict[Place, _Known]] = {True: {}, False: {}}
        self._all_names: dict[str, frozenset[str]] = {}
        self._targets: dict[tuple[str, Import], tuple[tuple[str, Optional[str]], ...]] = {}

    def forget(self, path: Optional[str] = None) -> None:
        """Drop all answers, or those that depend on one file."""
        self._targets.clear()
        self._all_names.clear()
        for norm, known in self._known.items():
            kept = known.items() if path is not None else ()
            self._known[norm] = {place: answer for place, answer in kept if path not in answer.files}

    def leads(self, path: str, name: str, *, norm: bool) -> tuple[bool, frozenset[str]]:
        """Whether ``name`` of the file ``path`` may lead to a norm (else: to a layer without a bias).

        Also says which files the answer depends on.
        """
        start = (path, name)
        known = self._known[norm]
        if start not in known:
            self._explore(start, known, norm)
        return known[start]

    def _explore(self, start: Place, known: dict[Place, _Known], norm: bool) -> None:
        came_from: dict[Place, Optional[Place]] = {start: None}
        todo = [start]
        files: set[str] = set()
        while todo:
            place = todo.pop()
            files.add(place[0])
            answer = known.get(place)
            if answer is not None:
                files |= answer.files
                if not answer.leads:
                    continue
            statements = self._statements(place)
            if answer is not None or self._is_goal(place, statements, norm):
                step: Optional[Place] = place
                leads = _Known(True, frozenset(files))
                while step is not None:
                    known[step] = leads
                    step = came_from[step]
                return
            for following in self._following(place, statements):
                if following not in came_from:
                    came_from[following] = place
                    todo.append(following)
        nowhere = _Known(False, frozenset(files))
        for place in came_from:
            known.setdefault(place, nowhere)

    def _is_goal(self, place: Place, statements: Iterable[Statement], norm: bool) -> bool:
        if not norm:
            return any(statement.bare for statement in statements)
        outline = self._find(place[0])
        imported = outline is not None and place[1] in outline.norms
        return imported or any(statement.norm for statement in statements)

    def _statements(self, place: Place) -> Sequence[Statement]:
        path, name = place
        outline = self._find(path)
        if outline is None:
            return ()
        return outline.script if name == SCRIPT else outline.bound.get(name, ())

    def _following(self, place: Place, statements: Iterable[Statement]) -> Iterator[Place]:
        """The places that the names in a place's statements stand for, or where its name comes from."""
        path, own = place
        for statement in statements:
            for name in statement.names & self._names(path):
                yield from self._origins(path, name, statement.names)
        if not statements:
            yield from (origin for origin in self._origins(path, own, frozenset()) if origin != place)

    def _origins(self, path: str, name: str, beside: frozenset[str]) -> Iterator[Place]:
        """The places that a name of a file stands for; of a module it is those named ``beside`` it."""
        outline = self._find(path)
        if outline is None:
            return
        if name in outline.bound:
            yield path, name
        elif name not in outline.imports:
            yield from self._from_stars(outline, path, name)
        for item in outline.imports.get(name, ()):
            for target, inside in self._places_of(path, item):
                if inside is not None:
                    yield target, inside
                else:
                    yield from ((target, other) for other in beside & self._names(target))

    def _from_stars(self, outline: Outline, path: str, name: str) -> Iterator[Place]:
        for item in outline.stars:
            for target, _ in self._places_of(path, item):
                if name in self._names(target):
                    yield target, name

    def _names(self, path: str) -> frozenset[str]:
        """All names that a file has: its own, what it imports, and what ``import *`` brings."""
        known = self._all_names.get(path)
        if known is None:
            names: set[str] = set()
            todo, seen = [path], {path}
            while todo:
                current = todo.pop()
                outline = self._find(current)
                if outline is None:
                    continue
                names.update(outline.bound, outline.imports)
                for item in outline.stars:
                    for target, _ in self._places_of(current, item):
                        if target not in seen:
                            seen.add(target)
                            todo.append(target)
            known = self._all_names[path] = frozenset(names)
        return known

    def _places_of(self, path: str, item: Import) -> tuple[tuple[str, Optional[str]], ...]:
        """What an import may bring: a name of a file (None: the file itself)."""
        key = (path, item)
        if key not in self._targets:
            found: list[tuple[str, Optional[str]]] = []
            target = self._locate(path, item.module, item.level)
            if target is not None:
                found.append((target, item.name))
            if item.name is not None and item.name != "*":
                dotted = f"{item.module}.{item.name}" if item.module else item.name
                inner = self._locate(path, dotted, item.level)
                if inner is not None:
                    found.append((inner, None))
            self._targets[key] = tuple(found)
        return self._targets[key]
