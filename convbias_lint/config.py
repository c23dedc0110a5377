"""What a project wants: which rules, which files, which fixes.

This module is imported by every run, also those that find nothing to look at, and imports almost
nothing itself.  Reading configuration files is the work of `convbias_lint.config_files`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple, Optional

from convbias_lint import globs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

OFF_BY_DEFAULT = ("CB203",)
SYNTAX_ERROR = "CB900"

# Folders that hold no code of the project; the list is Ruff's.
DEFAULT_EXCLUDE = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pypackages__",
    "_build",
    "buck-out",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
    ".convbias_lint_cache",
)


class ConfigError(Exception):
    """A configuration that cannot be used; the text is one line that says why."""


class Settings(NamedTuple):
    """The settings for one file; those that no one set are the defaults.

    Selectors are rule codes or beginnings of them (``CB101``, ``CB1``, ``CB``) or ``ALL``.  ``root`` is the
    folder that patterns are relative to: that of the configuration file, or where the command runs.
    """

    root: str = ""
    source: Optional[str] = None
    """The configuration file, if there is one."""
    select: Optional[tuple[str, ...]] = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fixable: tuple[str, ...] = ("ALL",)
    unfixable: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    include_markdown: bool = False
    src: tuple[str, ...] = ()
    """Absolute folders that imports are resolved from."""
    layers: Mapping[str, Mapping[str, object]] = {}
    output_format: str = "full"
    cache_dir: Optional[str] = None

    def enabled(self, code: str, path: str) -> bool:
        """Whether findings of a rule are wanted in a file."""
        return self.selected(code) and not any(_covers(selector, code) for selector in self.ignored_in(path))

    def selected(self, code: str) -> bool:
        """Whether a rule is selected at all; the longest selector decides, ``ignore`` breaks ties."""
        ignored = longest_selector(self.ignore, code)
        if code == SYNTAX_ERROR:  # a file that cannot be checked must never pass for a clean one
            return ignored < 0
        if self.select is None:
            chosen = -1 if code in OFF_BY_DEFAULT else 0
        else:
            chosen = longest_selector(self.select, code)
        return max(chosen, longest_selector(self.extend_select, code)) > ignored

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The selectors that ``per-file-ignores`` has for a file."""
        if not self.per_file_ignores:
            return ()
        root = self.root or os.getcwd()
        place = os.path.normpath(os.path.join(os.getcwd(), path))
        found: list[str] = []
        for pattern, selectors in self.per_file_ignores:
            if globs.matches(pattern.removeprefix("!"), place, root) != pattern.startswith("!"):
                found += selectors
        return tuple(found)

    def may_fix(self, code: str) -> bool:
        """Whether fixes of a rule are wanted."""
        return longest_selector(self.fixable, code) > longest_selector(self.unfixable, code)

    def trusts_fix(self, code: str) -> bool:
        """Whether unsafe fixes of a rule count as safe."""
        return longest_selector(self.extend_safe_fixes, code) >= 0

    def key(self) -> str:
        """A text that is the same exactly if the findings of any file are the same."""
        layers = sorted((name, sorted(row.items())) for name, row in self.layers.items())
        return repr(
            (
                self.root,
                self.select,
                self.ignore,
                self.extend_select,
                self.per_file_ignores,
                self.fixable,
                self.unfixable,
                self.extend_safe_fixes,
                self.src,
                layers,
            )
        )


def longest_selector(selectors: Iterable[str], code: str) -> int:
    """How much of ``code`` the most exact selector names: 0 for ``ALL``, -1 if none covers it."""
    return max(
        (0 if selector == "ALL" else len(selector) for selector in selectors if _covers(selector, code)),
        default=-1,
    )


def _covers(selector: str, code: str) -> bool:
    return selector == "ALL" or code.startswith(selector)
