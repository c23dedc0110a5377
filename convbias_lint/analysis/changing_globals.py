"""Global names whose values code changes after the file was loaded: flags, and objects with options.

``USE_NORM = True`` says little where ``def disable(): global USE_NORM`` follows, nor does a dict of
options that a function writes to.  What a registry holds is no option.
"""

from __future__ import annotations

import re

from convbias_lint.analysis.state import GLOBAL
from convbias_lint.analysis.values import (
    UNKNOWN,
    Choice,
    Class,
    Const,
    Dict,
    External,
    Function,
    Instance,
    Partial,
    Value,
)

_DECLARED = re.compile(r"^[ \t]+global[ \t]+([\w, \t]+)", re.MULTILINE)
_WRITTEN = re.compile(
    r"\n[ \t]+([A-Za-z_]\w*)(?:\.(?:update|pop|setdefault|clear)\(|"
    r"(?:\.\w+|\[[^\]\n]*\])+[ \t]*(?:[-+*/|&]|//)?=(?!=))"
)
_HOW = re.compile(r"jit|script|export|check|fused|debug|verbose|log|warn", re.IGNORECASE)
"""Names of global flags that change how a model is run, not what it computes.

More than the options of `outside.HOW`: an attribute called ``log_var`` or ``fused`` may change the model.
"""
_NAME = re.compile(r"\w+")


def changing_names(text: str) -> frozenset[str]:
    """The global names that functions of a file rebind, or may write into."""
    names = set(_WRITTEN.findall(f"\n{text}"))
    if "global " in text:
        names.update(name for found in _DECLARED.findall(text) for name in _NAME.findall(found))
    return frozenset(name for name in names - {"self", "cls"} if not _HOW.search(name))


def opened(value: Value, path: str, name: str) -> Value:
    """The value of a global name that may have changed: as it was bound, or anything else."""
    if isinstance(value, (Const, External, Class, Function, Partial)):
        return Choice((GLOBAL, "changed", path, name), UNKNOWN, value)
    if isinstance(value, (Dict, Instance)):
        for key, item in list(value.state.items()):
            if isinstance(item, Const):
                value.state[key] = Choice((GLOBAL, "changed", path, name, key), UNKNOWN, item)
            elif isinstance(item, Dict):
                opened(item, path, f"{name}.{key}")
    return value
