"""Files in syntax newer than the running Python: LibCST's parser leads to the tree that ``ast`` gives."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from convbias_lint.analysis import ir
from convbias_lint.analysis.lower_statements import body_of, lower_block
from convbias_lint.analysis.newer_syntax import parse_newer

_HERE = Path(__file__).parent
_FOLDERS = sorted(path for path in (_HERE / "cases").iterdir() if path.is_dir())


def shown(node: Any, places: bool = True) -> Any:
    """A node of the evaluator's language, all of it, with the places of calls."""
    if isinstance(node, (list, tuple)):
        return [shown(item, places) for item in node]
    if not isinstance(node, ir.Node):
        return repr(node)
    if isinstance(node, (ir.FuncDef, ir.ClassDef)):
        body_of(node)
    parts = {}
    places = places and not isinstance(node, ir.Text)  # Python before 3.12 places what is in these wrongly
    for name in type(node).__slots__:
        value = getattr(node, name)
        if name != "syntax":
            parts[name] = shown(value, places)
        elif places and isinstance(node, (ir.Call, ir.Binary)):
            parts["place"] = (value.lineno, value.col_offset, value.end_lineno, value.end_col_offset)
    return type(node).__name__, parts


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_both_parsers_lead_to_the_same(folder: Path) -> None:
    compared = 0
    for path in sorted(folder.glob("**/*.py")):
        text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        try:
            own = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        other = parse_newer(text)
        assert other is not None, path
        assert shown(lower_block(other.body)) == shown(lower_block(own.body)), path
        compared += 1
    assert compared > 0
