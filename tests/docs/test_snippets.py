"""The snippets of docs/integrations and docs/editors: valid for who reads them, and run where we can.

GitHub's and GitLab's own schemas come with check-jsonschema, pre-commit's with pre-commit.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple, Optional

import pytest

from convbias_lint.config_files import parse_toml
from convbias_lint.lsp.settings import ClientSettings, SettingsOf

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
START = re.compile(r'convbias-lint server|"convbias-lint",? "server"|args = \["server"\]|"server"\.into\(\)')
MODEL = "from torch import nn\n\nnet = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))\n"


class Snippet(NamedTuple):
    page: str
    language: str
    title: str
    text: str


def snippets(folder: str) -> list[Snippet]:
    """All fenced blocks of the pages of a folder."""
    block = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)
    return [
        Snippet(page.name, *match.groups(""))
        for page in sorted((DOCS / folder).glob("*.md"))
        for match in block.finditer(page.read_text(encoding="utf-8"))
    ]


def named(snippet: Snippet) -> str:
    return f"{snippet.page}-{snippet.title or snippet.language}"


INTEGRATIONS = [snippet for snippet in snippets("integrations") if snippet.language == "yaml"]
EDITORS = snippets("editors")


# Integrations


@pytest.mark.parametrize("snippet", INTEGRATIONS, ids=named)
def test_a_service_accepts_its_configuration(snippet: Snippet, tmp_path: Path) -> None:
    path = tmp_path / Path(snippet.title).name
    path.write_text(snippet.text)
    if snippet.title.startswith(".github/workflows/"):
        command = ["check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    elif snippet.title == ".gitlab-ci.yml":
        command = ["check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    else:
        assert snippet.title == ".pre-commit-config.yaml", "no schema is known"
        command = ["pre_commit", "validate-config"]
    done = subprocess.run(
        [sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("snippet", INTEGRATIONS, ids=named)
def test_hooks_are_those_that_we_have(snippet: Snippet) -> None:
    used = re.findall(r"- id: (\S+)", snippet.text)
    ours = re.findall(r"- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text())
    assert set(used) <= set(ours)


def commands() -> list[str]:
    found = [re.findall(r"(?:run: |- )(convbias-lint .*)$", snippet.text, re.M) for snippet in INTEGRATIONS]
    return list(dict.fromkeys(command for some in found for command in some))


@pytest.mark.parametrize("command", commands())
def test_the_commands_of_a_pipeline_do_what_the_page_says(command: str, tmp_path: Path) -> None:
    """Findings fail the job, unless it leaves that to others; the report lies where the job collects it."""
    (tmp_path / "net.py").write_text(MODEL)
    words = command.split()[1:]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for name in ("FORCE_COLOR", "CONVBIAS_LINT_OUTPUT_FORMAT"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "convbias_lint", *words],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ("--exit-zero" not in words), done.stderr
    report = done.stdout
    if "--output-file" in words:
        name = words[words.index("--output-file") + 1]
        report = (tmp_path / name).read_text()
        pages = [snippet.text for snippet in INTEGRATIONS if command in snippet.text]
        assert all(page.count(name) > 1 for page in pages), "nobody collects the report"
    assert "CB101" in report


# Editors


def of(language: str, page: Optional[str] = None) -> list[Any]:
    found = [snippet for snippet in EDITORS if snippet.language == language and page in (None, snippet.page)]
    return [pytest.param(snippet, id=f"{snippet.page}-{number}") for number, snippet in enumerate(found)]


@pytest.mark.parametrize("snippet", of("json"))
def test_json_for_editors_parses(snippet: Snippet) -> None:
    _settings_hold(json.loads(snippet.text))


@pytest.mark.parametrize("snippet", of("toml"))
def test_toml_for_editors_parses(snippet: Snippet) -> None:
    _settings_hold(parse_toml(snippet.text.encode(), snippet.page))


def _settings_hold(value: Any) -> None:
    """Every table of our settings, wherever an editor keeps it, is one that the server takes."""
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key in ("initializationOptions", "initialization_options", "config", "convbias-lint.settings"):
            client = ClientSettings(inner)
            settings = SettingsOf(client)
            settings.document(str(ROOT / "net.py"))
            assert (client.problems, settings.problem) == ([], None)
        _settings_hold(inner)


@pytest.mark.parametrize("snippet", of("lua"))
def test_lua_for_neovim_compiles(snippet: Snippet, tmp_path: Path) -> None:
    (tmp_path / "snippet.lua").write_text(snippet.text)
    check = "lua if not loadfile('snippet.lua') then vim.cmd('cquit') end"
    _run_if_there("nvim", "--headless", "-u", "NONE", "-c", check, "-c", "qall!", folder=tmp_path)


@pytest.mark.parametrize("snippet", of("elisp"))
def test_lisp_for_emacs_reads(snippet: Snippet, tmp_path: Path) -> None:
    if shutil.which("emacs") is None:  # as far as brackets go
        text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', snippet.text)
        assert all(text.count(one) == text.count(other) for one, other in ("()", "[]"))
        return
    (tmp_path / "snippet.el").write_text(f"(quote (\n{snippet.text}\n))")
    _run_if_there("emacs", "--batch", "--load", "snippet.el", folder=tmp_path)


def _run_if_there(program: str, *words: str, folder: Path) -> None:
    path = shutil.which(program)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{program} is not installed: in CI its tests must run")
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([path, *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_editor_starts_the_server_that_there_is() -> None:
    for page in (DOCS / "editors").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert START.search(text) or page.name == "vscode.md", page.name
    extension = (DOCS / "editors" / "vscode" / "src" / "extension.ts").read_text(encoding="utf-8")
    assert 'args: ["server"]' in extension


def test_the_extension_for_vscode_declares_the_settings_it_reads() -> None:
    folder = DOCS / "editors" / "vscode"
    declared = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    code = (folder / "src" / "extension.ts").read_text(encoding="utf-8")
    read = {f"convbias-lint.{name}" for name in re.findall(r'configuration\.get\("(\w+)"', code)}
    assert read == set(declared["contributes"]["configuration"]["properties"])
    shown = [snippet for snippet in EDITORS if snippet.page == "vscode.md" and snippet.language == "json"]
    used = {key for snippet in shown for key in json.loads(snippet.text) if key.startswith("convbias-lint.")}
    assert used <= read
    scripts = re.findall(r"npm run (\w+)", (DOCS / "editors" / "vscode.md").read_text(encoding="utf-8"))
    assert set(scripts) <= set(declared["scripts"])
