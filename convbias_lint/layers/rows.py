"""The shape of one row of a layer table: what a layer does with a shift.

A *shift* is a constant that a layer adds to each channel, the same for every sample and position.
Each row says, for one layer of one framework, whether it introduces a shift (its bias), passes an
incoming one on, cancels it (a mean-subtracting norm) or uses it.  A layer without a row uses it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Optional


class Effect(enum.Enum):
    """What a layer does; a layer that INTRODUCES may also pass an incoming shift on, see ``passes``."""

    INTRODUCES = "introduces"
    PASSES = "passes"
    CANCELS = "cancels"
    USES = "uses"


class Passes(enum.Enum):
    """When an incoming shift leaves a layer as a shift."""

    ALWAYS = "always"
    NEVER = "never"
    UNPADDED = "unpadded"
    """Where no zeros are padded: zeros at the border do not carry the constant."""
    PADDING_NOT_COUNTED = "padding not counted"
    """Average pooling: unpadded, or the padding is left out of the mean (count_include_pad=False)."""
    ZERO_RATE = "zero rate"
    """Dropout: only where its rate is the number 0."""
    LAST_AXIS = "last axis"
    """A linear map of the last axis: the shift must run along that axis."""
    FLATTENS = "flattens"
    """All axes but the first become one: each entry's constant still is the same for each sample."""


class Cancels(enum.Enum):
    """When a norm takes an incoming shift away."""

    ALWAYS = "always"
    GROUP_PER_CHANNEL = "one channel per group"


@dataclass(frozen=True)
class Argument:
    """An argument of a layer's constructor: its keyword, its position (from 0) and its default.

    ``position`` is None for an argument that can be given by keyword only.
    """

    keyword: str
    position: Optional[int]
    default: object = None


@dataclass(frozen=True)
class Layer:
    """One layer of one framework.

    ``name`` is the qualified name under which the framework documents the layer, ``kind`` the word
    that messages use ("convolution", "batch norm").  ``axis`` is the channel axis of the output as
    an index into a batched tensor (1: channels first; -1: last); ``rank`` the number of axes of a
    batched input where the layer accepts only one, else None.  ``channels`` is the argument that
    holds the number of channels of the output (of the input, for a norm).
    """

    name: str
    effect: Effect
    kind: str
    source: str
    axis: int = 1
    rank: Optional[int] = None
    bias: Optional[Argument] = None
    channels: Optional[Argument] = None
    passes: Passes = Passes.NEVER
    cancels: Cancels = Cancels.ALWAYS
    groups: Optional[Argument] = None
    padding: Optional[Argument] = None
    activation: Optional[Argument] = None
    """An activation inside the layer, applied after the bias (Keras): unless None, it uses the shift."""
    axis_argument: Optional[Argument] = None
    """The argument that names the channel axis (Keras norms' ``axis``), overriding ``axis``."""
    data_format: Optional[Argument] = None
    """The argument that chooses channels-first or channels-last (Keras)."""
