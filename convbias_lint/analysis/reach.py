"""What a definition leads to, across the files of a project, told from their text.

A class comes by a norm only through what it names, what that names, and so on.  Where no statement on
the way names a norm that subtracts the mean of a channel, running the class can show nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Optional

from convbias_lint.analysis.outline import Goal, Import, Outline, Statement

Locate = Callable[[str, str, int], Optional[str]]
"""By the file of an import, the module and the level: the path of the imported file, if it is in view."""
Find = Callable[[str], Optional[Outline]]
"""The outline of the file at a path."""

SCRIPT = "<script>"
"""Stands for the statements that run when a file is loaded."""

Place = tuple[str, str]
"""A file, and a name in it."""


class _Visit:
    """A place on the way of one search (Tarjan, 1972, "Depth-first search and linear graph algorithms")."""

    __slots__ = ("files", "following", "low", "number", "place")

    def __init__(self, place: Place, number: int, files: int, following: Iterator[Place]) -> None:
        self.place = place
        self.number = self.low = number
        self.files = files
        self.following = following


class Reach:
    """Which names of which files lead to what makes a finding."""

    def __init__(self, locate: Locate, find: Find) -> None:
        self._locate = locate
        self._find = find
        self._leading: dict[Goal, set[Place]] = {goal: set() for goal in Goal}
        self._nowhere: dict[Goal, dict[Place, int]] = {goal: {} for goal in Goal}
        """Of the places that lead to nothing, which files that depends on: a bit for each."""
        self._paths: list[str] = []
        self._numbers: dict[str, int] = {}
        self._all_names: dict[str, frozenset[str]] = {}
        self._targets: dict[tuple[str, Import], tuple[tuple[str, Optional[str]], ...]] = {}

    def forget(self, path: Optional[str] = None) -> None:
        """Drop all answers, or those that depend on one file."""
        self._targets.clear()
        self._all_names.clear()
        bit = -1 if path is None else self._bit(path)
        for goal, known in self._nowhere.items():
            self._leading[goal].clear()
            self._nowhere[goal] = {place: files for place, files in known.items() if not files & bit}

    def leads(self, path: str, name: str, goal: Goal) -> bool:
        """Whether ``name`` of the file ``path`` may lead to the goal."""
        place = (path, name)
        if place in self._leading[goal]:
            return True
        return place not in self._nowhere[goal] and self._explore(place, goal)

    def files(self, path: str, name: str, goal: Goal) -> list[str]:
        """The files that could make a name that leads nowhere lead somewhere."""
        files = self._nowhere[goal].get((path, name), 0)
        found: list[str] = []
        while files:
            found.append(self._paths[(files & -files).bit_length() - 1])
            files &= files - 1
        return found

    def _bit(self, path: str) -> int:
        number = self._numbers.get(path)
        if number is None:
            number = self._numbers[path] = len(self._paths)
            self._paths.append(path)
        return 1 << number

    def _explore(self, start: Place, goal: Goal) -> bool:
        """Follow everything that ``start`` leads to, until something is found.

        Places that lead to each other depend on the same files, whichever of them is asked for first.
        """
        leading, nowhere = self._leading[goal], self._nowhere[goal]
        way: list[_Visit] = []
        open_places: list[_Visit] = []
        numbers: dict[Place, int] = {}
        place: Optional[Place] = start
        while True:
            if place is not None:
                statements = self._statements(place)
                if place in leading or self._is_goal(place, statements, goal):
                    leading.update((place, *(visit.place for visit in way)))
                    return True
                numbers[place] = len(numbers)
                visit = _Visit(place, numbers[place], self._bit(place[0]), self._following(place, statements))
                way.append(visit)
                open_places.append(visit)
            visit = way[-1]
            place = None
            for following in visit.following:
                if following in nowhere:
                    visit.files |= nowhere[following]
                elif following in numbers:
                    visit.low = min(visit.low, numbers[following])
                else:
                    place = following
                    break
            if place is not None:
                continue
            way.pop()
            if visit.low == visit.number:
                while True:
                    member = open_places.pop()
                    nowhere[member.place] = visit.files
                    if member is visit:
                        break
            if not way:
                return False
            way[-1].files |= visit.files
            way[-1].low = min(way[-1].low, visit.low)

    def _is_goal(self, place: Place, statements: Iterable[Statement], goal: Goal) -> bool:
        outline = None if goal is Goal.BARE_LAYER else self._find(place[0])
        if outline is not None:
            imported = outline.norms if goal is Goal.NORM else outline.norm_calls
            if place[1] in imported:
                return True
        return any(goal in statement.goals for statement in statements)

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
