"""An audit's redundant biases as findings at the source lines that built the layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Optional

from convbias_lint.finding import Finding, Position, Related
from convbias_lint.live_tools.audited import LayerAudit, Verdict
from convbias_lint.live_tools.births import Birth
from convbias_lint.reports.summary import counted
from convbias_lint.rules.redundant import NAMES


def code_of(layer: LayerAudit) -> str:
    """The rule that a redundant layer breaks."""
    way = layer.way
    if way is None or way.steps or not way.norms:
        return "CB104"
    if any("Instance" in kind or "Group" in kind for kind in way.kinds):
        return "CB103"
    return "CB102" if layer.kind == "linear" else "CB101"


def findings(layers: Sequence[LayerAudit], file: Optional[str] = None) -> tuple[Finding, ...]:
    """One finding for each call in the source all of whose layers have a redundant bias.

    Where one call builds layers that need their bias too (a helper such as ``conv3x3``), the finding
    goes to the innermost caller that builds redundant ones only; failing that, to the helper, with the
    share of its layers as the condition.  A layer of unknown origin has a finding at the top of
    ``file``, the saved model that holds it, or none.
    """
    biased = [layer for layer in layers if layer.births and layer.verdict is not Verdict.ABSENT]
    groups: dict[tuple[Birth, ...], list[LayerAudit]] = defaultdict(list)
    for layer in biased:
        if layer.verdict is Verdict.REDUNDANT:
            groups[_origin(layer, biased)].append(layer)
    found = [_finding(origin, group, biased) for origin, group in groups.items()]
    if file is not None:
        top = (Birth(file, 1, 1, 1, 1),)
        unplaced = [layer for layer in layers if layer.verdict is Verdict.REDUNDANT and not layer.births]
        found += [_finding(top, [layer], ()) for layer in unplaced]
    return tuple(sorted(found, key=lambda finding: finding.sort_key))


def _origin(layer: LayerAudit, biased: Sequence[LayerAudit]) -> tuple[Birth, ...]:
    """The shortest chain of calls, innermost first, that leads to redundant biases only."""
    for length in range(1, len(layer.births) + 1):
        chain = layer.births[:length]
        if all(o.verdict is Verdict.REDUNDANT for o in biased if o.births[:length] == chain):
            return chain
    return layer.births[:1]


def _finding(
    origin: tuple[Birth, ...], layers: Sequence[LayerAudit], biased: Sequence[LayerAudit]
) -> Finding:
    place, first = origin[-1], layers[0]
    code = code_of(first)
    siblings = [layer for layer in biased if layer.births[: len(origin)] == origin]
    others = len(siblings) > len(layers)
    paths = ", ".join(f"`{layer.path}`" for layer in layers[:3])
    if len(layers) > 3:
        paths += f" and {len(layers) - 3} more"
    start, end = Position(place.row, place.column), Position(place.end_row, place.end_column)
    return Finding(
        code=code,
        name=NAMES[code],
        message=f"The bias of {paths} ({first.layer}) has no effect: {_cancelled_by(first)} cancels it",
        filename=place.filename,
        start=start,
        end=end,
        noqa_row=place.end_row,
        related=tuple(
            Related(f"built by this call: {birth}", birth.filename, *_span(birth)) for birth in origin[:-1]
        ),
        condition=f"in {len(layers)} of the {len(siblings)} layers built here" if others else None,
        parameters=sum(layer.parameters for layer in layers),
    )


def _span(birth: Birth) -> tuple[Position, Position]:
    return Position(birth.row, birth.column), Position(birth.end_row, birth.end_column)


def _cancelled_by(layer: LayerAudit) -> str:
    way = layer.way
    if way is None or not way.kinds:
        return "the model"
    if not way.norms:
        return "later arithmetic" if way.kinds[0] == "no norm" else f"a later {way.kinds[0]}"
    through = f" (reached through {counted(len(way.steps), 'step')})" if way.steps else ""
    return f"`{way.norms[0]}` ({way.kinds[0]}){through}"
