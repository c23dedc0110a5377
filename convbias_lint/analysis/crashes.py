"""Where code fails with a layer that has no bias, and the edit that guards it."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any, Optional

from convbias_lint.analysis.bias_access import Crash
from convbias_lint.analysis.facts import AccessFact
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.places import Places
from convbias_lint.finding import Edit, Position, Related


def access_facts(file: SourceFile, crashes: Iterable[Crash]) -> list[AccessFact]:
    """The crashes of a file, placed in its text."""
    facts = [_fact(file, crash) for crash in crashes]
    return sorted(facts, key=lambda fact: (fact.start, fact.end))


def _fact(file: SourceFile, crash: Crash) -> AccessFact:
    here = Places(file.text)
    expression, line, _ = crash.failure
    start, end = here.span(expression)
    site = crash.layer.chain[0]
    built = Places(site.file.text).range(site.node.syntax)
    text = " ".join(here.text[start:end].split())
    return AccessFact(
        text=text,
        layer=crash.layer.row.name.rsplit(".", 1)[-1],
        start=here.position(start),
        end=here.position(end),
        related=(Related("is built without a bias", site.file.path, *built),),
        edits=None if line is None else _guard(file, here, line, expression, text),
    )


def _guard(
    file: SourceFile, places: Places, statement: ast.stmt, expression: ast.expr, text: str
) -> Optional[tuple[Edit, ...]]:
    """Edits that put ``if … is not None:`` around a statement; None where that would change more."""
    if not _is_plain(expression) or not _binds_nothing(statement):
        return None
    start, end = places.span(statement)
    line_start = places.text.rfind("\n", 0, start) + 1
    lead = places.text[line_start:start]
    body = places.text[start:end]
    behind = places.text[end:].partition("\n")[0].strip()
    if lead.strip() or (behind and not behind.startswith("#")) or '"""' in body or "'''" in body:
        return None
    indent = _indent(file)
    edits = [_insert(places, start, f"if {text} is not None:\n{lead}{indent}")]
    offset = start
    for row in body.split("\n")[:-1]:
        offset += len(row) + 1
        if places.text[offset : offset + 1] != "\n":
            edits.append(_insert(places, offset, indent))
    return tuple(edits)


def _indent(file: SourceFile) -> str:
    """One level of indentation, as the first indented block of the file has it."""
    for node in file.tree.body:
        first = getattr(node, "body", [node])[0]
        if first.lineno > node.lineno and first.col_offset:
            row: str = file.text.split("\n")[first.lineno - 1]
            return row[: first.col_offset]
    return "    "


def _insert(places: Places, offset: int, content: str) -> Edit:
    position: Position = places.position(offset)
    return Edit(position, position, content)


def _is_plain(node: Any) -> bool:
    """Whether an expression can be written twice: names, attributes, and items by a constant or name."""
    if isinstance(node, ast.Attribute):
        return _is_plain(node.value)
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, (ast.Constant, ast.Name)) and _is_plain(node.value)
    return isinstance(node, ast.Name)


def _binds_nothing(node: ast.stmt) -> bool:
    """Whether nothing behind a statement relies on its having run."""
    if isinstance(node, ast.Assign):
        return all(isinstance(target, (ast.Attribute, ast.Subscript)) for target in node.targets)
    if isinstance(node, ast.AugAssign):
        return isinstance(node.target, (ast.Attribute, ast.Subscript))
    return isinstance(node, ast.Expr)
