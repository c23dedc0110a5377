"""What a path that is not there may have meant: a file or folder beside it, a command, an option."""

from __future__ import annotations

import os

_MOST = 5_000  # names compared; more would be a wait for a guess
_SWITCHES = ("fix", "diff", "watch")


def meant(path: str) -> str:
    """The end of a message: `` did you mean ...?``, or nothing where nothing is like ``path``."""
    from difflib import get_close_matches

    from convbias_lint.cli.main import COMMANDS

    folder, name = os.path.split(path.rstrip(os.sep))
    choices: dict[str, str] = {}
    if not folder:
        choices.update({word: f"convbias-lint --{word}" for word in _SWITCHES})
        choices.update({command: f"convbias-lint {command}" for command in COMMANDS})
    try:
        beside = os.listdir(folder or ".")
    except (OSError, ValueError):
        beside = []
    if len(beside) <= _MOST:
        choices.update({entry: os.path.join(folder, entry) for entry in beside})
    near = get_close_matches(name, choices, n=1, cutoff=0.7) if name else []
    return f", did you mean `{choices[near[0]]}`?" if near else ""
