"""What a rule is: its code, its name and the text of its page."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """One rule; ``explain``, the site, the editor's hover and SARIF all show these texts.

    ``name`` is that of the bad pattern, so that "ignore conv-bias-before-batch-norm" reads right.
    ``default`` says whether it is selected unless the user selects.  ``fixable`` is "always",
    "sometimes" or "never".  ``example`` yields exactly this rule's code and ``use_instead`` nothing;
    both run as they stand.
    """

    code: str
    name: str
    summary: str
    default: bool
    fixable: str
    what: str
    why: str
    example: str
    use_instead: str
    fix_safety: str
    references: tuple[tuple[str, str], ...]

    @property
    def fixability(self) -> str:
        """One sentence on whether ``--fix`` settles findings of this rule."""
        return _FIXABILITY[self.fixable]

    @property
    def selection(self) -> str:
        """One sentence for a rule that is off unless selected, else empty."""
        return "" if self.default else f"This rule is off unless selected: `--extend-select {self.code}`."


_FIXABILITY = {
    "always": "A fix is always available.",
    "sometimes": "A fix is sometimes available.",
    "never": "There is no automatic fix.",
}


def explain_markdown(rule: Rule) -> str:
    """The page of a rule."""
    parts = [f"# {rule.name} ({rule.code})", rule.fixability]
    if rule.selection:
        parts.append(rule.selection)
    parts += ["## What it does", rule.what, "## Why is this bad?", rule.why]
    if rule.example:
        parts += ["## Example", _python(rule.example)]
    if rule.use_instead:
        parts += ["## Use instead", _python(rule.use_instead)]
    if rule.fix_safety:
        parts += ["## Fix safety", rule.fix_safety]
    if rule.references:
        parts += ["## References", "\n".join(f"- [{title}]({url})" for title, url in rule.references)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _python(code: str) -> str:
    return f"```python\n{code.strip()}\n```"
