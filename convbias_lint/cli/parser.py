"""Argument parsing with errors of one line that say what to do next."""

from __future__ import annotations

import argparse
import os
from functools import cache
from typing import Any, NoReturn

from convbias_lint.messages import fail


class Parser(argparse.ArgumentParser):
    """An argument parser that never guesses, and whose errors fit on one line."""

    valued_by_equals: tuple[str, ...] = ()
    """Options that take a value only behind an equals sign: ``--add-noqa src`` names a path."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Formatter, add_help=False, **options)
        self.add_argument("-h", "--help", action="help", help="show this text")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        words = [f"{word}=" if word in self.valued_by_equals else word for word in args]
        parsed, unknown = self.parse_known_args(words, namespace)
        if unknown:
            self.error(self._unknown(unknown[0]))
        return parsed

    def error(self, message: str) -> NoReturn:
        raise SystemExit(fail(f"{message}{'' if message.endswith('?') else ';'} see {self.prog} --help"))

    def _unknown(self, word: str) -> str:
        from difflib import get_close_matches

        option = word.partition("=")[0]
        if not option.startswith("-"):
            return f"unexpected argument `{word}`"
        near = get_close_matches(option, list(self._option_string_actions), n=1)
        return f"unknown option `{option}`" + (f", did you mean `{near[0]}`?" if near else "")


class _Formatter(argparse.HelpFormatter):
    """Help with the options in one column and what they do in another."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=34, width=_columns())

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {value}"


@cache
def _columns() -> int:
    """The width for help. argparse asks often, and importing shutil to answer costs more than all parsing."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
    except (OSError, ValueError):
        columns = 80
    return max(60, min(columns, 112)) - 2
