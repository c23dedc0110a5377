"""``convbias-lint check``: find redundant biases, and fix them."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from typing import Optional

from convbias_lint.cli.options import add_options as add_arguments
from convbias_lint.discovery import Found, discover
from convbias_lint.messages import complain, fail
from convbias_lint.project import Options, Outcome, lint_targets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convbias_lint.cache import Cache
    from convbias_lint.config import Settings
    from convbias_lint.config_files import Finder
    from convbias_lint.project import Progress
    from convbias_lint.result import FileResult

__all__ = ["add_arguments", "run"]


def run(args: argparse.Namespace) -> int:
    wrong = _contradiction(args)
    if wrong is not None:
        return fail(wrong)
    if args.watch:
        from convbias_lint.cli.watch import watch

        return watch(args)
    from convbias_lint.cli.overrides import finder

    found = finder(args)
    if not args.silent:
        return _check(args, found)
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        return _check(args, found)


def _check(args: argparse.Namespace, finder: Finder) -> int:
    start = time.perf_counter()
    if "-" in args.paths:
        from convbias_lint.cli.stdin import check_stdin

        return check_stdin(args, finder)
    found = discover(args.paths or ["."], finder)
    if args.show_settings:
        from convbias_lint.cli.show_settings import show_settings

        return show_settings(found.targets, finder)
    if args.show_files:
        from convbias_lint.cli.output import show_files

        show_files(found.targets)
        return _problems(found)
    if args.add_noqa is not None:
        from convbias_lint.cli.fixing import add_noqa

        return max(_problems(found), add_noqa(found.targets, args.add_noqa))
    settings = finder.of_folder(os.getcwd())
    fixing = args.fix or args.fix_only or args.diff
    options = Options(fix=fixing, ignore_noqa=args.ignore_noqa, jobs=args.jobs, limit=args.timeout)
    outcomes = lint_targets(found.targets, options, _cache_opener(args, settings), _progress(args))
    if args.verbose:
        from convbias_lint.reports.summary import counted

        took = time.perf_counter() - start
        sys.stderr.write(f"Checked {counted(len(outcomes), 'file')} in {took:.2f} s.\n")
    failed = _problems(found)
    if failed and not outcomes:
        return failed
    return max(failed, conclude(args, settings, outcomes))


def conclude(
    args: argparse.Namespace,
    settings: Settings,
    outcomes: Sequence[Outcome],
    contents: Optional[dict[str, bytes]] = None,
) -> int:
    """Write fixes, show what was found, and return the exit status.

    ``contents`` holds what is not on disk: standard input.
    """
    fixed = [finding for outcome in outcomes for finding in outcome.result.fixed]
    if args.diff:
        from convbias_lint.cli.fixing import diffs

        return show_diff(args, settings, "".join(diffs(outcomes)), [one.result for one in outcomes])
    if fixed and contents is None:
        from convbias_lint.cli.fixing import write_fixes

        outcomes = write_fixes(outcomes)
    results = [outcome.result for outcome in outcomes]
    if args.baseline or args.update_baseline:
        from convbias_lint.cli.known import apply_baseline

        results = apply_baseline(args, results, contents or {})
    if args.fix_only:
        results = [result._replace(findings=()) for result in results]
    from convbias_lint.cli.output import show

    piped = contents is not None and (args.fix or args.fix_only)  # standard output holds the fixed text
    show(args, settings, results, contents, sys.stderr if piped else None, _nothing(args, len(results)))
    if args.fix_only and not args.exit_non_zero_on_fix:
        findings = False
    else:
        findings = any(result.findings for result in results) or (args.exit_non_zero_on_fix and bool(fixed))
    if any(result.error is not None for result in results):
        return 2
    return 1 if findings and not args.exit_zero else 0


def _nothing(args: argparse.Namespace, files: int) -> Optional[str]:
    """What to say instead of "Nothing to report" where findings may be there that are not shown."""
    known = args.baseline or args.update_baseline
    if not files or not (known or args.fix_only):
        return None
    from convbias_lint.reports.summary import counted

    what = "Nothing to fix" if args.fix_only else "Nothing new"
    return f"{what} in {counted(files, 'file')}.\n"


def show_diff(args: argparse.Namespace, settings: Settings, text: str, results: Sequence[FileResult]) -> int:
    """Show what fixing would change, and return the exit status."""
    from convbias_lint.cli.output import coloured, coloured_diff, emit, harmless
    from convbias_lint.reports.report import applicability
    from convbias_lint.reports.summary import counted

    colour = coloured(args, sys.stdout)
    if colour or (sys.stdout.isatty() and not args.output_file):
        text = harmless(text)
    emit(args, coloured_diff(text) if colour else text)
    errors = [result for result in results if result.error is not None]
    for result in errors:
        complain(result.filename, result.error or "")
    if not args.quiet:
        fixed = sum(len(result.fixed) for result in results)
        found = (finding for result in results for finding in result.findings)
        hidden = sum(applicability(finding) == "unsafe" for finding in found)
        more = f" ({hidden:,} more with --unsafe-fixes)" if hidden and not settings.unsafe_fixes else ""
        sys.stderr.write(f"Would fix {counted(fixed, 'finding')}{more}.\n")
    if errors:
        return 2
    return 1 if text and not args.exit_zero else 0


def _problems(found: Found) -> int:
    """Say which paths cannot be looked at; returns the exit status for that."""
    for problem in found.problems:
        if problem.missing:
            from convbias_lint.cli.meant import meant

            complain(problem.path, problem.message + meant(problem.path))
        else:
            complain(problem.path, problem.message)
    return 2 if found.problems else 0


def _cache_opener(args: argparse.Namespace, settings: Settings) -> Optional[Callable[[], Cache]]:
    """What opens the cache; few runs over few files need it, and importing it is not free."""
    if args.no_cache:
        return None

    def open_cache() -> Cache:
        from convbias_lint.cache import Cache, folder_of

        return Cache(folder_of(settings))

    return open_cache


def _progress(args: argparse.Namespace) -> Optional[Progress]:
    if args.quiet or not sys.stderr.isatty():
        return None
    from convbias_lint.cli.progress import ProgressLine

    return ProgressLine(sys.stderr)


def _contradiction(args: argparse.Namespace) -> Optional[str]:
    """What two options ask for that cannot both be done."""
    if args.diff and (args.fix or args.fix_only):
        return "--diff writes nothing: leave out --fix and --fix-only"
    if args.add_noqa is not None and (args.fix or args.diff or args.fix_only):
        return "--add-noqa goes without --fix, --fix-only and --diff"
    if args.watch and "-" in args.paths:
        return "--watch needs files, not standard input"
    if "-" in args.paths and len(args.paths) > 1:
        return "- stands for standard input and goes without other paths"
    if args.stdin_filename is not None and "-" not in args.paths:
        return "--stdin-filename is the name of what - reads: give - as the path"
    return None
