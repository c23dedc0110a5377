"""Models for the command ``audit``: several inputs, a dataclass out, every verdict, chatter on import."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

print("chatter of the user's own code")


@dataclass
class Out:
    logits: torch.Tensor
    hidden: torch.Tensor


def block(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3),
        nn.BatchNorm2d(after),
        nn.ReLU(),
    )


class TwoWays(nn.Module):
    """Words and an image; ``unused`` is never called, ``dead`` ends in an argmax."""

    def __init__(self, words: int = 50, bias: bool = True) -> None:
        super().__init__()
        self.words = nn.Embedding(words, 8)
        self.mix = nn.Linear(8, 8, bias=bias)
        self.norm = nn.BatchNorm1d(8)
        self.stem = block(3, 8) if bias else nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8))
        self.unused = nn.Conv2d(3, 3, 1)
        self.dropout = nn.Dropout(0.5)
        self.register_buffer("scale", torch.ones(8))
        self.head = nn.Linear(16, 4)
        self.dead = nn.Linear(16, 4)

    def forward(self, image: torch.Tensor, ids: torch.Tensor, mask: torch.Tensor | None = None) -> Out:
        words = self.words(ids)
        if mask is not None:
            words = words * mask.unsqueeze(-1)
        text = self.norm(self.mix(words.mean(1)))
        seen = self.stem(image).mean((2, 3)) * self.scale
        both = self.dropout(torch.cat([text, seen], 1))
        self.choice = self.dead(both).argmax(1)
        return Out(self.head(both), both)


def make(**options: bool) -> nn.Module:
    return TwoWays(**options)


def inputs() -> dict[str, torch.Tensor]:
    return {"image": torch.randn(4, 3, 8, 8), "ids": torch.randint(50, (4, 6))}


def pair() -> tuple[torch.Tensor, torch.Tensor]:
    return torch.randn(4, 3, 8, 8), torch.randint(50, (4, 6))


def wrapped() -> nn.Module:
    return nn.DataParallel(TwoWays())


def compiled() -> nn.Module:
    wrapper: nn.Module = torch.compile(TwoWays())
    return wrapper


def frozen() -> nn.Module:
    return TwoWays().requires_grad_(False)


def half() -> nn.Module:
    return TwoWays().half()


def leave() -> nn.Module:
    raise SystemExit(3)


instance = TwoWays()
