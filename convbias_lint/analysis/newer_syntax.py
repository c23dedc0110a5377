"""Syntax that is newer than the running Python: parsed by LibCST, made into Python's own tree.

Only what the analysis reads is carried over: of annotations not those of results, and no type parameters.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Optional

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from convbias_lint.analysis.newer_expressions import BINARY, CONSTANTS, Expressions, Opaque, identifier


def parse_newer(text: str) -> Optional[ast.Module]:
    """The tree of a text that this Python does not parse; None if LibCST does not, either."""
    try:
        module = cst.parse_module(text)
        places = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
        tree = ast.Module(_Statements(text, places).block(module), [])
    except (cst.ParserSyntaxError, RecursionError, SyntaxError, ValueError):
        return None
    _note_contexts(tree)
    return tree


def _note_contexts(tree: ast.AST) -> None:
    """Note of names, attributes and items whether they are read, bound or deleted."""
    nodes = list(ast.walk(tree))
    for node in nodes:
        if "ctx" in node._fields:
            node.ctx = ast.Load()  # type: ignore[attr-defined]
    for node in nodes:
        targets = [getattr(node, "target", None), getattr(node, "optional_vars", None)]
        if isinstance(node, (ast.Assign, ast.Delete)):
            targets += node.targets
        context = ast.Del() if isinstance(node, ast.Delete) else ast.Store()
        while targets:
            target: Any = targets.pop()
            if target is not None:
                target.ctx = context
                inside = [target.value] if isinstance(target, ast.Starred) else getattr(target, "elts", ())
                targets.extend(inside)


def _kind(name: str, base: type, *fields: str) -> Any:
    """A class of Python's tree, made up where this Python has no such syntax."""
    return getattr(ast, name, None) or type(name, (base,), {"_fields": fields})


_Match = _kind("Match", ast.stmt, "subject", "cases")
_Case = _kind("match_case", ast.AST, "pattern", "guard", "body")
_MatchValue = _kind("MatchValue", ast.AST, "value")
_MatchSingleton = _kind("MatchSingleton", ast.AST, "value")
_MatchAs = _kind("MatchAs", ast.AST, "pattern", "name")
_TryStar = _kind("TryStar", ast.stmt, "body", "handlers", "orelse", "finalbody")


class _Statements(Expressions):
    """Makes statements."""

    def block(self, block: Any) -> list[Any]:
        """The statements of a module, an indented block or a one-line suite."""
        nodes: list[Any] = []
        for line in () if block is None else block.body:
            for node in line.body if isinstance(line, cst.SimpleStatementLine) else (line,):
                make = _STATEMENTS.get(type(node))
                made = None if make is None else make(self, node)
                if made is not None:
                    nodes.append(self.at(made, node))
        return nodes

    def _body(self, node: Any) -> list[Any]:
        return [] if node is None else self.block(node.body)

    def if_(self, node: cst.If) -> ast.stmt:
        chain: list[cst.If] = [node]
        while isinstance(chain[-1].orelse, cst.If):
            chain.append(chain[-1].orelse)
        last: Any = chain[-1].orelse
        orelse = self._body(last)
        for link in reversed(chain):
            orelse = [self.at(ast.If(self.expr(link.test), self._body(link), orelse), link)]
        return orelse[0]  # type: ignore[no-any-return]

    def for_(self, node: cst.For) -> ast.stmt:
        return ast.For(
            self.expr(node.target), self.expr(node.iter), self._body(node), self._body(node.orelse)
        )

    def while_(self, node: cst.While) -> ast.stmt:
        return ast.While(self.expr(node.test), self._body(node), self._body(node.orelse))

    def with_(self, node: cst.With) -> ast.stmt:
        items = [
            ast.withitem(self.expr(item.item), None if item.asname is None else self.expr(item.asname.name))
            for item in node.items
        ]
        return ast.With(items, self._body(node))

    def try_(self, node: Any) -> ast.stmt:
        kind = ast.Try if isinstance(node, cst.Try) else _TryStar
        handlers = [
            ast.ExceptHandler(self.optional(handler.type), None, self._body(handler))
            for handler in node.handlers
        ]
        return kind(
            body=self._body(node),
            handlers=handlers,
            orelse=self._body(node.orelse),
            finalbody=self._body(node.finalbody),
        )

    def match(self, node: cst.Match) -> ast.stmt:
        cases = [
            _Case(pattern=self._pattern(case.pattern), guard=self.optional(case.guard), body=self._body(case))
            for case in node.cases
        ]
        return _Match(subject=self.expr(node.subject), cases=cases)  # type: ignore[no-any-return]

    def _pattern(self, node: Any) -> Any:
        if isinstance(node, cst.MatchValue):
            return _MatchValue(value=self.expr(node.value))
        if isinstance(node, cst.MatchSingleton):
            return _MatchSingleton(value=CONSTANTS[node.value.value])
        if isinstance(node, cst.MatchAs) and node.pattern is None:
            return _MatchAs(pattern=None, name=None if node.name is None else identifier(node.name))
        pattern = _MatchAs(pattern=Opaque(), name=None)
        for name in _captured(node):
            pattern = _MatchAs(pattern=pattern, name=identifier(name))
        return pattern

    def function(self, node: cst.FunctionDef) -> ast.stmt:
        return ast.FunctionDef(
            name=identifier(node.name),
            args=self.params(node.params),
            body=self._body(node),
            decorator_list=[self.expr(decorator.decorator) for decorator in node.decorators],
        )

    def class_(self, node: cst.ClassDef) -> ast.stmt:
        bases, keywords = self.args([*node.bases, *node.keywords])
        return ast.ClassDef(
            name=identifier(node.name),
            bases=bases,
            keywords=keywords,
            body=self._body(node),
            decorator_list=[self.expr(decorator.decorator) for decorator in node.decorators],
        )

    def assign(self, node: cst.Assign) -> ast.stmt:
        return ast.Assign([self.expr(target.target) for target in node.targets], self.expr(node.value))

    def annotated(self, node: cst.AnnAssign) -> ast.stmt:
        annotation = self.expr(node.annotation.annotation)
        return ast.AnnAssign(self.expr(node.target), annotation, self.optional(node.value), 1)

    def augmented(self, node: cst.AugAssign) -> ast.stmt:
        operator = BINARY[getattr(cst, type(node.operator).__name__[: -len("Assign")])]
        return ast.AugAssign(self.expr(node.target), operator(), self.expr(node.value))

    def import_from(self, node: cst.ImportFrom) -> ast.stmt:
        names = [ast.alias("*", None)] if isinstance(node.names, cst.ImportStar) else _aliases(node.names)
        return ast.ImportFrom(_dotted(node.module) if node.module else None, names, len(node.relative))


def _captured(pattern: cst.CSTNode) -> Iterator[cst.Name]:
    """The names that a pattern binds."""
    name = getattr(pattern, "rest" if isinstance(pattern, cst.MatchMapping) else "name", None)
    if isinstance(name, cst.Name):
        yield name
    for inner in pattern.children:
        yield from _captured(inner)


def _aliases(names: Sequence[cst.ImportAlias]) -> list[ast.alias]:
    return [
        ast.alias(_dotted(alias.name), alias.asname.name.value if alias.asname is not None else None)  # type: ignore
        for alias in names
    ]


def _dotted(node: Any) -> str:
    return node.value if isinstance(node, cst.Name) else f"{_dotted(node.value)}.{node.attr.value}"


_STATEMENTS: dict[type, Callable[[_Statements, Any], Optional[ast.stmt]]] = {
    cst.Expr: lambda m, node: ast.Expr(m.expr(node.value)),
    cst.Assign: _Statements.assign,
    cst.AnnAssign: _Statements.annotated,
    cst.AugAssign: _Statements.augmented,
    cst.If: _Statements.if_,
    cst.For: _Statements.for_,
    cst.While: _Statements.while_,
    cst.With: _Statements.with_,
    cst.Try: _Statements.try_,
    cst.TryStar: _Statements.try_,
    cst.Match: _Statements.match,
    cst.Return: lambda m, node: ast.Return(m.optional(node.value)),
    cst.Raise: lambda m, node: ast.Raise(m.optional(node.exc), None),
    cst.Break: lambda m, node: ast.Break(),
    cst.Continue: lambda m, node: ast.Continue(),
    cst.Assert: lambda m, node: ast.Assert(m.expr(node.test), m.optional(node.msg)),
    cst.Global: lambda m, node: ast.Global([item.name.value for item in node.names]),
    cst.Nonlocal: lambda m, node: ast.Nonlocal([item.name.value for item in node.names]),
    cst.Del: lambda m, node: ast.Delete([m.expr(node.target)]),
    cst.FunctionDef: _Statements.function,
    cst.ClassDef: _Statements.class_,
    cst.Import: lambda m, node: ast.Import(_aliases(node.names)),
    cst.ImportFrom: _Statements.import_from,
}
