"""Code in view that uses ``.bias`` of a layer as a tensor, whether or not it has one.

Two questions are answered.  Which such code fails today, because it comes upon a layer that is built
with ``bias=False``?  And which would fail once a redundant bias is taken away?  The layers are those
that the runs of the models built; how code comes upon them is told by :mod:`bias_trial`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Optional

from convbias_lint.analysis.bias_attributes import Attributes
from convbias_lint.analysis.bias_names import Names, is_static, methods
from convbias_lint.analysis.bias_statements import Runner
from convbias_lint.analysis.bias_target import Failure, Target
from convbias_lint.analysis.bias_text import Touchy, named_biases
from convbias_lint.analysis.bias_trial import MAX_STEPS, TooMuch
from convbias_lint.analysis.bias_values import ANY, AROUND, Model
from convbias_lint.analysis.layer import GIVEN_BIAS, LayerValue
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.nodes import FUNCTIONS, Function
from convbias_lint.analysis.values import CHILDREN, Choice, Class, Const, Instance, List, Segment, Tuple

MAX_TRIALS = 40
"""How many different layers of a file are tried."""
MAX_FILE_STEPS = 400_000
"""How much is tried for all of them together."""
MAX_DEPTH = 5
"""How many names a path to a layer may have."""


class Crash(NamedTuple):
    """``failure`` is met without doubt by ``layer``, which is built with ``bias=False``."""

    failure: Failure
    layer: LayerValue


Path = tuple[str, ...]
"""The names of attributes, or numbers of children, that lead from an object to a layer."""
Paths = dict[int, list[tuple[Path, bool]]]
"""By the id of a layer, what leads to it, and whether it is there in any case."""


class _Tried(NamedTuple):
    """What came of trying a layer: the same for every other of its kind that the same ``calls`` build."""

    target: Target
    calls: frozenset[int]
    failures: Optional[dict[int, Failure]]

    def is_alike(self, other: Target) -> bool:
        mine = self.target
        return (
            mine.births & self.calls == other.births & self.calls
            and mine.makers & self.calls == other.makers & self.calls
        )


class BiasAccesses:
    """What the code of one file does with the biases of layers.

    ``elsewhere``: of layers that other files build.  There a text such as ``f"{name}.bias"`` says nothing,
    nor does a method that nobody is seen to give a layer.
    """

    def __init__(self, file: SourceFile, text: str, elsewhere: bool = False) -> None:
        self._file = file
        self._touchy = Touchy(text)
        tree = file.tree
        self._names = Names(tree) if self._touchy.text else None
        self._attributes = Attributes(self._names) if self._names is not None else None
        self._script = self._touchy.script(tree) if self._touchy.text else ()
        self._paths: dict[int, Paths] = {}
        self._mentioned: dict[str, bool] = {}
        self._written: dict[str, bool] = {}
        self._elsewhere = elsewhere
        self._keys = named_biases(tree, text) if self._touchy.text else frozenset()
        self._tried: dict[Any, list[_Tried]] = {}
        self._trials = 0
        self._steps = 0

    def touch(self, layers: Iterable[LayerValue]) -> bool:
        """Whether code in the file may fail once these layers have no bias."""
        if self._names is None:
            return False
        return any(self._is_named(layer) or self._failures(layer) != {} for layer in layers)

    def crashes(self, layers: Iterable[LayerValue]) -> list[Crash]:
        """The code that fails with layers that have no bias, one for each statement."""
        if self._names is None:
            return []
        found: dict[int, Crash] = {}
        for layer in layers:
            # Of what may be of a subclass, nothing is without doubt.
            if _has_none(layer) and self._is_exact(layer):
                for failure in (self._failures(layer) or {}).values():
                    place = id(failure.line or failure.expression)
                    if failure.certain:
                        found.setdefault(place, Crash(failure, layer))
        return list(found.values())

    # -- trials -----------------------------------------------------------------------------------------

    def _failures(self, layer: LayerValue) -> Optional[dict[int, Failure]]:
        """What fails when the layer has no bias; None where that is too much to tell."""
        if self._touchy.only_names or not layer.row.name.startswith("torch."):
            return {}
        target = self._target(layer)
        always = not layer.guard
        paths = frozenset(target.paths.items())
        key = (target.layer, target.homes, paths, target.names, target.registered, target.exact, always)
        known = self._tried.setdefault(key, [])
        for tried in known:
            if tried.is_alike(target):
                return tried.failures
        if self._trials >= MAX_TRIALS:
            return None
        self._trials += 1
        calls: set[int] = set()
        failures: Optional[dict[int, Failure]] = None
        try:
            failures = self._try(target, calls, always)
        except (TooMuch, RecursionError):
            pass
        known.append(_Tried(target, frozenset(calls), failures))
        return failures

    def _try(self, target: Target, calls: set[int], always: bool) -> dict[int, Failure]:
        failures = self._run(target, calls, defaults=False)
        if failures and always and not any(failure.certain for failure in failures.values()):
            # What an option decides, its default decides for the layer that is always there.
            for key, failure in self._run(target, calls, defaults=True).items():
                if failure.certain:
                    failures[key] = failure
        return failures

    def _run(self, target: Target, calls: set[int], defaults: bool) -> dict[int, Failure]:
        """Try everything in the file that may come upon the layer."""
        names = self._names
        assert names is not None
        assert self._attributes is not None
        t = Runner(self._attributes, self._touchy, target)
        t.calls = calls
        t.allowed = min(MAX_STEPS, MAX_FILE_STEPS - self._steps)
        try:
            return self._everything(t, names, target, defaults)
        finally:
            self._steps += t.steps

    def _everything(self, t: Runner, names: Names, target: Target, defaults: bool) -> dict[int, Failure]:
        classes = list(names.classes.values())
        for cls in classes:
            if any(id(base) in target.homes for base in names.lineage(cls)):
                init = names.method(cls, "__init__")
                if init is not None and self._touchy.may_touch("__init__", cls.name):
                    t.born = False
                    t.enter(init, Model(cls), AROUND, defaults)
                    t.inlined.append(init)
                    if not defaults:
                        t.born = False
                        with t.doubt():
                            t.enter(init, Model(cls), ANY, defaults)
        if defaults:
            return t.failures
        t.born = False
        with t.scope(t.globals):
            t.run_body(self._script)
        t.born = True
        for cls in classes:
            with t.doubt():
                t.run_body(line for line in cls.body if not isinstance(line, FUNCTIONS))
        for owner, function, home in self._functions(names, classes):
            # A call of a model is not followed into its ``forward``: each is entered for its own sake.
            if function not in t.inlined and self._touchy.touches(function.name, home):
                me = None if is_static(function) else owner
                if owner is None or owner.cls.name == home:
                    t.enter(function, me, AROUND, defaults)
                if owner is None or not self._elsewhere:
                    with t.doubt():
                        t.enter(function, me, ANY, defaults)
        return t.failures

    def _functions(
        self, names: Names, classes: Sequence[ast.ClassDef]
    ) -> Iterator[tuple[Optional[Model], Function, str]]:
        """The functions with what they are methods of, and the name of the class that defines them."""
        for cls in classes:
            for base in names.lineage(cls):
                for method in methods(base):
                    yield Model(cls), method, base.name
        for function in names.functions.values():
            yield None, function, ""

    # -- layers -----------------------------------------------------------------------------------------

    def _target(self, layer: LayerValue) -> Target:
        assert self._names is not None
        here = [site for site in layer.chain if site.file is self._file]
        maker = layer.chain[0]
        paths: dict[tuple[int, Path], bool] = {}
        registered = False
        owner = layer.owner
        names: Optional[frozenset[str]] = None
        if isinstance(owner, Instance):
            names = self._last_names(path for path, _ in self._paths_of(owner).get(id(layer), ()))
        if isinstance(owner, Instance) and isinstance(owner.cls, Class) and owner.cls.file is self._file:
            for path, sure in self._paths_of(owner).get(id(layer), ()):
                registered = registered or sure
                paths[(id(owner.cls.node.syntax), self._shown(path))] = sure
        return Target(
            layer=layer.row.name,
            births=frozenset(id(site.node.syntax) for site in here),
            makers=frozenset((id(maker.node.syntax),)) if self._is_made_here(layer) else frozenset(),
            homes=frozenset(_homes(layer, self._file)),
            paths=paths,
            registered=registered,
            exact=self._is_exact(layer),
            names=names,
        )

    def _is_made_here(self, layer: LayerValue) -> bool:
        """Whether the file itself calls the layer's own constructor."""
        assert self._names is not None
        maker = layer.chain[0]
        return maker.file is self._file and self._names.qualified(maker.node.syntax.func) == layer.row.name

    def _is_exact(self, layer: LayerValue) -> bool:
        """Whether a layer is of its row's class, and of no subclass."""
        return self._is_made_here(layer) and not layer.row.name.startswith("torch.nn.Lazy")

    def _is_named(self, layer: LayerValue) -> bool:
        """Whether a text such as ``"conv.bias"`` may be the name of the layer's bias."""
        if not self._keys or not layer.row.name.startswith("torch."):
            return False
        names = self._target(layer).names
        if self._elsewhere:
            return names is not None and not names.isdisjoint(self._keys)
        return names is None or "*" in self._keys or not names.isdisjoint(self._keys)

    def _last_names(self, paths: Iterable[Path]) -> Optional[frozenset[str]]:
        """The names that paths end with, as far as the code mentions them; None for any."""
        names = frozenset(path[-1] for path in paths)
        if not names or "*" in names:
            return None
        return frozenset(name for name in names if self._is_written(name))

    def _is_written(self, name: str) -> bool:
        if name not in self._written:
            word = re.escape(name)
            self._written[name] = re.search(rf"{word}(?<!\w{word})\b", self._touchy.text) is not None
        return self._written[name]

    def _shown(self, path: Path) -> Path:
        """A path, its names left out where the code does not mention them: many layers are alike then."""
        name = path[0]
        if name not in self._mentioned:
            use = rf"\.{re.escape(name)}\b(?!\s*(?:=[^=]|\())"
            self._mentioned[name] = re.search(use, self._touchy.text) is not None
        return path if self._mentioned[name] else ("*",) * len(path)

    def _paths_of(self, owner: Instance) -> Paths:
        known = self._paths.get(id(owner))
        if known is None:
            known = self._paths[id(owner)] = {}
            for name, value in owner.state.items():
                if isinstance(name, str) and name != CHILDREN:
                    _find(value, (name,), True, known)
            _find_children(_children(owner), (), True, known)
        return known


def _find(value: Any, path: Path, sure: bool, found: Paths) -> None:
    """The layers in a value, by the names that lead to them."""
    if len(path) > MAX_DEPTH:
        return
    if isinstance(value, LayerValue):
        found.setdefault(id(value), []).append((path, sure))
    elif isinstance(value, Choice):
        _find(value.yes, path, False, found)
        _find(value.no, path, False, found)
    elif isinstance(value, List):
        # A plain list does not register what it holds.
        _find_items(value.state["items"], path, found)
    elif isinstance(value, Instance):
        _find_children(_children(value), path, sure, found)


def _children(instance: Instance) -> tuple[Any, ...]:
    children = instance.state.get(CHILDREN)
    return children.items if isinstance(children, Tuple) else ()


def _find_children(children: tuple[Any, ...], path: Path, sure: bool, found: Paths) -> None:
    for child in children:
        if isinstance(child, Segment):
            _find_children((*child.yes, *child.no), path, False, found)
        else:
            key = child.items[0]
            _find(child.items[1], (*path, str(key.value) if isinstance(key, Const) else "*"), sure, found)


def _find_items(items: Any, path: Path, found: Paths) -> None:
    for number, item in enumerate(items.items if isinstance(items, Tuple) else ()):
        if not isinstance(item, Segment):
            _find(item, (*path, str(number)), False, found)


def _homes(layer: LayerValue, file: SourceFile) -> Iterator[int]:
    """The classes of the file in whose making the layer is built."""
    for site in layer.chain:
        frame = site.scope.frame
        function = frame.function if frame is not None else None
        if site.file is not file or function is None or function.owner is None:
            continue
        if getattr(function.node, "name", "") == "__init__":
            yield id(function.owner.node.syntax)


def _has_none(layer: LayerValue) -> bool:
    """Whether a layer is built without a bias, and is given none later."""
    if layer.row.bias is None or not isinstance(layer.bias, Const) or layer.bias.value:
        return False
    return not any(why == GIVEN_BIAS for _, why in layer.used)
