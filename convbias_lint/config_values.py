"""The values of a configuration, checked and turned into settings.

Every error names the file, the key and what would be right.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Callable, Optional

from convbias_lint import globs
from convbias_lint.config import SYNTAX_ERROR, ConfigError, Settings, longest_selector
from convbias_lint.config_keys import LAYER_KEYS, Key, key_named, or_nearest, unknown_key
from convbias_lint.rules.codes import CODES


def with_table(settings: Settings, table: Mapping[str, Any], folder: str, where: str) -> Settings:
    """``settings`` with the keys of one table of a configuration set.

    Paths in it are relative to ``folder``; errors begin with ``where``.
    """
    values: dict[str, Any] = {}
    for name, value in table.items():
        key = key_named(name)
        if key is None:
            raise ConfigError(f"{where}: {unknown_key(name)}")
        values[name] = _READERS[key.kind](key, value, folder, where)
    settings = with_selection(
        settings, values.pop("select", None), values.pop("ignore", ()), values.pop("extend-select", ())
    )
    fields: dict[str, Any] = {}
    for name, value in values.items():
        field = name.replace("-", "_")
        if name == "extend":
            continue
        fields[field] = (*getattr(settings, field), *value) if name.startswith("extend-") else value
    if "cache_dir" in fields:
        fields["cache_dir"] = os.path.normpath(os.path.join(folder, os.path.expanduser(fields["cache_dir"])))
    return settings._replace(**fields)


def with_selection(
    settings: Settings,
    select: Optional[tuple[str, ...]],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
) -> Settings:
    """``settings`` with a later choice of rules on top, which wins over all that was said before."""
    if select is None and not ignore and not extend_select:
        return settings
    codes = []
    for code in CODES:
        chosen = longest_selector((*(select or ()), *extend_select), code)
        ignored = longest_selector(ignore, code)
        if code == SYNTAX_ERROR and ignored < 0:
            wanted = settings.selected(code)
        elif chosen < 0 and ignored < 0:
            wanted = select is None and settings.selected(code)
        else:
            wanted = chosen > ignored
        if wanted:
            codes.append(code)
    off = () if SYNTAX_ERROR in codes else (SYNTAX_ERROR,)
    return settings._replace(select=tuple(codes), ignore=off, extend_select=())


def with_fixing(
    settings: Settings, fixable: Optional[tuple[str, ...]], unfixable: tuple[str, ...]
) -> Settings:
    """``settings`` with a later choice of what may be fixed, which wins over all that was said before."""
    codes = []
    for code in CODES:
        chosen, barred = longest_selector(fixable or (), code), longest_selector(unfixable, code)
        if chosen < 0 and barred < 0:
            wanted = fixable is None and settings.may_fix(code)
        else:
            wanted = chosen > barred
        if wanted:
            codes.append(code)
    return settings._replace(fixable=tuple(codes), unfixable=())


def selectors(words: list[str], where: str) -> tuple[str, ...]:
    """Rule selectors as written, each checked, rule names turned into codes."""
    return tuple(_selector(word, where) for word in words)


def _selector(word: str, where: str) -> str:
    upper = word.strip().upper()
    if upper == "ALL" or (upper and any(code.startswith(upper) for code in CODES)):
        return upper
    from convbias_lint.rules import all_rules
    from convbias_lint.rules.lookup import find_rule, hint

    known = all_rules()
    rule = find_rule(word.strip(), known)
    if rule is None:
        raise ConfigError(f"{where}: unknown rule `{word}`{hint(word, known)}")
    return rule.code


def _texts(key: Key, value: Any, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(key, where)
    return value


def _wrong(key: Key, where: str) -> ConfigError:
    return ConfigError(f"{where}: `{key.name}` must be {key.type_name}, such as {key.example}")


def _read_bool(key: Key, value: Any, _folder: str, where: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(key, where)
    return value


def _read_text(key: Key, value: Any, _folder: str, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong(key, where)
    return value


def _read_format(key: Key, value: Any, folder: str, where: str) -> str:
    return output_format(_read_text(key, value, folder, where), f"{where}: `{key.name}`")


def output_format(name: str, where: str) -> str:
    """The name of an output format, checked."""
    from convbias_lint.reports import FORMATS

    if name not in FORMATS:
        best = or_nearest(name, FORMATS, f"choose one of {', '.join(FORMATS)}")
        raise ConfigError(f"{where}: there is no format `{name}`; {best}")
    return name


def _read_selectors(key: Key, value: Any, _folder: str, where: str) -> tuple[str, ...]:
    return selectors(_texts(key, value, where), f"{where}: `{key.name}`")


def _read_patterns(key: Key, value: Any, folder: str, where: str) -> tuple[str, ...]:
    return patterns(_texts(key, value, where), folder, f"{where}: `{key.name}`")


def _read_folders(key: Key, value: Any, folder: str, where: str) -> tuple[str, ...]:
    paths = (os.path.join(folder, os.path.expanduser(item)) for item in _texts(key, value, where))
    return tuple(os.path.normpath(path) for path in paths)


def _read_pattern_table(
    key: Key, value: Any, folder: str, where: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise _wrong(key, where)
    rows = []
    for pattern, words in value.items():
        place = f"{where}: `{key.name}` of `{pattern}`"
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ConfigError(f"{place} must be a list of rule codes")
        sign = pattern[:1] if pattern.startswith("!") else ""
        rooted = sign + _pattern(pattern[len(sign) :], folder, f"{where}: `{key.name}`")
        rows.append((rooted, selectors(words, place)))
    return tuple(rows)


def _read_layers(key: Key, value: Any, _folder: str, where: str) -> dict[str, dict[str, object]]:
    if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
        raise _wrong(key, where)
    for name, row in value.items():
        for word, said in row.items():
            place = f"{where}: `{key.name}` of `{name}`"
            if word not in LAYER_KEYS:
                best = or_nearest(word, LAYER_KEYS, f"choose from {', '.join(LAYER_KEYS)}")
                raise ConfigError(f"{place}: unknown key `{word}`; {best}")
            if not isinstance(said, LAYER_KEYS[word]):
                wanted = "true or false" if LAYER_KEYS[word] is bool else "a string"
                raise ConfigError(f"{place}: `{word}` must be {wanted}")
    return value


def patterns(words: Sequence[str], folder: str, where: str) -> tuple[str, ...]:
    """Path patterns as written in ``folder``, each checked."""
    return tuple(_pattern(word, folder, where) for word in words)


def _pattern(pattern: str, folder: str, where: str) -> str:
    """A path pattern, checked; one with a folder in it is relative to the file that it stands in."""
    try:
        globs.check(pattern)
    except globs.GlobError as error:
        raise ConfigError(f"{where}: `{pattern}` is no pattern: {error}") from None
    trimmed = pattern.rstrip("/") or pattern
    return globs.rooted(trimmed, folder) if "/" in trimmed else trimmed


_READERS: dict[str, Callable[[Key, Any, str, str], Any]] = {
    "bool": _read_bool,
    "text": _read_text,
    "format": _read_format,
    "selectors": _read_selectors,
    "patterns": _read_patterns,
    "folders": _read_folders,
    "pattern table": _read_pattern_table,
    "layer table": _read_layers,
}
