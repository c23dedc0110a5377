"""Layers for sequences: they use a shift, and what they give has an axis for the steps.

A batch norm behind them works along that axis, unless it is moved: what looks like a linear layer with its
norm is none.
"""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.values import Tensor, Tuple, Value

_WITH_STATE = frozenset(("RNN", "GRU", "LSTM"))
_OF_STEPS = frozenset(
    (
        "Transformer",
        "TransformerEncoder",
        "TransformerDecoder",
        "TransformerEncoderLayer",
        "TransformerDecoderLayer",
    )
)


def sequence_output(kind: str, tensor: Tensor) -> Optional[Value]:
    """The output of a layer of the class ``kind`` for ``tensor``; None where it is no such layer."""
    if kind == "Embedding":
        if tensor.rank is not None:
            return Tensor((), tensor.rank + 1)
        # What a model is given are texts or other sequences; one of several columns is not.
        return Tensor((), None if tensor.given is None else 3)
    if kind == "EmbeddingBag":
        return Tensor((), 2)
    rank = 2 if tensor.rank == 2 else 3
    if kind in _WITH_STATE:
        state: Value = Tensor((), rank)
        return Tuple((Tensor((), rank), Tuple((state, Tensor((), rank))) if kind == "LSTM" else state))
    if kind == "MultiheadAttention":
        return Tuple((Tensor((), rank), Tensor()))
    return Tensor((), rank) if kind in _OF_STEPS else None
