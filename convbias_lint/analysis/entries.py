"""Where a file's models begin, and running each of them once.

Entry points are the module classes of a file (their own ``__init__`` and ``forward``), its functions,
and its top-level statements.  What others in the file build is judged by those uses; only what
nobody uses is run with open parameters of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from functools import cached_property, partial
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.awaited import Awaited
from convbias_lint.analysis.bounds import BROKE_OFF, CAME_TO_NO_END, MAX_PREPARING, GaveUp
from convbias_lint.analysis.builder_classes import naming, run_builder, run_lambda
from convbias_lint.analysis.callers import Callers
from convbias_lint.analysis.classes import find_member, is_dataclass, is_module_class
from convbias_lint.analysis.definitions import (
    Definition,
    builds,
    callers_first,
    mentioned_in,
    takes,
    with_callers,
)
from convbias_lint.analysis.evaluator import Evaluator
from convbias_lint.analysis.kept import contents, differ
from convbias_lint.analysis.keras_access import use_frozen
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.loader import Loader
from convbias_lint.analysis.machine import Arguments
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.norms import use_shared
from convbias_lint.analysis.outside import (
    HOW,
    changed_names,
    reached_into,
    use_outside,
)
from convbias_lint.analysis.prospects import Prospects
from convbias_lint.analysis.relevance import Relevance
from convbias_lint.analysis.running import run_rest, run_statements, run_value, use_stored
from convbias_lint.analysis.runs import Kept, Run, settled, take_place, use_all
from convbias_lint.analysis.starts import does_something, norms_passed, open_arguments, script_of
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.values import Class, Dict, Function, Instance, Symbol, Value
from convbias_lint.layers.rows import Layer

_FORMAT = re.compile(r"set_image_data_format\((?!\s*[\"']channels_last)")
MAX_FILE_STEPS = 400_000
"""The bound on the work for all entry points of one file."""

_DECIDING = frozenset(("padding", "padding_mode", "p", "count_include_pad", "divisor_override"))
"""Arguments that decide whether a shift passes; set on layers once they are there, they may be anything."""


class Runner:
    """Runs the entry points of one file."""

    def __init__(
        self,
        file: SourceFile,
        loader: Loader,
        rows: dict[str, Layer],
        relevance: Relevance,
        callers: Callers,
    ) -> None:
        self.file = file
        self.loader = loader
        self.rows = rows
        self.text = text = file.text
        self.steps = 0
        self.finished: dict[Any, Run] = {}
        self._kept: dict[Any, Kept] = {}
        self.relevance = relevance
        self.built: set[Any] = set()
        self.called: set[Any] = set()
        self.callers = callers
        self.changed = changed_names(text)
        self.any_format = "set_image_data_format" in text and _FORMAT.search(text) is not None

    def run_all(self) -> list[Run]:
        """All entry points; what can only speak against a finding runs if there is one to speak against."""
        runs = self._run_all()
        found = any(x.cancelled or x.misfit or x.bare for run in runs for x in run.layers)
        if found and self.relevance.beside:
            self.relevance.wide, self.steps = True, 0
            self.finished, self.built, self.called = {}, set(), set()
            return self._run_all()
        return runs

    def _run_all(self) -> list[Run]:
        """All that is worth running: first what nothing else in the file mentions, then what is left."""
        runs = [self.run_script()]
        classes = self.file.classes()
        models = self._models()
        functions = [node for node in self.file.functions() if builds(node, models)]
        if "keras" in self.text:
            functions = with_callers(self.file.functions(), functions)
        nodes: list[ir.ClassDef | ir.FuncDef] = [*classes, *functions]
        later: list[ir.ClassDef | ir.FuncDef] = []
        aside: list[Definition] = [node for node in self.file.functions() if node not in functions]
        for node in nodes:
            if not self.relevance.worth_running(node.name):
                aside.append(node)
            elif not self._mentioned_again(node.name):
                runs.append(self.run(node))
            else:
                later.append(node)
        for node in callers_first(later):
            if node not in self.built and node not in self.called:
                runs.append(self.run(node))
        models |= self._models()  # those among them that the runs asked for
        if models:
            runs += [self.run(node) for node in aside if takes(node, models)]
        runs += self._run_made()
        complete = [run for run in runs if run is not None]
        return complete + self._one_by_one(complete)

    def _models(self) -> set[str]:
        """The names of the file that are known to stand for models or layers."""
        values = self.file.values.items()
        return {name for name, value in values if isinstance(value, (Instance, LayerValue))}

    def _one_by_one(self, runs: list[Run]) -> list[Run]:
        """The classes that models are made of which were too much to run, each by itself.

        Open parameters stand for whatever the model passes.  A bias that is redundant in the class by
        itself is so in the model, too, unless other code reaches into its objects.
        """
        alone: dict[Any, Run] = {}
        tried: set[Any] = set()
        todo = [run for run in runs if run.broken]
        before = self.steps
        for run in todo:
            for node in self.file.classes():
                if node not in run.broken or node in tried or node.name == run.name:
                    continue
                if self.steps - before > MAX_FILE_STEPS // 2:
                    break
                tried.add(node)
                known = self.finished.get(node)
                if known is not None and known.broken:
                    continue
                own = None
                if not reached_into(self.text, node.name):
                    own = copy(known if known is not None else self.run(node))
                if own is not None and own.broken:
                    todo.append(own)
                elif own is not None:
                    alone[node] = own
        self.steps = before  # what is left is for the questions that options ask
        take_place(alone, todo, set(self.file.classes()))
        return list(alone.values())

    def _mentioned_again(self, name: str) -> bool:
        """Whether a name stands anywhere but in its own definition."""
        if self.text.count(name) == 1:
            return False
        return len(re.findall(rf"{name}(?<!\w{name})\b", self.text)) != 1

    def run(self, node: ir.ClassDef | ir.FuncDef) -> Optional[Run]:
        """Run one class or function with open parameters; in a second round that is known already."""
        run = self._once(node, lambda: self._configured(node))
        if run is not None:
            self.finished[node] = run
        return run

    def _once(self, node: Any, run: Callable[[], Optional[Run]]) -> Optional[Run]:
        """What ``run()`` shows, if need be from the round before."""
        if self.steps > MAX_FILE_STEPS:
            return None
        if node not in self._kept:
            steps, built, called = self.steps, self.built, self.called
            self.built, self.called = set(), set()
            self._kept[node] = Kept(copy(run()), self.steps - steps, self.built, self.called)
            self.steps, self.built, self.called = steps, built, called
        kept = self._kept[node]
        self.steps += kept.steps
        self.built, self.called = self.built | kept.built, self.called | kept.called
        return copy(kept.run)

    def _configured(self, node: ir.ClassDef | ir.FuncDef) -> Optional[Run]:
        """Run one class or function.

        Where a parameter is called to make a module, and some code of the package passes a norm for
        it, that norm is one of the configurations.
        """
        run = self._guarded(node.name, lambda m, symbols: self._entry(m, node, symbols, {}))
        if run is None or all(x.row.bias is None or (x.ran and not x.used) for x in run.layers):
            return run
        shown = norms_passed(run, node.name, self.file, self.callers, self.loader)
        if shown:
            run = self._guarded(node.name, lambda m, symbols: self._entry(m, node, symbols, shown)) or run
        return run

    def probe(self, node: ir.ClassDef | ir.FuncDef) -> Optional[Run]:
        """What one class or function shows by itself, run now unless it was before."""
        known = self.finished.get(node)
        return self.run(node) if known is None or known.broken else known

    def run_script(self) -> Optional[Run]:
        """Run the top-level statements that call something, in order."""
        statements = list(script_of(self.file.body))
        if not any(does_something(statement) for statement in statements) or not self.relevance.script:
            return None
        changing = {name for name, binding in self.file.binds.items() if len(binding) > 1}
        script = partial(
            self._guarded, "<module>", lambda m, _: run_statements(m, self.file, statements, changing)
        )
        return self._once("<module>", script)

    def _run_made(self) -> Iterator[Optional[Run]]:
        """Run what top-level names hold that has no name of its own: ``Net = with_head(Base)``, lambdas."""
        known = set(self.file.classes())
        for name, value in list(self.file.values.items()):
            for part in (value, *(value.state.values() if isinstance(value, Dict) else ())):
                if isinstance(part, Class) and part.file is self.file and part.node not in known:
                    known.add(part.node)
                    yield self._guarded(name, partial(self._enter, value=part, shown={}))
                elif isinstance(part, Function) and isinstance(part.node, ir.Lambda):
                    if part.node not in self.called and part.scope.file is self.file:
                        yield self._guarded(name, partial(run_lambda, function=part))
                        seen = self.built | self.called | self.finished.keys()
                        yield from map(self.run, naming(self.file, name, seen))

    def _guarded(self, name: str, run: Any) -> Optional[Run]:
        if self.steps > MAX_FILE_STEPS:
            return None
        m = Evaluator(self.loader, self.rows)
        m.home = self.file
        m.any_format = self.any_format
        m.changed = frozenset(name for name in self.changed if not HOW.search(name))
        m.reset = self.changed & _DECIDING
        if self.relevance.names_both(name):
            m.state.allowed = m.state.limit = MAX_PREPARING
        m.state.built_bias = self.relevance.activations
        m.state.built_norm = self.relevance.activations or self.relevance.calls_norm
        if not self.relevance.missing:
            m.state.awaited = lambda: self._awaited.from_(name, partial(m.global_value, self.file))
        symbols: dict[Any, Symbol] = {}
        why: Optional[str] = None
        broken: frozenset[Any] = frozenset()
        try:
            run(m, symbols)
        except (Dead, GaveUp) as error:
            why = CAME_TO_NO_END if isinstance(error, Dead) else BROKE_OFF
            broken = frozenset(m.built_classes)
        except RecursionError:
            why = "code nested too deeply"
        self.steps += m.state.work
        if why is not None:
            use_all((layer for layer in m.layers if not settled(layer)), why)
        if any(x.cancelled or x.misfit or x.bare for x in m.layers):
            use_outside(self.text, self.changed, m.built, m.layers)
        use_shared(m.layers)
        use_frozen(m.built, m.layers)
        self.built |= m.built_classes
        self.called |= m.called
        result = Run(name, m.layers, symbols, m.open_calls)
        result.broken = broken
        return result

    @cached_property
    def _awaited(self) -> Awaited:
        """What the definitions of the file name that their runs may come to."""
        return Awaited(self.file.tree.body, self.rows.values())

    # -- entries --------------------------------------------------------------------------------

    def _entry(
        self,
        m: Evaluator,
        node: ir.ClassDef | ir.FuncDef,
        symbols: dict[Any, Symbol],
        shown: dict[str, Value],
    ) -> None:
        value = m.state.resolve(m.global_value(self.file, node.name))
        if isinstance(value, (Class, Function)) and value.node is node:
            self._enter(m, symbols, value, shown)

    def _enter(
        self, m: Evaluator, symbols: dict[Any, Symbol], value: Class | Function, shown: dict[str, Value]
    ) -> None:
        node: Any = value.node
        if isinstance(value, Class):
            if not is_module_class(value):
                run_builder(m, value, symbols)
                use_stored(m, self.file)
                return
            init = find_member(m, value, "__init__")
            arguments = Arguments()
            if isinstance(init, Function):
                arguments = open_arguments(m, init, symbols, shown, skip=1)
            elif is_dataclass(value):
                arguments.open_keywords = True
            m.state.building()
            held = contents(m, self.file)
            model = m.call(value, arguments, None)
            again = m.call(value, arguments, None) if differ(m, held) else None
            m.state.is_built()
            if self._is_pointless(m, node):
                return
            run_value(m, model)
            if again is not None:
                run_value(m, again)
        else:
            model = m.call(value, open_arguments(m, value, symbols, shown, skip=0), None)
            if self._is_pointless(m, node):
                return
            run_value(m, model)
        run_rest(m)
        use_stored(m, self.file)

    @cached_property
    def _building(self) -> frozenset[str]:
        """The names of the file's definitions that may build layers."""
        classes = (node.name for node in self.file.classes() if self.relevance.may_build(node.name))
        return frozenset((*classes, *(node.name for node in self.file.functions() if builds(node, set()))))

    def _is_pointless(self, m: Evaluator, node: ir.ClassDef | ir.FuncDef) -> bool:
        """Whether nothing can come of running what an entry point built; who it would call has a caller."""
        if self.relevance.activations or self.relevance.runs_own() or takes(node, self._models()):
            return False
        prospects = Prospects(m, self.file, node, self._building)
        if prospects.are_any(self.relevance.leads_to_norm_call(node.name)):
            return False
        m.called |= mentioned_in(prospects.mentioned, self.file.functions())
        return True
