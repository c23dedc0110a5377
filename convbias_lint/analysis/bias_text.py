"""Which functions of a file can come to use a ``.bias`` at all, told from their text.

Most files never do, and then none of their code is tried.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from convbias_lint.analysis.chunks import NAME, code_of, cut
from convbias_lint.analysis.nodes import FUNCTIONS, children, names_in

# Uses without the bias's name: ``weight, bias = conv.parameters()``, ``list(conv.parameters())[1]``.
_UNPACKED = (
    r"\w[ \t]*,[ \t]*\w+[ \t]*=[ \t]*(?:(?:list|tuple)\()?[\w.\[\]]+\.parameters\(\)|\.parameters\(\)\)\[\d"
)
# Or by their number: ``len(list(model.parameters())) == 4``.
_COUNTED = (
    r"\blen\((?:list|tuple|dict)\([\w.\[\]]+\.(?:named_)?parameters\(\)|\blen\([\w.\[\]]+\.state_dict\(\)"
)
# Or for each name: ``for name in ("weight", "bias"):``.
_IN_NAMES = r"\bin[ \t]*[(\[][^()\[\]\n]*[\"']bias[\"'][^()\[\]\n]*[)\]]:"
# ``self.bias`` is the bias of the class itself, which is no layer of PyTorch's own.
_BIAS = re.compile(
    r"(?<!\bself)\.bias\b|getattr\([^()]*[\"']bias[\"']|\[[\"']bias[\"']\]"
    rf"|{_UNPACKED}|{_COUNTED}|{_IN_NAMES}"
)
# Each alternative by itself, for which a text is searched fast, and words without any of which there is none.
_USES = (
    ((".bias",), re.compile(r"\.bias\b(?<!\bself\.bias)")),
    (("getattr(",), re.compile(r"getattr\([^()]*[\"']bias[\"']")),
    (('["bias', "['bias"), re.compile(r"\[[\"']bias[\"']\]")),
    ((".parameters()",), re.compile(_UNPACKED)),
    (("len(list(", "len(tuple(", "len(dict(", ".state_dict()"), re.compile(_COUNTED)),
    (('"bias"', "'bias'"), re.compile(_IN_NAMES)),
)
_HEAD = re.compile(r"^([ \t]*)(?:async[ \t]+def|def|class)[ \t]+(\w+)(.*)", re.MULTILINE)


class Touchy:
    """The functions that use a ``.bias``, or mention one that does."""

    def __init__(self, text: str) -> None:
        self._names: set[str] = set()
        self._hits: set[tuple[str, str]] = set()
        """The same with the classes whose methods they are: ``forward`` by itself says too little."""
        self._inits: set[str] = set()
        """The classes whose ``__init__`` does; that name says too little by itself."""
        self.entries: frozenset[str] = frozenset()
        """The functions of the module's top level among them, and the classes that have such methods."""
        self.text = ""
        """The text of all these functions; empty where no code of the file uses a bias."""
        self.only_names = True
        """Whether they do so only by texts such as ``"conv.bias"``."""
        if uses_bias(text):
            self._find(code_of(text))

    def may_touch(self, function: str, owner: str) -> bool:
        """Whether a function, or a method of the class ``owner``, may come to use a bias."""
        return owner in self._inits if function == "__init__" else function in self._names

    def touches(self, function: str, owner: str) -> bool:
        """Whether just this function, or method of the class ``owner``, uses a bias or mentions who may."""
        return owner in self._inits if function == "__init__" else (owner, function) in self._hits

    def script(self, tree: ast.Module) -> Sequence[ast.stmt]:
        """The statements of a module that run when it is loaded, if any of them may come to use a bias."""
        lines = [line for line in tree.body if not isinstance(line, (ast.ClassDef, *FUNCTIONS))]
        return lines if any(self._mentions(line) for line in lines) else ()

    def _mentions(self, line: ast.stmt) -> bool:
        names = names_in(line)
        return "bias" in names or not self._names.isdisjoint(names)

    def _find(self, text: str) -> None:
        chunks = _chunks(text)
        # A function's own name in its head is no mention of others that are called the same.
        words = [set(NAME.findall(_behind_name(chunk, name))) for _, name, chunk in chunks]
        heads = {name: set(NAME.findall(_head(chunk))) for _, name, chunk in chunks if _is_class(chunk)}
        used = [uses_bias(chunk) for _, _, chunk in chunks]
        done = [False] * len(chunks)
        grows = True
        while grows:
            grows = False
            for number, (owner, name, _) in enumerate(chunks):
                derived = name == "__init__" and owner in self._inits
                if done[number] or not (used[number] or derived or self._names & words[number]):
                    continue
                done[number] = grows = True
                if name == "__init__":
                    self._inits.add(owner)
                elif name:
                    self._names.add(name)
                    self._hits.add((owner, name))
            derived_too = {name for name, bases in heads.items() if self._inits & bases} - self._inits
            self._inits |= derived_too
            grows = grows or bool(derived_too)
        self.entries = frozenset(
            owner or name
            for (owner, name, chunk), hit in zip(chunks, done)
            if hit and (owner or (name and not _is_class(chunk)))
        )
        self.text = "".join(chunk for number, (_, _, chunk) in enumerate(chunks) if done[number])
        self.only_names = not uses_bias(_QUOTED.sub("", self.text))


def named_biases(tree: ast.Module, text: str) -> frozenset[str]:
    """What stands before ``.bias`` in texts such as ``"conv.bias"``: names of layers ("*" for any).

    What only compares such a text with the end of a name is left out.  ``text`` is the source of ``tree``.
    """
    rows = [text.count("\n", 0, match.start()) + 1 for match in _QUOTED.finditer(text)]
    return frozenset(_named(tree, rows)) if rows else frozenset()


def _named(tree: ast.AST, rows: Sequence[int]) -> Iterator[str]:
    """As :func:`named_biases`; ``rows`` are those with such texts, in order."""
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = _BEFORE.search(node.value)
            if name is not None and " " not in node.value:
                yield "*" if _PLACEHOLDER.search(name.group(1)) else name.group(1)
        elif isinstance(node, ast.JoinedStr) and len(node.values) > 1:
            if getattr(node.values[-1], "value", None) == ".bias":
                yield "*"
        elif isinstance(node, ast.BinOp) and getattr(node.right, "value", None) == ".bias":
            yield "*"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _COMPARE:
            todo.append(node.func)
        elif not (isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn))):
            todo.extend(child for child in children(node) if _is_on(child, rows))


def _is_on(node: ast.AST, rows: Sequence[int]) -> bool:
    """Whether a node stands on one of some rows, or may do so."""
    first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
    if first is None or last is None:
        return True
    first = min((first, *(decorator.lineno for decorator in getattr(node, "decorator_list", ()))))
    place = bisect_left(rows, first)
    return place < len(rows) and rows[place] <= last


_QUOTED = re.compile(r"\.bias[\"']")
_BEFORE = re.compile(r"(?:^|\.)([^.]+)\.bias$")
_PLACEHOLDER = re.compile(r"\W")
_COMPARE = frozenset(("endswith", "startswith", "replace", "sub", "match", "search", "compile"))


def uses_bias(text: str) -> bool:
    """Whether a text uses the bias of anything but its own class, without asking whether it is there.

    ``if m.bias is not None:`` asks for the lines below it that are indented further, and so does
    ``if isinstance(m, nn.BatchNorm2d):``, which speaks of the bias of a norm.
    """
    if not any(word in text for word in (".bias", '"bias"', "'bias'", "parameters()", "state_dict()")):
        return False
    if not any(
        any(word in text for word in words) and pattern.search(text) is not None for words, pattern in _USES
    ):
        return False
    if " is not None" not in text and "isinstance(" not in text:
        return True
    asked: list[tuple[int, str]] = []
    for line in text.split("\n"):
        row = line.lstrip()
        if not row or row[0] == "#":
            continue
        indent = len(line) - len(row)
        while asked and asked[-1][0] >= indent:
            asked.pop()
        if "bias" in row or "isinstance(" in row:
            test = _ASKS.match(row)
            names = [] if test is None else ["".join(found) for found in _ASKED.findall(test.group(1))]
            if test is not None and names:
                asked += [(indent, name) for name in names]
                row = row[test.end() :]
            for use in _BIAS.finditer(row):
                owner = _OWNER.search(row, 0, use.start())
                if owner is None or all(owner.group() != name for _, name in asked):
                    return True
        if asked:
            asked = [(depth, name) for depth, name in asked if not _may_bind(row, name)]
    return False


def _may_bind(row: str, name: str) -> bool:
    """Whether a row may give the object at the start of a dotted name another value."""
    targets = row.partition(" in ")[0] if row.startswith("for ") else row.rpartition("=")[0]
    return re.search(rf"(?<![\w.]){re.escape(name.partition('.')[0])}(?![\w.\[(])", targets) is not None


# Several conditions must all hold; what stands behind the colon is asked for, too.
_ASKS = re.compile(r"(?:el)?if\b((?:(?!\bor\b|\bnot (?!None)|:).)*):")
_NORM = r"(?:torch\.)?(?:nn\.)?(?:(?:Sync|Lazy)?(?:Batch|Instance)Norm(?:[123]d)?|(?:Layer|Group|RMS)Norm)"
_ASKED = re.compile(
    r"(?<![\w.])(?:([A-Za-z_][\w.]{0,200})\.bias is not None\b"
    r"|getattr\(([A-Za-z_][\w.]*), ?[\"']bias[\"'](?:, ?None)?\) is not None\b"
    rf"|(?<!= )isinstance\(([A-Za-z_][\w.]*), ?(?:{_NORM}|\({_NORM}(?:, ?{_NORM})*,?\))\)(?= and |$))"
)
_OWNER = re.compile(r"(?<![\w.])[A-Za-z_][\w.]*$")


def _chunks(text: str) -> list[tuple[str, str, str]]:
    """A text cut at each ``def`` and ``class``: the class around, the name, the text up to the next.

    What comes behind a function inside a function is part of its text, and that of the one around it.
    """
    heads = list(_HEAD.finditer(text))
    chunks = [("", "", text[: heads[0].start()] if heads else text)]
    classes: list[tuple[int, str]] = []
    functions: list[tuple[int, str, str]] = []
    for head, piece in cut(text, heads):
        indent, name = len(head.group(1)), head.group(2)
        chunk = piece[indent:]
        classes = [(depth, cls) for depth, cls in classes if depth < indent]
        functions = [function for function in functions if function[0] < indent]
        owner = classes[-1][1] if classes else ""
        if _is_class(chunk):
            classes.append((indent, name))
            chunks.append(("", name, chunk))
            continue
        chunks.extend((outer_owner, outer, chunk) for _, outer_owner, outer in functions)
        functions.append((indent, owner, name))
        chunks.append((owner, name, chunk))
    return chunks


def _behind_name(chunk: str, name: str) -> str:
    """A piece without the name of the function that it defines; whole where it is no function's."""
    return chunk.partition("(")[2] if name and not _is_class(chunk) else chunk


def _is_class(chunk: str) -> bool:
    return chunk.startswith("class")


def _head(chunk: str) -> str:
    """The first rows of a class: its name and bases."""
    return chunk.partition(":")[0]
