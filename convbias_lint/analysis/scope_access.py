"""Built-in functions that reach names without naming them: locals(), vars(), eval(), exec() …"""

from __future__ import annotations

import re
from typing import Optional

from convbias_lint.analysis.introspection import Builtin
from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.unseen import used_by_call
from convbias_lint.analysis.values import UNKNOWN, Const, Dict, Value
from convbias_lint.analysis.views import use_inside

_NAME = re.compile(r"[A-Za-z_]\w*")


def locals_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """All variables of the function, for whoever gets the dict."""
    if site is None or m.building:
        return UNKNOWN
    variables = _variables(site)
    for value in variables.values():
        m.use(value, "locals()")
    return Dict(variables)


def vars_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``vars(self)`` is ``self.__dict__``; without an argument it is ``locals()``."""
    if not arguments.positional:
        return locals_(m, arguments, site)
    return m.attribute(m.state.resolve(arguments.positional[0]), "__dict__")


def eval_(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """Runs a text, which may do anything with the variables that it names: any of them if it isn't known."""
    if site is not None and not m.building:
        text = m.state.resolve(arguments.positional[0]) if arguments.positional else UNKNOWN
        names = set(_NAME.findall(str(text.value))) if isinstance(text, Const) else None
        for name, value in _variables(site).items():
            if names is None or name in names:
                use_inside(m, value, "eval()")
    return used_by_call(m, arguments, site, "a call that is not followed")


def _variables(site: CallSite) -> dict[str, Value]:
    found: dict[str, Value] = {}
    scope = site.scope
    while scope is not None and (scope.frame is not None or scope.owner is not None):
        found = {**scope.vars, **found}
        scope = scope.parent
    return found


SCOPE_ACCESS: dict[str, Builtin] = {
    "locals": locals_,
    "vars": vars_,
    "eval": eval_,
    "exec": eval_,
}
