"""Configuration files: which one a file follows, what is in it.

A file follows the nearest ``.convbias-lint.toml``, ``convbias-lint.toml`` or ``pyproject.toml`` with a table
``[tool.convbias-lint]`` above it; configurations further up do not count unless it says ``extend``.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Callable, Optional

from convbias_lint.config import ConfigError, Settings
from convbias_lint.contents import read, read_regular

FILE_NAMES = (".convbias-lint.toml", "convbias-lint.toml", "pyproject.toml")

Change = Callable[[Settings], Settings]


class Finder:
    """The settings of every file of a run.

    ``isolated`` reads no file, ``file`` is followed by all; ``inline`` are keys that win over files, and
    ``change`` is applied to all settings at last.
    """

    def __init__(
        self,
        *,
        isolated: bool = False,
        file: Optional[str] = None,
        inline: Sequence[Mapping[str, Any]] = (),
        change: Optional[Change] = None,
    ) -> None:
        self._inline = inline
        self._change = change
        self._by_folder: dict[str, Optional[Settings]] = {}
        self._shared: Optional[Settings] = None
        self._none: Optional[Settings] = None
        if file is not None:
            self._shared = self._finished(read_named_settings(os.path.abspath(file)))
        elif isolated:
            self._shared = self.default()

    def default(self) -> Settings:
        """The settings of a file that has no configuration."""
        return self._finished(Settings(root=os.getcwd()))

    def of_file(self, path: str) -> Settings:
        """The settings of a file."""
        return self.of_folder(os.path.dirname(os.path.abspath(path)))

    def of_folder(self, folder: str, names: Optional[Collection[str]] = None) -> Settings:
        """The settings of the files in an absolute folder; ``names`` is what it holds, if known."""
        if self._shared is not None:
            return self._shared
        found = self._nearest(folder, names)
        if found is None:
            if self._none is None:
                self._none = self.default()
            found = self._none
        return found

    def _nearest(self, folder: str, names: Optional[Collection[str]]) -> Optional[Settings]:
        """The settings of the nearest configuration in or above a folder; None where there is none."""
        passed: list[str] = []
        found: Optional[Settings] = None
        while folder not in self._by_folder:
            passed.append(folder)
            found = self._own(folder, names)
            above = os.path.dirname(folder)
            if found is not None or above == folder:
                break
            folder, names = above, None
        else:
            found = self._by_folder[folder]
        self._by_folder.update(dict.fromkeys(passed, found))
        return found

    def _own(self, folder: str, names: Optional[Collection[str]]) -> Optional[Settings]:
        """The settings of the configuration that lies in a folder itself."""
        for name in FILE_NAMES:
            if names is None or name in names:
                found = read_settings(os.path.join(folder, name))
                if found is not None:
                    return self._finished(found)
        return None

    def _finished(self, settings: Settings) -> Settings:
        if self._inline:
            from convbias_lint.config_values import with_table

            for table in self._inline:
                if "extend" in table:
                    raise ConfigError("--config: `extend` counts in files only; name the file instead")
                settings = with_table(settings, table, os.getcwd(), "--config")
        if not settings.src:
            settings = settings._replace(src=(settings.root, os.path.join(settings.root, "src")))
        return settings if self._change is None else self._change(settings)


def read_settings(path: str) -> Optional[Settings]:
    """The settings that the configuration file ``path`` makes, if it is there and speaks of us.

    Raises ConfigError.
    """
    try:
        data = read_regular(path)
    except PermissionError as error:
        if not os.access(os.path.dirname(path), os.X_OK):  # of the folder, whether or not it holds one
            return None
        raise ConfigError(f"{shown(path)}: {error.strerror}") from None
    except OSError:
        return None
    whole = os.path.basename(path) != "pyproject.toml"
    if not whole and b"convbias-lint" not in data and b"convbias_lint" not in data:
        return None
    table = _table(path, data, whole)
    return None if table is None else _from_table(table, path, ())


def read_named_settings(path: str) -> Settings:
    """The settings of a file that someone asked for, whatever its name; paths in it count from here.

    Raises ConfigError.
    """
    try:
        data = read(path)
    except OSError as error:
        raise ConfigError(f"{shown(path)}: {error.strerror or error}") from None
    table = _table(path, data, os.path.basename(path) != "pyproject.toml")
    return _from_table(table or {}, path, (), os.getcwd())


def _from_table(
    table: dict[str, Any], path: str, above: tuple[str, ...], folder: Optional[str] = None
) -> Settings:
    """The settings of a table in the file ``path``, to which the files ``above`` led by ``extend``."""
    from convbias_lint.config_values import with_table

    folder = os.path.dirname(path) if folder is None else folder
    settings = Settings(root=folder, source=path)
    base = table.get("extend")
    if isinstance(base, str):
        base = os.path.normpath(os.path.join(os.path.dirname(path), os.path.expanduser(base)))
        if base in (path, *above):
            raise ConfigError(f"{shown(path)}: `extend` leads back to {shown(base)}")
        settings = _extended(base, (path, *above), path)._replace(root=folder, source=path)
    return with_table(settings, table, folder, shown(path))


def _extended(path: str, above: tuple[str, ...], said_by: str) -> Settings:
    try:
        data = read_regular(path)
    except OSError as error:
        reason = error.strerror or error
        raise ConfigError(f"{shown(said_by)}: `extend` names {shown(path)}: {reason}") from None
    table = _table(path, data, os.path.basename(path) != "pyproject.toml")
    return _from_table(table or {}, path, above)


def _table(path: str, data: bytes, whole: bool) -> Optional[dict[str, Any]]:
    """The table of a configuration file; a ``pyproject.toml`` may have none."""
    document = parse_toml(data, shown(path))
    if whole:
        return document
    tool = document.get("tool")
    table = tool.get("convbias-lint") if isinstance(tool, dict) else None
    if table is None and isinstance(tool, dict) and "convbias_lint" in tool:
        raise ConfigError(f"{shown(path)}: `tool.convbias_lint` is written `tool.convbias-lint`")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{shown(path)}: `tool.convbias-lint` must be a table")
    return table


def parse_toml(data: bytes, where: str) -> dict[str, Any]:
    """The document in ``data``. Raises ConfigError, beginning with ``where``."""
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        document: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where}: not UTF-8 at byte {error.start}") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{where}: not valid TOML: {' '.join(str(error).split())}") from None
    return document


def parse_inline(text: str) -> dict[str, Any]:
    """The table that ``--config key=value`` means; a bare word is a string. Raises ConfigError."""
    from convbias_lint.config_keys import key_named

    name, _, value = text.partition("=")
    key = key_named(name.strip())
    if key is not None and key.kind in ("text", "format") and not value.strip().startswith(("'", '"')):
        return {key.name: value.strip()}
    try:
        return parse_toml(text.encode("utf-8", "surrogateescape"), f"--config {text}")
    except ConfigError as error:
        if key is None:
            raise
        raise ConfigError(f"{error}; write it like --config '{key.example}'") from None


def shown(path: str) -> str:
    """A path as messages name it: relative to where the command runs, if it is below that."""
    cwd = os.getcwd().rstrip(os.sep) + os.sep
    return path[len(cwd) :] if path.startswith(cwd) else path
