"""Which settings count for a document: the client's on top of the nearest configuration file's."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, Optional

from convbias_lint.config import ConfigError, Settings
from convbias_lint.config_files import Finder

SECTION = "convbias-lint"
_OWN = ("enable", "run", "debounce", "configuration")


class ClientSettings:
    """What the client wants.

    ``enable`` switches all off; ``run`` is ``onType`` or ``onSave``; ``debounce`` is how many
    milliseconds of rest come before a look; ``configuration`` names a file that all documents follow.
    Every other key is one of the configuration file's, in its spelling or in camel case.
    """

    def __init__(self, given: object = None) -> None:
        table = given if isinstance(given, Mapping) else {}
        inner = table.get(SECTION)
        if isinstance(inner, Mapping):
            table = inner
        elif isinstance(table.get("settings"), Mapping):
            table = table["settings"]
        self.given = given
        self.problems: list[str] = []
        self.enable = self._own(table, "enable", bool, True)
        self.run = self._own(table, "run", str, "onType")
        if self.run not in ("onType", "onSave"):
            self.problems.append(f"`run` is `onType` or `onSave`, not `{self.run}`")
            self.run = "onType"
        self.debounce = max(0, self._own(table, "debounce", int, 80)) / 1000
        self.configuration: Optional[str] = self._own(table, "configuration", str, None)
        self.table = {
            _kebab(str(key)): value for key, value in table.items() if key not in _OWN and value is not None
        }

    def _own(self, table: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
        value = table.get(key)
        if value is None:
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.problems.append(f"`{key}` must be a {kind.__name__}, not {value!r}")
            return default
        return value


def _kebab(key: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda match: "-" + match.group(1).lower(), key)


class SettingsOf:
    """The settings of every document; configuration files are read once until they change."""

    def __init__(self, client: ClientSettings, folders: tuple[str, ...] = ()) -> None:
        self.client = client
        self._folders = folders
        self._finders: dict[str, Finder] = {}
        self.problem: Optional[str] = None
        """Why the configuration cannot be used, if so."""

    def document(self, path: str) -> Settings:
        """The settings of the document at ``path``; the defaults where the configuration is at fault."""
        folder = self._folder(path)
        try:
            finder = self._finders.get(folder)
            if finder is None:
                finder = self._finders[folder] = self.finder(folder)
            return finder.of_file(path)
        except ConfigError as error:
            self.problem = str(error)
            return _at(Settings(), folder)

    def _folder(self, path: str) -> str:
        """The innermost workspace folder around a document, or its own."""
        around = [one for one in self._folders if path.startswith(one.rstrip(os.sep) + os.sep)]
        return max(around, key=len) if around else os.path.dirname(path)

    def finder(self, folder: str) -> Finder:
        """What gives the files of a workspace folder their settings. Raises ConfigError."""
        inline = (self.client.table,) if self.client.table else ()
        file = self.client.configuration
        if file is not None:
            file = os.path.join(folder, os.path.expanduser(file))
        return Finder(file=file, inline=inline, change=lambda settings: _at(settings, folder))


def _at(settings: Settings, folder: str) -> Settings:
    """Settings that no file made count from the workspace folder."""
    if settings.source is not None:
        return settings
    return settings._replace(root=folder, src=(folder, os.path.join(folder, "src")))
