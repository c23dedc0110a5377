"""The options of ``convbias-lint check``, in groups."""

from __future__ import annotations

import argparse

from convbias_lint.cli.parser import Parser
from convbias_lint.project import DEFAULT_LIMIT
from convbias_lint.reports import FORMATS

DESCRIPTION = "Find redundant biases in Python files, notebooks and folders of them, and fix them."


def add_options(parser: Parser) -> None:
    parser.description = DESCRIPTION
    parser.valued_by_equals = ("--add-noqa",)
    parser.usage = "convbias-lint [check] [OPTIONS] [PATH ...]"
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", help="files and folders (default: the current folder); - is stdin"
    )
    _fixing(parser.add_argument_group("fixing"))
    _rules(parser.add_argument_group("rules"))
    _files(parser.add_argument_group("files"))
    _output(parser.add_argument_group("output"))
    _suppression(parser.add_argument_group("suppression"))
    _running(parser.add_argument_group("running"))


def _fixing(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--fix", action="store_true", help="apply safe fixes, then report what is left")
    group.add_argument(
        "--unsafe-fixes", action="store_true", default=None, help="apply or show unsafe fixes as well"
    )
    _undone(group, "fix", "unsafe-fixes")
    group.add_argument("--diff", action="store_true", help="show what fixing would change, write nothing")
    group.add_argument("--fix-only", action="store_true", help="apply fixes, report nothing else")
    group.add_argument(
        "--exit-non-zero-on-fix", action="store_true", help="exit with 1 if anything was fixed"
    )
    group.add_argument("--show-fixes", action="store_true", help="list what was fixed, file by file")
    group.add_argument("--fixable", action="append", metavar="CODES", help="fix these rules only")
    group.add_argument("--unfixable", action="append", metavar="CODES", help="only report these, never fix")
    _undone(group, "fix-only", "show-fixes", "exit-non-zero-on-fix")


def _rules(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--select", action="append", metavar="CODES", help="use only these rules: CB101,CB2")
    group.add_argument("--ignore", action="append", metavar="CODES", help="leave these rules out")
    group.add_argument("--extend-select", action="append", metavar="CODES", help="use these rules as well")
    group.add_argument(
        "--per-file-ignores",
        action="append",
        metavar="GLOB:CODE",
        help="leave rules out in some files, not those of the configuration: tests/*:CB1",
    )


def _files(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--exclude", action="append", metavar="GLOBS", help="leave these out, not the default list"
    )
    group.add_argument("--extend-exclude", action="append", metavar="GLOBS", help="leave these out as well")
    group.add_argument(
        "--force-exclude",
        action="store_true",
        default=None,
        help="leave excluded files out even if they are named",
    )
    group.add_argument(
        "--no-respect-gitignore",
        dest="respect_gitignore",
        action="store_false",
        default=None,
        help="also look at what git ignores",
    )
    group.add_argument(
        "--include-markdown",
        action="store_true",
        default=None,
        help="also look at Python code in .md and .rst files",
    )
    _undone(group, "force-exclude", "include-markdown")
    group.add_argument(
        "--respect-gitignore", dest="respect_gitignore", action="store_true", help=argparse.SUPPRESS
    )
    group.add_argument("--stdin-filename", metavar="FILE", help="the name to give to what - reads")
    group.add_argument("--show-files", action="store_true", help="list the files, check nothing")


def _output(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--output-format", metavar="FORMAT", help=", ".join(FORMATS))
    group.add_argument("--output-file", "-o", metavar="FILE", help="write the report to a file")
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    group.add_argument("--show-suppressed", action="store_true", help="also show findings that are silenced")
    group.add_argument("--show-settings", action="store_true", help="show the settings of the first file")
    group.add_argument("--quiet", "-q", action="store_true", help="no summary, nothing if nothing is found")
    group.add_argument("--silent", "-s", action="store_true", help="nothing at all, only the exit status")
    group.add_argument("--verbose", "-v", action="store_true", help="say what is done, and how long it takes")
    group.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="auto follows the terminal"
    )
    group.add_argument(
        "--exit-zero", "-e", action="store_true", help="exit with 0 even if there are findings"
    )


def _suppression(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--add-noqa",
        nargs="?",
        metavar="=REASON",
        help="silence every finding with a comment, and say why",
    )
    group.add_argument("--ignore-noqa", action="store_true", help="take no notice of such comments")
    group.add_argument("--baseline", metavar="FILE", help="leave out the findings that FILE lists")
    group.add_argument(
        "--update-baseline",
        action="store_true",
        help="write the findings of now to it (to convbias-lint-baseline.json if no --baseline is given)",
    )


def _running(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--config", action="append", metavar="FILE|KEY=VALUE", help="follow this file, or set one key"
    )
    group.add_argument("--isolated", action="store_true", help="follow no configuration file")
    group.add_argument("--no-cache", "-n", action="store_true", help="neither read nor write the cache")
    group.add_argument("--cache-dir", metavar="DIR", help="where results are kept between runs")
    group.add_argument(
        "--jobs", "-j", type=_count, metavar="N", help="number of processes (default: as many as pay)"
    )
    group.add_argument(
        "--timeout",
        type=_seconds,
        default=DEFAULT_LIMIT,
        metavar="SECONDS",
        help=f"the longest that one file may take (default {DEFAULT_LIMIT:g}; 0: as long as it takes)",
    )
    group.add_argument("--watch", "-w", action="store_true", help="check again whenever a file changes")
    _undone(group, "watch")


def _undone(group: argparse._ArgumentGroup, *names: str) -> None:
    """``--no-`` before options that a script or an alias has set; help does not speak of it."""
    for name in names:
        dest = name.replace("-", "_")
        group.add_argument(f"--no-{name}", dest=dest, action="store_false", help=argparse.SUPPRESS)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of processes")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of seconds")
    return value
