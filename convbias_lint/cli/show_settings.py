"""``--show-settings``: which settings count, and where they come from."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from convbias_lint.config import Settings
from convbias_lint.config_files import Finder
from convbias_lint.config_keys import KEYS
from convbias_lint.discovery import Target
from convbias_lint.reports.escapes import printable
from convbias_lint.rules.codes import CODES


def show_settings(targets: Sequence[Target], finder: Finder) -> int:
    """Write the settings of the first file, or of the current folder if there is none."""
    settings = targets[0].settings if targets else finder.of_folder(os.getcwd())
    whose = targets[0].path if targets else os.getcwd()
    lines = [f"# Settings for {whose}", f"# from {settings.source or 'no configuration file'}"]
    lines += [f"{name} = {_toml(value)}" for name, value in _values(settings).items()]
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))
    return 0


def _values(settings: Settings) -> dict[str, object]:
    """Each key with its value; the choice of rules is shown as its result."""
    rules = [code for code in CODES if settings.selected(code)]
    chosen = ("extend", "select", "ignore", "extend-select")
    others = {key.name: getattr(settings, key.field) for key in KEYS if key.name not in chosen}
    return {"root": settings.root, "rules": rules, **others}


def _toml(value: object) -> str:
    """A value as TOML writes it."""
    import json

    if value is None:
        return '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(item, tuple) for item in value):
            return _toml(dict(value))
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return str(value)
