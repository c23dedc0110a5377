"""Nothing in README and the documentation is only text: code runs, settings are valid, commands exist."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from blocks import ROOT, Block, blocks, fences, spoken_commands
from case_file import marks_of, read

from convbias_lint import __version__
from convbias_lint.cli.main import COMMANDS, load
from convbias_lint.cli.parser import Parser
from convbias_lint.config_files import parse_toml
from convbias_lint.layers import torch as torch_table
from convbias_lint.layers.rows import Effect
from convbias_lint.linter import lint_source

BLOCKS = list(blocks())
# What is checked elsewhere: sessions in test_guides.py, Neovim's setup in tests/lsp, Keras' guide in
# tests/keras_tools.  Not checked: the languages of Emacs and Zed.
CHECKED = {"python", "console", "sh", "text", "toml", "yaml", "json", "lua"}
TEXT_OF_OTHERS = {"elisp": "docs/editors/emacs.md", "rust": "docs/editors/zed.md"}


def of(*languages: str) -> list[Any]:
    return [pytest.param(block, id=block.place) for block in BLOCKS if block.language in languages]


def test_every_block_says_what_it_is() -> None:
    assert fences() == 2 * len(BLOCKS)
    for block in BLOCKS:
        assert block.language in CHECKED or TEXT_OF_OTHERS.get(block.language) == block.page, block.place
    assert {block.page for block in BLOCKS if block.language == "lua"} == {"docs/editors/neovim.md"}


# Python


def test_python_has_no_names_that_are_not_there(tmp_path: Path) -> None:
    for number, block in enumerate(BLOCKS):
        if block.language == "python" and (_stands_alone(block) or block.title):
            ast.parse(block.text)
            name = re.sub(r"\W", "_", block.place)
            (tmp_path / f"{name}_{number}.py").write_text(block.text, encoding="utf-8")
    rules = ["--isolated", "--no-cache", "--select", "E9,F,E501", "--line-length", "110"]
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *rules, "--output-format", "concise", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _stands_alone(block: Block) -> bool:
    """Whether a block runs by itself: one with a title is a file, which the sessions beside it run."""
    elsewhere = ("docs/keras.md", "docs/rules/syntax-error.md", "CONTRIBUTING.md", "docs/contributing.md")
    return not block.title and block.page not in elsewhere


@pytest.mark.parametrize("block", [param for param in of("python") if _stands_alone(param.values[0])])
def test_python_runs(block: Block, needs_torch: None) -> None:
    exec(compile(block.text, block.place, "exec"), {"__name__": "block"})


def test_the_row_of_contributing_is_a_row() -> None:
    (text,) = {block.text for block in BLOCKS if block.text.startswith("_norm(")}
    names: dict[str, Any] = {"_norm": torch_table._norm}
    exec(f"rows = [{text}]", names)
    assert [row.effect for row in names["rows"]] == [Effect.CANCELS]


def test_the_case_of_contributing_is_a_case(tmp_path: Path) -> None:
    (text,) = {block.text for block in BLOCKS if block.text.startswith("# run:")}
    path = tmp_path / "case.py"
    path.write_text(text, encoding="utf-8")
    file = read(path)
    assert file.runs == ("Net, (2, 3, 8, 8)",)
    assert file.output != file.code
    assert marks_of(lint_source(file.code)) == file.marks != ()
    assert lint_source(file.output) == []


# Settings


@pytest.mark.parametrize("block", of("toml"))
def test_toml_is_valid(block: Block) -> None:
    table = parse_toml(block.text.encode(), block.place)
    ours = table.get("tool", {}).get("convbias-lint")
    if block.page.startswith("docs/editors/"):
        for given in _tables_of_settings(table):
            _accepted_by_the_server(given)
        return
    assert ours is not None, f"{block.place} has no [tool.convbias-lint]"
    schema = json.loads((ROOT / "docs" / "schema.json").read_text("utf-8"))
    jsonschema.validate(ours, schema)


@pytest.mark.parametrize("block", of("json"))
def test_json_is_valid(block: Block) -> None:
    tables = list(_tables_of_settings(json.loads(block.text)))
    assert tables
    for given in tables:
        _accepted_by_the_server(given)


def _tables_of_settings(node: object) -> Iterator[dict[str, Any]]:
    """What an editor's settings hold for the server."""
    if isinstance(node, dict):
        for key, value in node.items():
            settings = ("convbias-lint.settings", "initializationOptions", "initialization_options", "config")
            if key in settings:
                yield value
            else:
                yield from _tables_of_settings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _tables_of_settings(value)


def _accepted_by_the_server(given: dict[str, Any]) -> None:
    from convbias_lint.lsp.settings import ClientSettings, SettingsOf

    client = ClientSettings(given)
    settings = SettingsOf(client)
    assert settings.document(str(ROOT / "docs" / "net.py")).selected("CB203")
    assert (client.problems, settings.problem) == ([], None)


SCHEMAS = {".github/workflows/": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci"}


@pytest.mark.parametrize("block", of("yaml"))
def test_yaml_is_what_its_reader_takes(block: Block, tmp_path: Path) -> None:
    path = tmp_path / Path(block.title).name
    path.write_text(block.text, encoding="utf-8")
    if block.title == ".pre-commit-config.yaml":
        words = ["pre_commit", "validate-config", str(path)]
    else:
        (schema,) = (name for start, name in SCHEMAS.items() if block.title.startswith(start))
        words = ["check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    document = yaml.safe_load(block.text)
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    for repository in document.get("repos", []):
        assert repository["rev"] == f"v{__version__}"
        assert {hook["id"] for hook in repository["hooks"]} <= hooks
    commands = [text for text in _texts(document) if text.startswith("convbias-lint ")]
    assert commands or "repos" in document
    for command in commands:
        _parses(command)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for value in node.values() for text in _texts(value))
    elif isinstance(node, list):
        yield from (text for value in node for text in _texts(value))


# Commands


def _parser(command: str) -> tuple[Parser, list[str]]:
    """The parser of a command line, and the words for it."""
    words = shlex.split(command, comments=True)[1:]
    name = words.pop(0) if words and words[0] in COMMANDS else "check"
    parser = Parser(prog=f"convbias-lint {name}")
    load(name).add_arguments(parser)
    return parser, words


def _parses(command: str) -> None:
    """The command line that a page names is one."""
    parser, words = _parser(command)
    try:
        parser.parse_args(words)
    except SystemExit:
        pytest.fail(f"no command line of ours: {command}")


@pytest.mark.parametrize("block", [p for p in of("sh", "text") if p.values[0].page != "docs/cli.md"])
def test_commands_in_blocks_exist(block: Block) -> None:
    for line in block.text.splitlines():
        for command in line.split(" && "):
            if re.match(r"(?:\S*/)?convbias-lint ", command):
                _parses(command)
            script = re.match(r"(?:\w+=\S+ )?python (\S+\.py)", command)
            if script:
                assert (ROOT / script[1]).is_file(), command
            for extra in re.findall(r"convbias-lint\[(\w+)\]", command):
                _is_an_extra(extra)


def test_commands_in_prose_exist() -> None:
    commands = [command for _, command in spoken_commands() if "..." not in command]
    assert len(commands) > 10
    for command in commands:
        parser, words = _parser(command)
        options = {word.partition("=")[0] for word in words if word.startswith("-")}
        assert options <= {*parser._option_string_actions, "--version", "--help"}, command


def _is_an_extra(name: str) -> None:
    project = parse_toml((ROOT / "pyproject.toml").read_bytes(), "pyproject.toml")["project"]
    assert name in project["optional-dependencies"]


def test_what_is_no_command_is_noticed() -> None:
    for wrong in ("convbias-lint --fixx", "convbias-lint audit --all", "convbias-lint migrate a b --input"):
        with pytest.raises(pytest.fail.Exception):
            _parses(wrong)
