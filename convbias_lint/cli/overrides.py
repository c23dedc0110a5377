"""The settings that a command line asks for, on top of configuration files."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import Any, Optional

from convbias_lint.config import ConfigError, Settings
from convbias_lint.config_files import Change, Finder, parse_inline

FORMAT_VARIABLE = "CONVBIAS_LINT_OUTPUT_FORMAT"


def finder(args: argparse.Namespace) -> Finder:
    """What gives each file its settings. Raises ConfigError."""
    file: Optional[str] = None
    inline: list[dict[str, Any]] = []
    for word in args.config or ():
        if "=" in word and not os.path.exists(word):
            inline.append(parse_inline(word))
        elif file is not None:
            raise ConfigError("--config: only one configuration file can be followed")
        else:
            file = word
    if file is not None and args.isolated:
        raise ConfigError("--isolated and --config FILE exclude each other")
    return Finder(isolated=args.isolated, file=file, inline=inline, change=_change(args))


def _change(args: argparse.Namespace) -> Optional[Change]:
    """What the options make of any settings; None if they leave them alone."""
    fields: dict[str, Any] = {}
    for name in ("unsafe_fixes", "force_exclude", "respect_gitignore", "include_markdown"):
        if getattr(args, name) is not None:
            fields[name] = getattr(args, name)
    format_ = args.output_format or os.environ.get(FORMAT_VARIABLE)
    if format_:
        from convbias_lint.config_values import output_format

        where = "--output-format" if args.output_format else FORMAT_VARIABLE
        fields["output_format"] = output_format(format_, where)
    if args.cache_dir:
        fields["cache_dir"] = os.path.abspath(os.path.expanduser(args.cache_dir))
    if args.exclude is not None:
        fields["exclude"] = _patterns(args.exclude, "exclude")
    if args.per_file_ignores is not None:
        fields["per_file_ignores"] = tuple(map(_ignored, _split(args.per_file_ignores)))
    more = _patterns(args.extend_exclude or (), "extend-exclude")
    fixing = _selectors(args.fixable, "--fixable"), _selectors(args.unfixable, "--unfixable")
    rules = [
        _selectors(args.select, "--select"),
        _selectors(args.ignore, "--ignore") or (),
        _selectors(args.extend_select, "--extend-select") or (),
    ]
    if not fields and not more and rules == [None, (), ()] and fixing == (None, None):
        return None

    def change(settings: Settings) -> Settings:
        settings = settings._replace(**fields)
        if more:
            settings = settings._replace(extend_exclude=(*settings.extend_exclude, *more))
        if rules != [None, (), ()]:
            from convbias_lint.config_values import with_selection

            select, ignore, extend = rules
            settings = with_selection(settings, select, ignore or (), extend or ())
        if fixing != (None, None):
            from convbias_lint.config_values import with_fixing

            settings = with_fixing(settings, fixing[0], fixing[1] or ())
        return settings

    return change


def _selectors(words: Optional[Sequence[str]], option: str) -> Optional[tuple[str, ...]]:
    if words is None:
        return None
    from convbias_lint.config_values import selectors

    found = selectors(_split(words), option)
    if not found:
        raise ConfigError(f"{option} names no rule: give codes or names, such as {option} CB101,CB2")
    return found


def _ignored(word: str) -> tuple[str, tuple[str, ...]]:
    """A pattern and the rules to leave out where it matches."""
    pattern, _, code = word.rpartition(":")
    if not pattern or not code:
        raise ConfigError(f"--per-file-ignores: `{word}` is not of the form GLOB:CODE, such as tests/*:CB1")
    from convbias_lint.config_values import selectors

    sign = "!" if pattern.startswith("!") else ""
    (rooted,) = _patterns([pattern[len(sign) :]], "per-file-ignores")
    return sign + rooted, selectors([code], "--per-file-ignores")


def _patterns(words: Sequence[str], key: str) -> tuple[str, ...]:
    if not words:
        return ()
    from convbias_lint.config_values import patterns

    parts = [part for word in words for part in ([word] if "{" in word else _split([word]))]
    return patterns(parts, os.getcwd(), f"--{key}")


def _split(words: Sequence[str]) -> list[str]:
    return [part.strip() for word in words for part in word.split(",") if part.strip()]
