"""Diagnostics, read by the types of the language server protocol itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import report_models as models
import report_tools as tools

from convbias_lint.reports import render
from convbias_lint.reports.report import Report


def published(report: Report) -> list[dict[str, Any]]:
    return [json.loads(line) for line in render("lsp", report).splitlines()]


@pytest.mark.parametrize("make", [models.everything, models.hostile], ids=["everything", "hostile"])
def test_every_object_is_what_a_server_publishes(make: Any, tmp_path: Path) -> None:
    """Structured and written back it is the same: no property is unknown, missing or of another kind."""
    types = tools.needed("lsprotocol.types")
    converter = tools.needed("lsprotocol.converters").get_converter()
    objects = published(make(tmp_path))
    for item in objects:
        parameters = converter.structure(item, types.PublishDiagnosticsParams)
        assert converter.unstructure(parameters, types.PublishDiagnosticsParams) == item
    assert sum(len(item["diagnostics"]) for item in objects) > 9


def test_positions_are_utf_16(tmp_path: Path) -> None:
    """An emoji counts two, a wide character one."""
    (item,) = published(models.check(tmp_path, {"m.py": models.WIDE}))
    main, hint = item["diagnostics"]
    row = models.WIDE.split("\n")[6]
    units = row[: row.index("nn.Conv2d")].encode("utf-16-le")
    assert main["range"]["start"] == {"line": 6, "character": len(units) // 2}
    text = row.encode("utf-16-le")
    start, end = (hint["range"][side]["character"] * 2 for side in ("start", "end"))
    assert text[start:end].decode("utf-16-le") == "True"
    assert hint["tags"] == [1]
    assert "tags" not in main


def test_the_edits_make_the_fix(tmp_path: Path) -> None:
    (item,) = published(models.check(tmp_path, {"m.py": models.WIDE}))
    (edit,) = item["diagnostics"][0]["data"]["edits"]
    rows = [row.encode("utf-16-le") for row in models.WIDE.split("\n")]
    line = edit["range"]["start"]["line"]
    start, end = (edit["range"][side]["character"] * 2 for side in ("start", "end"))
    rows[line] = rows[line][:start] + edit["newText"].encode("utf-16-le") + rows[line][end:]
    fixed = "\n".join(row.decode("utf-16-le") for row in rows)
    assert fixed == models.WIDE.replace("bias=True", "bias=False")


def test_the_way_leads_to_the_norm(tmp_path: Path) -> None:
    (item,) = published(models.check(tmp_path, {"m.py": models.SEQUENTIAL}))
    steps = item["diagnostics"][1]["relatedInformation"]
    assert [step["location"]["range"]["start"]["line"] for step in steps] == [12, 13]
    assert steps[1]["location"]["uri"] == item["uri"] == (tmp_path / "m.py").as_uri()


def test_clean_files_are_published_empty(tmp_path: Path) -> None:
    (item,) = published(models.check(tmp_path, {"m.py": models.CLEAN}))
    assert item["diagnostics"] == []


def test_cells_have_uris_of_their_own(tmp_path: Path) -> None:
    (item,) = published(models.check(tmp_path, {"n.ipynb": models.NOTEBOOK}))
    assert item["uri"].endswith("/n.ipynb#cell2")
    assert item["diagnostics"][0]["range"]["start"]["line"] == 1


def test_any_name_makes_a_uri_that_leads_back(tmp_path: Path) -> None:
    report = models.hostile(tmp_path)
    for item, result in zip(published(report), report.results):
        parts = urlsplit(item["uri"])
        assert parts.scheme == "file"
        assert not parts.fragment
        assert unquote(parts.path, errors="surrogateescape") == result.filename
