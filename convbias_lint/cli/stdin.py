"""``convbias-lint -``: check what comes from standard input, as editors and pipes send it."""

from __future__ import annotations

import argparse
import os
import sys

from convbias_lint.config_files import Finder
from convbias_lint.discovery import Target, is_excluded
from convbias_lint.messages import complain
from convbias_lint.project import Options, Outcome, Task, fixing_mode


def check_stdin(args: argparse.Namespace, finder: Finder) -> int:
    """Check standard input; with ``--fix`` the fixed text goes to standard output, the report to stderr."""
    from convbias_lint.cli.check import conclude, show_diff
    from convbias_lint.one_by_one import run_task

    name = args.stdin_filename or "<stdin>"
    data = sys.stdin.buffer.read()
    folder = os.getcwd() if args.stdin_filename is None else os.path.dirname(os.path.abspath(name))
    settings = finder.of_folder(folder)
    target = Target(name, settings)
    if args.add_noqa is not None:
        return _add_noqa(args.add_noqa, target, data)
    fixing = args.fix or args.fix_only
    if settings.force_exclude and args.stdin_filename and is_excluded(os.path.abspath(name), settings):
        if fixing:
            _write(data)
        return 0
    mode = fixing_mode(target, Options(fix=fixing or args.diff))
    result = run_task(Task(target, data, mode, args.ignore_noqa), args.timeout)
    fixed = data if result.new_data is None else result.new_data
    if args.diff:
        from convbias_lint.diffs import unified_diff

        text = "" if result.new_data is None else unified_diff(data, result.new_data, result.filename)
        return show_diff(args, settings, text, [result])
    if fixing:
        _write(fixed)
    return conclude(args, settings, [Outcome(target, result)], {name: fixed})


def _add_noqa(reason: str, target: Target, data: bytes) -> int:
    from convbias_lint.examine import silence
    from convbias_lint.linter import place_of
    from convbias_lint.source import SourceError

    try:
        _write(silence(data, place_of(target.path), target.settings, reason)[0])
    except SourceError as error:
        complain(target.path, str(error))
        return 2
    return 0


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
