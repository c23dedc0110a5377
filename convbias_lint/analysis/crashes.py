"""Where code fails with a layer that has no bias, and the edit that guards it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

import libcst as cst

from convbias_lint.analysis.bias_access import Crash
from convbias_lint.analysis.facts import AccessFact
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.places import Places
from convbias_lint.finding import Edit, Position, Related


def access_facts(file: SourceFile, crashes: Iterable[Crash]) -> list[AccessFact]:
    """The crashes of a file, placed in its text."""
    crashes = list(crashes)
    if not crashes:
        return []
    wanted: dict[int, tuple[SourceFile, list[Any]]] = {id(file): (file, [])}
    for crash in crashes:
        nodes = wanted[id(file)][1]
        nodes.append(crash.failure.expression)
        if crash.failure.line is not None:
            nodes.append(crash.failure.line.body[0])
        site = crash.layer.chain[0]
        wanted.setdefault(id(site.file), (site.file, []))[1].append(site.node.cst)
    places = {key: Places(owner.tree, nodes) for key, (owner, nodes) in wanted.items()}
    facts = [_fact(file, places, crash) for crash in crashes]
    return sorted(facts, key=lambda fact: (fact.start, fact.end))


def _fact(file: SourceFile, places: dict[int, Places], crash: Crash) -> AccessFact:
    here = places[id(file)]
    expression, line, _ = crash.failure
    start, end = here.inner(expression)
    site = crash.layer.chain[0]
    there = places[id(site.file)]
    built = [there.position(offset) for offset in there.inner(site.node.cst)]
    text = " ".join(here.text[start:end].split())
    return AccessFact(
        text=text,
        layer=crash.layer.row.name.rsplit(".", 1)[-1],
        start=here.position(start),
        end=here.position(end),
        related=(Related("is built without a bias", site.file.path, built[0], built[1]),),
        edits=None
        if line is None
        else _guard(here, file.tree.default_indent, line.body[0], expression, text),
    )


def _guard(
    places: Places, indent: str, statement: cst.BaseSmallStatement, expression: cst.BaseExpression, text: str
) -> Optional[tuple[Edit, ...]]:
    """Edits that put ``if … is not None:`` around a statement; None where that would change more."""
    if not _is_plain(expression) or not _binds_nothing(statement):
        return None
    start, end = places.outer(statement)
    line_start = places.text.rfind("\n", 0, start) + 1
    lead = places.text[line_start:start]
    body = places.text[start:end]
    if lead.strip() or body.rstrip().endswith(";") or '"""' in body or "'''" in body:
        return None
    edits = [_insert(places, start, f"if {text} is not None:\n{lead}{indent}")]
    offset = start
    for row in body.split("\n")[:-1]:
        offset += len(row) + 1
        if places.text[offset : offset + 1] != "\n":
            edits.append(_insert(places, offset, indent))
    return tuple(edits)


def _insert(places: Places, offset: int, content: str) -> Edit:
    position: Position = places.position(offset)
    return Edit(position, position, content)


def _is_plain(node: Any) -> bool:
    """Whether an expression can be written twice: names, attributes and constant indices only."""
    if isinstance(node, cst.Name):
        return True
    if isinstance(node, cst.Attribute):
        return _is_plain(node.value)
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        index = node.slice[0].slice
        if not isinstance(index, cst.Index):
            return False
        return isinstance(index.value, (cst.Integer, cst.SimpleString, cst.Name)) and _is_plain(node.value)
    return False


def _binds_nothing(node: cst.BaseSmallStatement) -> bool:
    """Whether nothing behind a statement relies on its having run."""
    if isinstance(node, cst.Assign):
        return all(isinstance(target.target, (cst.Attribute, cst.Subscript)) for target in node.targets)
    if isinstance(node, cst.AugAssign):
        return isinstance(node.target, (cst.Attribute, cst.Subscript))
    return isinstance(node, cst.Expr)
