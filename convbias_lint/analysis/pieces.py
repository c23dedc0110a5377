"""Parse a text that has changed a little: statements that stayed as they were are not parsed again.

An editor sends the whole text with every keystroke, and most of the time would go to parsing what did not
change.  So the text is cut where a row begins with a statement at its left edge.  Each piece is parsed by
itself, with a statement of ours behind it that catches the comments before the next one, and is kept for
the next time.  Where a piece does not parse, or a cut may be wrong, the whole text is parsed at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Optional

import libcst as cst

_BEGINNING = re.compile(r"^(?:@|(?!(?:else|elif|except|finally)\b)[^\W\d])", re.M)
_END = "_end_of_piece_"
_ODD = ("\r", "\f", "\ufeff", "\\\n", _END)
"""Signs of texts that are not cut: what stands there may belong to two pieces, or count otherwise."""
_QUOTES = ('"""', "'''")
"""Where one is open, a row at the left edge is most likely text; if not, the piece does not parse."""


class _Piece:
    """The statements of a piece, and the blank rows and comments below that belong to the next one."""

    def __init__(self, tree: cst.Module, last: bool) -> None:
        self.tree = tree
        body = tuple(tree.body)
        self.body = body if last else body[:-1]
        self.below: Any = () if last else body[-1].leading_lines
        self._above: Any = ()

    def under(self, above: Any) -> tuple[Any, ...]:
        """The statements with the rows ``above`` them; the same objects as long as those are the same."""
        if self._above is not above:
            self._above = above
            self.body = (self.body[0].with_changes(leading_lines=above), *self.body[1:])
        return self.body

    @property
    def indented(self) -> bool:
        return any(isinstance(statement, cst.BaseCompoundStatement) for statement in self.body)


class Pieces:
    """The pieces of a text, kept until the next version of it comes."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], list[_Piece]] = {}

    def parse(self, text: str) -> Optional[cst.Module]:
        """The tree that LibCST makes of ``text``; None where the whole has to be parsed at once."""
        if any(sign in text for sign in _ODD):
            return None
        known, self._known = self._known, {}
        pieces: list[_Piece] = []
        for source, last in _cut(text):
            # Equal pieces of one text are not shared: nodes are told apart by their identity.
            waiting = known.get((source, last))
            piece = waiting.pop(0) if waiting else _parsed(source, last)
            if piece is None:
                return None
            pieces.append(piece)
            self._known.setdefault((source, last), []).append(piece)
        indents = {piece.tree.default_indent for piece in pieces if piece.indented}
        if len(pieces) < 2 or len(indents) > 1:
            return None
        body = list(pieces[0].under(()))
        for before, piece in zip(pieces, pieces[1:]):
            body += piece.under(before.below)
        return pieces[-1].tree.with_changes(
            header=pieces[0].tree.header,
            body=tuple(body),
            default_indent=indents.pop() if indents else " " * 4,
        )


def _cut(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces, each with whether it is the last; joined they are the text."""
    starts = []
    decorated = False
    for match in _BEGINNING.finditer(text):
        if not decorated:
            starts.append(match.start())
        decorated = match[0] == "@"
    begun = 0
    for end in [*starts[1:], len(text)]:
        source = text[begun:end]
        if end == len(text) or not any(source.count(quotes) % 2 for quotes in _QUOTES):
            yield source, end == len(text)
            begun = end


def _parsed(source: str, last: bool) -> Optional[_Piece]:
    try:
        tree = cst.parse_module(source if last else f"{source}{_END}\n")
    except (cst.ParserSyntaxError, RecursionError):
        return None
    if last:
        return _Piece(tree, last) if tree.body else None
    mark = tree.body[-1]
    ours = isinstance(mark, cst.SimpleStatementLine) and isinstance(mark.body[0], cst.Expr)
    return _Piece(tree, last) if ours and len(tree.body) > 1 else None
