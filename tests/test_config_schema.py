"""The JSON schema of the configuration, which editors use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convbias_lint.config_keys import KEYS


def test_the_schema_is_the_one_that_the_keys_make() -> None:
    from convbias_lint import config_schema

    path = Path(config_schema.__file__).with_name("schema.json")
    assert path.read_text() == config_schema.text(), "run: python -m convbias_lint.config_schema"


def test_the_schema_accepts_examples_and_refuses_mistakes() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from convbias_lint import config_schema
    from convbias_lint.config_files import parse_toml

    schema = json.loads(config_schema.text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for key in KEYS:
        assert validator.is_valid(parse_toml(key.example.encode(), "x")), key.name
    for wrong in ({"selct": []}, {"select": ["X1"]}, {"unsafe-fixes": 1}, {"output-format": "jsno"}):
        assert not validator.is_valid(wrong)
