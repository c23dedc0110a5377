"""The JSON schema of the configuration, for editors: made from the table of keys.

``python -m convbias_lint.config_schema`` writes it anew.
"""

from __future__ import annotations

import json
import os
from typing import Any

from convbias_lint.config_keys import KEYS, LAYER_KEYS, Key
from convbias_lint.finding import DOCS_URL
from convbias_lint.reports import FORMATS
from convbias_lint.rules import all_rules
from convbias_lint.rules.codes import CODES

_TEXTS = {"type": "array", "items": {"type": "string"}}
_JSON_TYPES = {bool: "boolean", str: "string"}


def schema() -> dict[str, Any]:
    """The schema of the table ``[tool.convbias-lint]``, and of a ``convbias-lint.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{DOCS_URL}/schema.json",
        "title": "convbias-lint",
        "description": "Configuration of convbias-lint.",
        "type": "object",
        "properties": {key.name: _property(key) for key in KEYS},
        "additionalProperties": False,
        "definitions": {"selector": {"type": "string", "enum": _selectors()}},
    }


def text() -> str:
    """The schema as the file that is shipped."""
    return json.dumps(schema(), indent=2) + "\n"


def _property(key: Key) -> dict[str, Any]:
    described: dict[str, Any] = {"description": key.summary, **_value(key.kind)}
    if key.default is not None:
        described["default"] = key.default
    return described


def _value(kind: str) -> dict[str, Any]:
    if kind == "bool":
        return {"type": "boolean"}
    if kind == "format":
        return {"type": "string", "enum": list(FORMATS)}
    if kind == "selectors":
        return {"type": "array", "items": {"$ref": "#/definitions/selector"}}
    if kind == "pattern table":
        return {"type": "object", "additionalProperties": _value("selectors")}
    if kind == "layer table":
        said = {name: {"type": _JSON_TYPES[type_]} for name, type_ in LAYER_KEYS.items()}
        row = {"type": "object", "properties": said, "additionalProperties": False}
        return {"type": "object", "additionalProperties": row}
    return {"type": "string"} if kind == "text" else _TEXTS


def _selectors() -> list[str]:
    """``ALL``, codes, beginnings of them, and names."""
    beginnings = {code[:length] for code in CODES for length in range(2, len(code) + 1)}
    return ["ALL", *sorted(beginnings), *(rule.name for rule in all_rules().values())]


if __name__ == "__main__":
    with open(os.path.join(os.path.dirname(__file__), "schema.json"), "w", encoding="utf-8") as stream:
        stream.write(text())
