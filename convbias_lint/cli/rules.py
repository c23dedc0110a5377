"""``convbias-lint rules``: the list of all rules."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from convbias_lint.rules import all_rules
from convbias_lint.rules.rule import Rule

DESCRIPTION = "List all rules; `convbias-lint explain CODE` shows one's page."
FORMATS = ("text", "markdown", "json")
HEADINGS = ("Code", "Name", "Fixable", "Default", "Finds")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "--output-format",
        choices=FORMATS,
        default="text",
        metavar="FORMAT",
        help="text (default), markdown or json",
    )


def run(args: argparse.Namespace) -> int:
    rules = list(all_rules().values())
    if args.output_format == "json":
        import json

        from convbias_lint.cli.explain import rule_json

        print(json.dumps([rule_json(rule) for rule in rules], indent=2))
        return 0
    rows = [(rule.code, rule.name, rule.fixable, "on" if rule.default else "off") for rule in rules]
    lines = _markdown(rules) if args.output_format == "markdown" else _table(rows)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _table(rows: list[tuple[str, str, str, str]]) -> Iterator[str]:
    from convbias_lint.reports.style import Style, colour_wanted

    headings = HEADINGS[:4]
    widths = [max(map(len, column)) for column in zip(headings, *rows)]

    def line(cells: tuple[str, ...]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip()

    yield Style(colour_wanted(sys.stdout))("bold", line(headings))
    for row in rows:
        yield line(row)


def _markdown(rules: list[Rule]) -> Iterator[str]:
    yield f"| {' | '.join(HEADINGS)} |"
    yield f"|{'---|' * len(HEADINGS)}"
    for rule in rules:
        default = "on" if rule.default else "off"
        yield f"| {rule.code} | {rule.name} | {rule.fixable} | {default} | {rule.summary} |"
