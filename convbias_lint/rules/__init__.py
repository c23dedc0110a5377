"""One file per rule, named after it; each holds ``RULE``.

Nothing is imported here, for ``codes`` is asked for before the command line is read.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convbias_lint.rules.rule import Rule


def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in order of codes, found by walking this package."""
    import pkgutil
    from importlib import import_module

    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("cb"))
    rules = [import_module(f"{__name__}.{name}").RULE for name in names]
    return {rule.code: rule for rule in rules}
