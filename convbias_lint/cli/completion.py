"""``convbias-lint completion``: what a shell needs to complete commands, options and their values.

The script is made from the parsers themselves, so that it never lags behind them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

DESCRIPTION = "Print a script that makes a shell complete the command line."
EPILOG = (
    'bash: eval "$(convbias-lint completion bash)" in ~/.bashrc; '
    "zsh: the same with zsh in ~/.zshrc, after compinit; "
    "fish: convbias-lint completion fish > ~/.config/fish/completions/convbias-lint.fish"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.epilog = EPILOG
    shells = ("bash", "zsh", "fish")
    parser.add_argument("shell", choices=shells, metavar="|".join(shells), help="the shell to write for")


def run(args: argparse.Namespace) -> int:
    writer = {"bash": _bash, "zsh": _zsh, "fish": _fish}[args.shell]
    sys.stdout.write(writer())
    return 0


def _parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command with its parser."""
    from convbias_lint.cli.main import COMMANDS, load
    from convbias_lint.cli.parser import Parser

    for name in COMMANDS:
        parser = Parser(prog=f"convbias-lint {name}")
        load(name).add_arguments(parser)
        yield name, parser


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [
        action for action in parser._actions if action.option_strings and action.help != argparse.SUPPRESS
    ]


def _values(command: str, action: argparse.Action) -> list[str]:
    """The words that may stand behind an option, where they are few and known."""
    from convbias_lint.reports import FORMATS
    from convbias_lint.rules.codes import CODES

    if action.choices:
        return [str(choice) for choice in action.choices]
    if action.dest == "output_format":
        return list(FORMATS)
    if command == "check" and action.dest in ("select", "ignore", "extend_select"):
        return ["ALL", *CODES]
    return []


def _words(command: str) -> list[str]:
    """The words that a command itself takes, where they are known."""
    from convbias_lint.config_keys import KEYS
    from convbias_lint.rules.codes import CODES

    known = {
        "explain": list(CODES),
        "config": [key.name for key in KEYS],
        "completion": ["bash", "zsh", "fish"],
    }
    return known.get(command, [])


def _bash() -> str:
    from convbias_lint.cli.main import COMMANDS

    cases = []
    for name, parser in _parsers():
        options = _options(parser)
        for action in options:
            values = _values(name, action)
            if values:
                cases.append(f"    {'|'.join(f'{name}:{word}' for word in action.option_strings)})")
                cases.append(f"      COMPREPLY=($(compgen -W '{' '.join(values)}' -- \"$cur\")); return;;")
        words = [word for action in options for word in action.option_strings]
        cases.append(f"    {name}:*) words='{' '.join([*words, *_words(name)])}';;")
    return _BASH.format(commands=" ".join(COMMANDS), names="|".join(COMMANDS), cases="\n".join(cases))


def _zsh() -> str:
    return "autoload -U +X bashcompinit && bashcompinit\n" + _bash()


def _fish() -> str:
    from convbias_lint.cli.main import COMMANDS

    start = "complete -c convbias-lint"
    lines = []
    for name, what in COMMANDS.items():
        lines.append(f"{start} -n __fish_use_subcommand -a {name} -d {_quoted(what)}")
    for name, parser in _parsers():
        here = f"{start} -n '__fish_seen_subcommand_from {name}'"
        if name == "check":  # which is also what runs if no command is named
            others = " ".join(other for other in COMMANDS if other != "check")
            here = f"{start} -n 'not __fish_seen_subcommand_from {others}'"
        if _words(name):
            lines.append(f"{here} -a '{' '.join(_words(name))}'")
        for action in _options(parser):
            names = " ".join(f"-s {w[1:]}" if w[1] != "-" else f"-l {w[2:]}" for w in action.option_strings)
            values = _values(name, action)
            takes = f" -x -a '{' '.join(values)}'" if values else "" if action.nargs == 0 else " -r"
            lines.append(f"{here} {names}{takes} -d {_quoted(action.help or '')}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("%%", "%").replace("\\", "\\\\").replace("'", "\\'") + "'"


_BASH = """\
_convbias_lint() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" command=check words=
  case "${{COMP_WORDS[1]}}" in
    {names}) [ "$COMP_CWORD" -gt 1 ] && command="${{COMP_WORDS[1]}}";;
  esac
  case "$command:$prev" in
{cases}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="{commands} $words"
  COMPREPLY=($(compgen -W "$words" -- "$cur") $(compgen -f -- "$cur"))
}}
complete -o filenames -F _convbias_lint convbias-lint
"""
