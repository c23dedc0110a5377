"""What code may do to a model once it is built, told from the text.

Code outside a class sets its parts: ``net.norm = nn.Identity()``.  Methods for callers out of view do:
``def plain(self): self.norm = nn.Identity()``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from convbias_lint.analysis.chunks import cut
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.runs import owner_class, use_all
from convbias_lint.analysis.values import CHILDREN, Choice, Class, Instance, Segment, Tuple
from convbias_lint.layers.rows import Effect

# Each begins with a constant, for which a text is searched fast.
_CHANGES = (
    re.compile(r"\n[ \t]*(?!self\.|cls\.)[A-Za-z_][\w.\[\]\"']*\.(\w+)[ \t]*(?:[-+*/|&]|//)?=(?!=)"),
    re.compile(r"setattr(?<!\wsetattr)\(\s*(?!self\b)[\w.]+\s*,\s*[\"'](\w+)[\"']"),
    re.compile(r"delattr(?<!\wdelattr)\(\s*(?!self\b)[\w.]+\s*,\s*[\"'](\w+)[\"']"),
    re.compile(r"\n[ \t]*del[ \t]+(?!self\.)[A-Za-z_][\w.]*\.(\w+)"),
    # ``nn.BatchNorm2d.forward = plain``
    re.compile(r"\n[ \t]*[A-Za-z_][\w.]*\.([A-Z]\w+)\.\w+[ \t]*=(?!=)"),
    re.compile(r"setattr(?<!\wsetattr)\(\s*(?:\w+\.)+([A-Z]\w+)\s*,"),
)
# What is found by its place, or by a name that is a variable, may be anything.
_ITEMS = re.compile(r"\n[ \t]*(?!self\.)[A-Za-z_][\w.]*\.(\w+)\[[^\]\n]*\][ \t]*=(?!=)")
_ITEM_SET = re.compile(r"\][ \t]*=(?!=)")
_SETS_ANY = re.compile(r"\bsetattr\(\s*(?!self\b|cls\b)[\w.]+\s*,\s*(?![\"'\s]|[fr][\"'])")
_ANY = re.compile(
    r"\bsetattr\(\s*(?!self\b)[\w.]+\s*,\s*(?![\"'\s])"
    r"|\._modules(?:\[[^\]\n]*\][ \t]*=(?!=)|\.(?:pop|update)\()"
)
_OF_NORMS = re.compile(r"isinstance\([^)\n]{0,200}BatchNorm|_modules")
_PATCHED = (
    re.compile(r"\n[ \t]*([A-Z]\w*)\.\w+[ \t]*=(?!=)"),
    re.compile(r"setattr(?<!\wsetattr)\(\s*([A-Z]\w*)\s*,"),
    re.compile(r"type(?<!\wtype)\([^(),\n]*,\s*\(([^()]*)\)"),
)
_ANY_NAME = re.compile(r"\w+")
FOLDED = re.compile(r"fuse|fold|reparam|deploy")
"""Names of methods for a model whose norms were folded into its convolutions, which have biases then."""
HOW = re.compile(r"checkpoint|distill|script|export|^training$")
"""Names of options of a model that change how it is run, not what it computes."""
_DEF = re.compile(r"def(?<![^ \t\n]def)[ \t]+(\w+)")
# Folding a norm into its convolution takes both away together, after training.
AFTER_TRAINING = re.compile(
    r"fuse|fold|reparam|deploy|merge|prune|convert|quant|export|load|script", re.IGNORECASE
)


def changed_names(text: str) -> frozenset[str]:
    """The names of attributes that code in ``text`` sets on objects other than ``self``; "*" for any."""
    names: set[str] = {"*"} if "setattr(" in text and _SETS_ANY.search(text) is not None else set()
    text = f"\n{text}"
    changes = [match for change in _CHANGES for match in change.finditer(text)]
    if not changes:
        return frozenset(names)
    starts = _functions(text)
    rows = [start.start() for start in starts]
    for match in changes:
        before = bisect_right(rows, match.start())
        owner = _ANY_NAME.findall(text[match.start() : match.start(1)])[-1:]
        if match.group(1) == "forward" and owner and owner[0][:1].isupper():
            continue  # of a class: that is for _patched_classes to tell
        if not before or AFTER_TRAINING.search(starts[before - 1].group(1)) is None:
            names.add(match.group(1))
    return frozenset(names)


def use_outside(
    text: str, changed: frozenset[str], built: Iterable[Instance], layers: list[LayerValue]
) -> None:
    """Give up the layers that code in ``text`` may see into or replace once their models are built.

    ``changed``: the names that :func:`changed_names` tells of it.
    """
    hooked, patched, refilled = _reaching(text)
    if hooked:
        use_all(layers, "code in the file hooks into layers")
    _use_changed(changed, built, layers)
    if patched or refilled:
        _use_patched(patched, refilled, layers)


@lru_cache(maxsize=2)
def _reaching(text: str) -> tuple[bool, frozenset[str], frozenset[str]]:
    """Whether a file hooks into layers, the classes it patches and the names that it refills."""
    return _is_hooked(text), _patched_classes(text), _refilled_names(text)


def _is_hooked(text: str) -> bool:
    """Whether code hooks into layers that it goes through: it may see what they give, or change it."""
    return "register_forward_" in text and _HOOKS.search(text) is not None


_HOOKS = re.compile(r"(?<![\w.])(?!self\b)\w+\.register_forward_(?:pre_)?hook\(")


def _patched_classes(text: str) -> frozenset[str]:
    """The classes that get other attributes or methods once they are there: ``Net.forward = plain``.

    Those from which ``type("Other", (Net,), methods)`` derives another are seen by its methods, too.
    """
    text = f"\n{text}"
    found = (part for pattern in _PATCHED for part in pattern.findall(text))
    return frozenset(name for part in found for name in _ANY_NAME.findall(part))


def _refilled_names(text: str) -> frozenset[str]:
    """The attributes whose items code sets from outside; "*" where norms are replaced wherever they are."""
    if _ITEM_SET.search(text) is None and "setattr(" not in text and "._modules" not in text:
        return frozenset()
    names: set[str] = set()
    text = f"\n{text}"
    for start, body in cut(text, _functions(text)):
        if AFTER_TRAINING.search(start.group(1)) is None:
            if _ITEM_SET.search(body) is not None:
                names.update(_ITEMS.findall(body))
            may_be_any = "setattr(" in body or "._modules" in body
            if may_be_any and _ANY.search(body) is not None and _OF_NORMS.search(body) is not None:
                names.add("*")
    return frozenset(names)


def _functions(text: str) -> list[re.Match[str]]:
    """Where the functions of a text begin."""
    starts = _DEF.finditer(text)
    return [
        s for s in starts if text[text.rfind("\n", 0, s.start()) + 1 : s.start()].strip() in ("", "async")
    ]


def _use_patched(classes: frozenset[str], refilled: frozenset[str], layers: list[LayerValue]) -> None:
    """Give up the layers of classes that are patched, and those in containers that are refilled."""
    for layer in layers:
        owner, node = layer.owner, owner_class(layer)
        if "*" in refilled or (node is not None and node.name in classes):
            layer.used.append((frozenset(), "code outside the class may replace its norm"))
        elif refilled and isinstance(owner, Instance):
            for held in refilled.intersection(owner.state):
                if any(part is layer for part in held_in(owner.state[held])):
                    layer.used.append((frozenset(), "code outside the class may replace its norm"))


def held_in(value: object, depth: int = 0) -> Iterator[object]:
    """A layer, or the layers in a container."""
    if isinstance(value, LayerValue):
        yield value
    elif isinstance(value, Instance) and depth < 8:
        yield from held_in(value.state.get(CHILDREN), depth + 1)
    elif isinstance(value, Segment):
        for item in (*value.yes, *value.no):
            yield from held_in(item, depth + 1)
    elif isinstance(value, Choice):
        yield from held_in(value.yes, depth + 1)
        yield from held_in(value.no, depth + 1)
    elif isinstance(value, Tuple) and depth < 8:
        for item in value.items:
            yield from held_in(item, depth + 1)


def reached_into(text: str, cls: str) -> bool:
    """Whether some code in ``text`` takes, off any object but ``self``, a part that ``cls`` builds."""
    start = re.search(rf"class(?<!.class)[ \t]+{cls}\b", text)
    if start is None:
        return True
    end = _NEXT.search(text, start.end())
    parts = set(_PART.findall(text[start.end() : end.start() if end is not None else len(text)]))
    names = "|".join(map(re.escape, sorted(parts)))
    return bool(parts) and re.search(rf"\.(?<!\bself\.)(?:{names})\b", text) is not None


_NEXT = re.compile(r"\n(?:class|def|async|@|if)\b")
_PART = re.compile(r"\bself\.(\w+)[ \t]*(?::[^=\n]+)?=[ \t]*[\w.]+\(")


def _use_changed(names: frozenset[str], built: Iterable[Instance], layers: list[LayerValue]) -> None:
    """Give up the layers, and what the norms cancel, that stand under one of ``names``.

    These are names of attributes; classes of a framework are attributes of its modules.
    """
    for layer in layers if any(name[:1].isupper() or "_" in name for name in names) else ():
        ways = ((event.norm.row.name, *(step.label for step in event.path)) for event in layer.cancelled)
        known = {name.rsplit(".", 1)[-1] for way in ways for name in way}
        if layer.cancelled and not names.isdisjoint(known | {layer.row.name.rsplit(".", 1)[-1]}):
            layer.used.append((frozenset(), "code replaces a class of the framework"))
    if "forward" in names:
        # ``net.forward = types.MethodType(plain, net)``: it runs its layers as it likes.
        for layer in layers:
            layer.used.append((frozenset(), "code outside the class replaces its `forward`"))
    replaced: set[int] = set()
    for instance in built:
        if not isinstance(instance.cls, Class):
            continue
        for name in names.intersection(instance.state):
            value = instance.state[name]
            if isinstance(value, LayerValue):
                replaced.add(id(value))
    if not replaced:
        return
    for layer in layers:
        norms = (event.norm for event in layer.cancelled)
        if layer.row.effect is Effect.INTRODUCES and (
            id(layer) in replaced or any(id(norm) in replaced for norm in norms)
        ):
            layer.used.append((frozenset(), "code outside the class may replace it or its norm"))
