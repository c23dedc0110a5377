"""``convbias-lint explain``: the page of a rule."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from convbias_lint.messages import fail
from convbias_lint.rules import all_rules
from convbias_lint.rules.lookup import find_rule, hint
from convbias_lint.rules.rule import Rule, explain_markdown

if TYPE_CHECKING:
    from convbias_lint.reports.style import Style

DESCRIPTION = "Explain a rule: what it finds, why that is bad, what to write instead, how safe its fix is."
FORMATS = ("text", "markdown", "json")
MAX_WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "rules",
        nargs="*",
        metavar="RULE",
        help="codes or names, such as CB101 or missing-bias",
    )
    parser.add_argument("--all", action="store_true", help="explain every rule")
    parser.add_argument(
        "--output-format",
        choices=FORMATS,
        default="text",
        metavar="FORMAT",
        help="text (default), markdown or json",
    )


def run(args: argparse.Namespace) -> int:
    known = all_rules()
    chosen: list[Rule] = list(known.values()) if args.all else []
    if not args.all:
        if not args.rules:
            return fail("name a rule, such as CB101, or use --all")
        for asked in args.rules:
            rule = find_rule(asked, known)
            if rule is None:
                return fail(f"no rule is called `{asked}`{hint(asked, known)}")
            chosen.append(rule)
    if args.output_format == "json":
        _print_json(chosen, single=not args.all and len(chosen) == 1)
    elif args.output_format == "markdown":
        sys.stdout.write("\n".join(explain_markdown(rule) for rule in chosen))
    else:
        _print_text(chosen)
    return 0


def rule_json(rule: Rule) -> dict[str, object]:
    """A rule as JSON shows it, in the words of Ruff's ``rule`` command where it has the field too."""
    from convbias_lint.finding import rule_url

    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "default": rule.default,
        "fixable": rule.fixable,
        "fix": rule.fixability,
        "what": rule.what,
        "why": rule.why,
        "example": rule.example,
        "use_instead": rule.use_instead,
        "fix_safety": rule.fix_safety,
        "references": [{"title": title, "url": url} for title, url in rule.references],
        "url": rule_url(rule.name),
        "explanation": explain_markdown(rule),
    }


def _print_json(chosen: Sequence[Rule], single: bool) -> None:
    import json

    shown = [rule_json(rule) for rule in chosen]
    print(json.dumps(shown[0] if single else shown, indent=2))


def _print_text(chosen: Sequence[Rule]) -> None:
    from shutil import get_terminal_size

    from convbias_lint.reports.style import Style, colour_wanted

    width = max(40, min(get_terminal_size().columns, MAX_WIDTH))
    style = Style(colour_wanted(sys.stdout))
    pages = ["\n".join(_text_page(rule, width, style)) for rule in chosen]
    print("\n\n\n".join(pages))


def _text_page(rule: Rule, width: int, style: Style) -> Iterator[str]:
    yield style("bold", f"{rule.name} ({rule.code})")
    yield from _wrapped(f"{rule.summary}. {rule.fixability} {rule.selection}".strip(), width, style)
    for heading, text in (("What it does", rule.what), ("Why is this bad?", rule.why)):
        yield from ("", style("bold", heading), *_wrapped(text, width, style))
    for heading, code in (("Example", rule.example), ("Use instead", rule.use_instead)):
        yield from ("", style("bold", heading))
        yield from (f"    {line}".rstrip() for line in code.strip("\n").split("\n"))
    if rule.fix_safety:
        yield from ("", style("bold", "Fix safety"), *_wrapped(rule.fix_safety, width, style))
    yield from ("", style("bold", "References"))
    for title, url in rule.references:
        yield from _wrapped(f"- {title}", width, style)
        yield "  " + style("cyan", url)


def _wrapped(text: str, width: int, style: Style) -> Iterator[str]:
    """Paragraphs, lists and indented blocks of Markdown, paragraphs filled to the width."""
    from textwrap import fill

    for number, block in enumerate(text.strip("\n").split("\n\n")):
        if number:
            yield ""
        if block.startswith("    "):
            yield block
            continue
        for item in re.split(r"\n(?=- )", block):
            hanging = "  " if item.startswith("- ") else ""
            filled = fill(
                item, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
            )
            yield _inline_code(filled, style) if style.colour else filled


def _inline_code(text: str, style: Style) -> str:
    """Words between backticks in colour; the backticks go, for the colour says it."""
    return re.sub(r"`([^`]+)`", lambda match: style("cyan", match[1]), text)
