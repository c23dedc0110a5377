"""SARIF 2.1.0, held against a schema and read by another project's models of the standard."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import report_models as models
import report_tools as tools

from convbias_lint.finding import Edit, Position
from convbias_lint.fixes import apply_edits
from convbias_lint.reports import render
from convbias_lint.reports.report import Report
from convbias_lint.rules import all_rules

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-used.schema.json"


def run_of(report: Report) -> dict[str, Any]:
    document = json.loads(render("sarif", report))
    (run,) = document["runs"]
    found: dict[str, Any] = run
    return found


@pytest.mark.parametrize("make", [models.everything, models.hostile], ids=["everything", "hostile"])
def test_the_document_is_valid(make: Any, tmp_path: Path) -> None:
    """Against what the standard says of the parts in use; CONVBIAS_LINT_SARIF_SCHEMA names another schema."""
    jsonschema = tools.needed("jsonschema")
    document = json.loads(render("sarif", make(tmp_path)))
    for path in filter(None, [SCHEMA, os.environ.get("CONVBIAS_LINT_SARIF_SCHEMA")]):
        schema = json.loads(Path(path).read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        validator(schema, format_checker=validator.FORMAT_CHECKER).validate(document)


@pytest.mark.skipif(sys.version_info < (3, 10), reason="sarif-pydantic is for Python 3.10 on")
@pytest.mark.parametrize("make", [models.everything, models.hostile], ids=["everything", "hostile"])
def test_another_implementation_reads_it(make: Any, tmp_path: Path) -> None:
    sarif = tools.needed("sarif_pydantic")
    text = render("sarif", make(tmp_path))
    log = sarif.Sarif.model_validate_json(text)
    assert len(log.runs[0].results) == len(json.loads(text)["runs"][0]["results"])


def test_every_rule_is_there_with_its_help(tmp_path: Path) -> None:
    driver = run_of(models.check(tmp_path, {}))["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == list(all_rules())
    for rule in driver["rules"]:
        assert "## What it does" in rule["help"]["markdown"]
        assert rule["helpUri"].startswith("https://")


def test_a_result_leads_from_the_layer_to_the_norm(tmp_path: Path) -> None:
    run = run_of(models.check(tmp_path, {"m.py": models.SEQUENTIAL}))
    second = run["results"][1]
    assert run["tool"]["driver"]["rules"][second["ruleIndex"]]["id"] == second["ruleId"] == "CB104"
    flow = second["codeFlows"][0]["threadFlows"][0]["locations"]
    rows = [step["location"]["physicalLocation"]["region"]["startLine"] for step in flow]
    assert rows == [7, 13, 14]
    assert [step["id"] for step in second["relatedLocations"]] == [1, 2]
    artifact = second["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "m.py", "uriBaseId": "%SRCROOT%"}
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == tmp_path.as_uri() + "/"


def test_the_fix_is_a_replacement(tmp_path: Path) -> None:
    edits = []
    for result in run_of(models.check(tmp_path, {"m.py": models.WIDE}))["results"]:
        for change in result["fixes"][0]["artifactChanges"]:
            for replacement in change["replacements"]:
                region = replacement["deletedRegion"]
                start = Position(region["startLine"], region["startColumn"])
                end = Position(region["endLine"], region["endColumn"])
                edits.append(Edit(start, end, replacement["insertedContent"]["text"]))
    assert apply_edits(models.WIDE, edits) == models.WIDE.replace("bias=True", "bias=False")


def test_no_fix_is_offered_where_positions_are_not_the_files(tmp_path: Path) -> None:
    (result,) = run_of(models.check(tmp_path, {"n.ipynb": models.NOTEBOOK}))["results"]
    assert "fixes" not in result
    assert result["locations"][0]["logicalLocations"][0]["name"] == "cell 2"
    assert result["message"]["text"].endswith("(cell 2, row 2)")


def test_suppressed_results_say_so(tmp_path: Path) -> None:
    results = run_of(models.check(tmp_path, {"m.py": models.SILENCED}))["results"]
    assert [result["suppressions"] for result in results] == [[{"kind": "inSource"}], []]


def test_files_that_cannot_be_read_are_notifications(tmp_path: Path) -> None:
    (invocation,) = run_of(models.check(tmp_path, {"n.ipynb": "{"}))["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("broken notebook")


def test_fingerprints_outlive_edits_above(tmp_path: Path) -> None:
    def prints(text: str) -> list[str]:
        results = run_of(models.check(tmp_path, {"m.py": text}))["results"]
        return [result["partialFingerprints"]["convbiasLintFinding/v1"] for result in results]

    twice = models.SEQUENTIAL + models.SEQUENTIAL
    before = prints(twice)
    assert len(set(before)) == 4
    assert prints("# a line more\n" + twice) == before
