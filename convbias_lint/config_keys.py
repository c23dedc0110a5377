"""Every key of the configuration: its type, its default and what it is for.

This table is the only place that lists them: reading files, ``convbias-lint config``, the JSON schema and
the documentation all follow it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, Optional

from convbias_lint.config import DEFAULT_EXCLUDE


class Key(NamedTuple):
    """One key of ``[tool.convbias-lint]``; ``kind`` says how its value is written."""

    name: str
    kind: str
    default: Any
    summary: str
    example: str

    @property
    def field(self) -> str:
        """The name of the field of `Settings`."""
        return self.name.replace("-", "_")

    @property
    def type_name(self) -> str:
        return _KINDS[self.kind]


_KINDS = {
    "bool": "true or false",
    "text": "a string",
    "format": "the name of an output format",
    "selectors": "a list of rule codes, beginnings of them, or rule names",
    "patterns": "a list of path patterns",
    "folders": "a list of folders",
    "pattern table": "a table from path patterns to lists of rule codes",
    "layer table": "a table from dotted names to tables",
}

LAYER_KEYS: dict[str, type] = {"introduces": str, "passes": bool, "cancels": bool}
"""What the table of one user's layer may say."""

KEYS = (
    Key(
        "extend",
        "text",
        None,
        "A configuration file to start from; keys written here replace its own, `extend-` keys add to it.",
        'extend = "../convbias-lint.toml"',
    ),
    Key(
        "select",
        "selectors",
        None,
        "The rules to use. Left out: all but those that are off unless selected.",
        'select = ["CB1", "unguarded-bias-access"]',
    ),
    Key(
        "ignore",
        "selectors",
        [],
        "Rules to leave out. Where `select` and `ignore` both name a rule, the longer name wins.",
        'ignore = ["CB104"]',
    ),
    Key(
        "extend-select",
        "selectors",
        [],
        "Rules to use on top of `select`.",
        'extend-select = ["CB203"]',
    ),
    Key(
        "per-file-ignores",
        "pattern table",
        {},
        "Rules to leave out in some files. A pattern that begins with `!` means all other files.",
        'per-file-ignores = { "tests/*" = ["CB"], "legacy.py" = ["CB101"] }',
    ),
    Key(
        "fixable",
        "selectors",
        ["ALL"],
        "Rules whose fixes may be applied.",
        'fixable = ["CB101"]',
    ),
    Key(
        "unfixable",
        "selectors",
        [],
        "Rules that are only reported, never fixed.",
        'unfixable = ["CB105"]',
    ),
    Key(
        "extend-safe-fixes",
        "selectors",
        [],
        "Rules whose unsafe fixes count as safe here.",
        'extend-safe-fixes = ["CB101"]',
    ),
    Key(
        "unsafe-fixes",
        "bool",
        False,
        "Apply unsafe fixes too, as with `--unsafe-fixes`.",
        "unsafe-fixes = true",
    ),
    Key(
        "exclude",
        "patterns",
        list(DEFAULT_EXCLUDE),
        "Files and folders to leave out; replaces the default list.",
        'exclude = ["build", "third_party/**"]',
    ),
    Key(
        "extend-exclude",
        "patterns",
        [],
        "Files and folders to leave out on top of `exclude`.",
        'extend-exclude = ["tests/data", "*_pb2.py"]',
    ),
    Key(
        "force-exclude",
        "bool",
        False,
        "Leave excluded files out even where they are named on the command line.",
        "force-exclude = true",
    ),
    Key(
        "respect-gitignore",
        "bool",
        True,
        "Leave out what `.gitignore`, `.ignore` and `.git/info/exclude` name.",
        "respect-gitignore = false",
    ),
    Key(
        "include-markdown",
        "bool",
        False,
        "Also check the Python code blocks of `.md` and `.rst` files.",
        "include-markdown = true",
    ),
    Key(
        "src",
        "folders",
        [".", "src"],
        "Folders that imports are resolved from, besides the package that a file is in.",
        'src = ["lib", "tools"]',
    ),
    Key(
        "layers",
        "layer table",
        {},
        "What your own layers do with a bias.",
        'layers = { "mylib.ConvNorm" = { introduces = "bias" }, "mylib.MyBN" = { cancels = true } }',
    ),
    Key(
        "output-format",
        "format",
        "full",
        "How findings are shown, as with `--output-format`.",
        'output-format = "concise"',
    ),
    Key(
        "cache-dir",
        "text",
        ".convbias_lint_cache",
        "Where results are kept between runs.",
        'cache-dir = "~/.cache/convbias-lint"',
    ),
)


def key_named(name: str) -> Optional[Key]:
    """The key of a name, or None."""
    return next((key for key in KEYS if key.name == name), None)


def or_nearest(name: str, names: Collection[str], otherwise: str) -> str:
    """The end of a message about a name that there is not: the one most like it, or else ``otherwise``."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower().replace("_", "-"), names, n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else otherwise


def unknown_key(name: str) -> str:
    """What is wrong with a key that there is not."""
    names = [key.name for key in KEYS]
    return f"unknown key `{name}`; {or_nearest(name, names, '`convbias-lint config` lists them all')}"
