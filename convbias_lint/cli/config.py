"""``convbias-lint config``: list or explain the keys of the configuration."""

from __future__ import annotations

import argparse
import sys

from convbias_lint.config_keys import KEYS, Key, key_named, unknown_key
from convbias_lint.messages import fail

DESCRIPTION = (
    "List the keys of the table [tool.convbias-lint] in pyproject.toml (or of convbias-lint.toml), "
    "or explain one of them."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument("key", metavar="KEY", nargs="?", help="the key to explain")
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="text (default) or json"
    )


def run(args: argparse.Namespace) -> int:
    if args.key is None:
        keys = list(KEYS)
    else:
        key = key_named(args.key)
        if key is None:
            return fail(unknown_key(args.key))
        keys = [key]
    if args.output_format == "json":
        import json

        document = {key.name: _described(key) for key in keys}
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
    elif args.key is None:
        width = max(len(key.name) for key in keys)
        sys.stdout.write("".join(f"{key.name:<{width}}  {_first(key.summary)}\n" for key in keys))
    else:
        sys.stdout.write(_page(keys[0]))
    return 0


def _described(key: Key) -> dict[str, object]:
    return {
        "summary": key.summary,
        "type": key.type_name,
        "default": key.default,
        "example": key.example,
    }


def _page(key: Key) -> str:
    import json

    default = "not set" if key.default is None else json.dumps(key.default)
    return (
        f"{key.name}\n\n{key.summary}\n\nType: {key.type_name}\nDefault: {default}\n\n"
        f"Example:\n  [tool.convbias-lint]\n  {key.example}\n"
    )


def _first(text: str) -> str:
    """The first sentence of a text, without its full stop."""
    return text.split(". ")[0].rstrip(".")
