"""Constants as a file writes them: a string in the quotes that the file uses."""

from __future__ import annotations

import re

_LONG = re.compile(r'"""|\'\'\'')
_STRINGS = re.compile(r"#[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")


def written(constant: object, text: str) -> str:
    """The expression for a constant, in the style of the file with this ``text``."""
    single = repr(constant)
    if not isinstance(constant, str) or not single.startswith("'") or '"' in single:
        return single
    double = f'"{single[1:-1]}"'
    if (single in text) != (double in text):
        return single if single in text else double
    first = [found[0] for found in _STRINGS.findall(_LONG.sub("", text))]
    return double if first.count('"') > first.count("'") else single
