"""The pages that follow the code: one per rule, the command line, the configuration.

They are checked in, so that they can be read anywhere; a test makes sure that they are as fresh as the code.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from convbias_lint import config_schema  # noqa: E402
from convbias_lint.cli.main import COMMANDS, USAGE, load  # noqa: E402
from convbias_lint.cli.parser import Parser  # noqa: E402
from convbias_lint.config_files import FILE_NAMES  # noqa: E402
from convbias_lint.config_keys import KEYS, Key  # noqa: E402
from convbias_lint.finding import DOCS_URL  # noqa: E402
from convbias_lint.rules import all_rules  # noqa: E402
from convbias_lint.rules.rule import Rule, explain_markdown  # noqa: E402

DOCS = ROOT / "docs"
GUIDES = {"audit": "audit.md", "migrate": "migrate.md", "fold": "fold.md"}


def pages() -> dict[Path, str]:
    """Each page by the path where it belongs."""
    rules = all_rules()
    made = {DOCS / "rules" / f"{rule.name}.md": _rule_page(rule) for rule in rules.values()}
    made[DOCS / "rules" / "index.md"] = _rules_page(rules.values())
    made[DOCS / "cli.md"] = _cli_page()
    made[DOCS / "configuration.md"] = _configuration_page()
    made[DOCS / "schema.json"] = config_schema.text()
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        made[DOCS / name.lower()] = _note(name) + "\n" + _moved((ROOT / name).read_text("utf-8"))
    return made


def _note(source: str) -> str:
    return f"<!-- Made from {source} by scripts/build_docs.py: change it there. -->\n"


def _moved(text: str) -> str:
    """A page of the root, moved into docs/: links to pages there lose the folder."""
    return text.replace("](docs/", "](")


def _rule_page(rule: Rule) -> str:
    source = f"convbias_lint/rules/{rule.code.lower()}_{rule.name.replace('-', '_')}.py"
    return f"{_note(source)}\n{explain_markdown(rule)}"


def _rules_page(rules: Iterable[Rule]) -> str:
    rows = [
        [f"[{rule.code}]({rule.name}.md)", f"`{rule.name}`", rule.summary, rule.fixable, _on(rule)]
        for rule in rules
    ]
    return f"""\
{_note("convbias_lint/rules")}
# Rules

{_table(["code", "name", "finds", "fixable", "default"], rows)}

`convbias-lint explain CB101` shows the page of a rule in the terminal. The same codes serve PyTorch and
Keras.

A fix is *safe* when it follows from the code in view that the model computes the same, and nothing in view
touches the bias. `--fix` applies safe fixes, `--unsafe-fixes` the others too.
"""


def _on(rule: Rule) -> str:
    return "on" if rule.default else "off"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _cli_page() -> str:
    commands = [name for name in COMMANDS if find_spec(f"convbias_lint.cli.{name}")]
    parts = [
        _note("convbias_lint/cli"),
        "# Command line",
        f"```text\n{USAGE}\n```",
        _table(["command", "what it does"], [[f"[`{name}`](#{name})", COMMANDS[name]] for name in commands]),
        "Exit status: 0 if nothing is found, 1 if something is, 2 for wrong use or an error.",
    ]
    for name in commands:
        parts += _command(name)
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _command(name: str) -> Iterator[str]:
    """The section of a command."""
    parser = Parser(prog=f"convbias-lint {name}")
    load(name).add_arguments(parser)
    yield f"## {name}"
    yield _code_spans(parser.description or "")
    if name in GUIDES:
        yield f"A guide with examples: [{name}]({GUIDES[name]})."
    yield f"```text\n{_usage(parser)}\n```"
    main: list[list[str]] = []
    grouped: list[tuple[str, list[list[str]]]] = []
    for group in parser._action_groups:
        shown = [action for action in group._group_actions if action.help != argparse.SUPPRESS]
        rows = [_row(action) for action in shown if action.dest != "help"]
        if group.title in ("options", "positional arguments"):
            main += rows
        elif rows:
            grouped.append((f"### {name}: {group.title}", rows))
    for title, rows in [("", main), *grouped]:
        yield from [title] * bool(title)
        yield _table(["argument", "meaning"], rows)


def _usage(parser: argparse.ArgumentParser) -> str:
    return " ".join(parser.format_usage().removeprefix("usage: ").split())


def _row(action: argparse.Action) -> list[str]:
    name = ", ".join(action.option_strings)
    metavar = action.metavar
    if isinstance(metavar, tuple):
        metavar = " ".join(metavar)
    if metavar is None and action.choices is not None:
        metavar = "|".join(map(str, action.choices))
    if action.nargs == 0:
        metavar = None
    elif metavar is None:
        metavar = action.dest.upper()
    value = (f"[{metavar}]" if action.nargs == "?" and name else metavar) or ""
    separator = "" if value.startswith("[=") else " "
    return [f"`{(name + separator + value).strip()}`", _code_spans((action.help or "").replace("%%", "%"))]


def _code_spans(text: str) -> str:
    """A text in which options and file endings are set as code; brackets would be links."""
    text = re.sub(r"(?<!\S)--[a-z][\w-]*", r"`\g<0>`", " ".join(text.split()))
    return text.replace("[tool.convbias-lint]", "`[tool.convbias-lint]`")


def _configuration_page() -> str:
    parts = [
        _note("convbias_lint/config_keys.py"),
        "# Configuration",
        _FILES.format(names=", ".join(f"`{name}`" for name in FILE_NAMES), schema=f"{DOCS_URL}/schema.json"),
        "## Keys",
        _table(["key", "for what"], [[f"[`{key.name}`](#{key.name})", key.summary] for key in KEYS]),
    ]
    for key in KEYS:
        parts += _key(key)
    parts += ["## Environment variables", _table(["variable", "meaning"], _VARIABLES)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _key(key: Key) -> Iterator[str]:
    yield f"### {key.name}"
    yield key.summary
    if key.name == "layers":
        yield _LAYERS
    default = "not set" if key.default is None else f"`{json.dumps(key.default)}`"
    yield f"- Type: {key.type_name}\n- Default: {default}"
    yield f"```toml\n[tool.convbias-lint]\n{key.example}\n```"


_FILES = """\
A file follows the nearest configuration above it. The names, in the order in which a folder is searched for
them:
{names}. A `pyproject.toml` counts only if it has the table
`[tool.convbias-lint]`; in the other two the keys stand at the top level. What is further up does not count,
unless the configuration says [`extend`](#extend).

```toml title="pyproject.toml"
[tool.convbias-lint]
extend-select = ["CB203"]
extend-exclude = ["third_party"]
```

The command line wins over configuration files: `--select`, `--ignore` and so on, and `--config 'KEY=VALUE'`
for any key. `--config FILE` has all files follow one configuration; `--isolated` reads none.
`convbias-lint --show-settings PATH` says what a file follows, and `convbias-lint config KEY` explains a key.

Editors can check and complete it by [the JSON schema]({schema}), which also comes with the package
(`convbias_lint/schema.json`).
"""

_LAYERS = """\
Each row is named as the code imports it and says one thing. `introduces = "bias"`: the layer adds a constant
to each channel, unless its argument `bias` is false (the string names the argument). `passes = true`: it
hands such a constant on. `cancels = true`: it is a norm that subtracts the mean of each channel. See
[the theory](theory.md)."""

_VARIABLES = [
    ["`CONVBIAS_LINT_OUTPUT_FORMAT`", "the output format, unless the command line names one"],
    ["`NO_COLOR`", "no colours (any value)"],
    ["`FORCE_COLOR`", "colours even where the output is no terminal"],
    ["`CONVBIAS_LINT_TRACEBACK`", "show the traceback of an internal error, for a report"],
]
