# Not run: it takes a new Python to read this.

from typing import Generic, TypeVarTuple, override

import torch.nn as nn

type Shape = tuple[int, ...]


class Box[T: (int, float), *Ts](Generic[*Ts]):
    value: T

    def method[**P](self, x: int, /, *, y: str = "") -> T | None: ...


class Net(nn.Module):
    def __init__(self, kind: str = "batch", *shape: *tuple[int, ...]) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(4)
        match kind, shape:
            case "batch" | "instance" as k, [_, *rest] if rest:
                self.kind = f"{k!r:>{len(rest)}}"
            case {"a": 1, **other}:
                pass
            case _:
                self.kind = None

    @override
    def forward(self, x):
        try:
            if (n := x.shape[0]) > 1:
                print(f"{n=}")
        except* ValueError as group:
            raise group
        with (open("a") as a, open("b") as b):
            pass
        return self.norm(self.conv(x))

    async def later(self):
        async with self as s:
            return [i async for i in s if await i]
# output
# Not run: it takes a new Python to read this.

from typing import Generic, TypeVarTuple, override

import torch.nn as nn

type Shape = tuple[int, ...]


class Box[T: (int, float), *Ts](Generic[*Ts]):
    value: T

    def method[**P](self, x: int, /, *, y: str = "") -> T | None: ...


class Net(nn.Module):
    def __init__(self, kind: str = "batch", *shape: *tuple[int, ...]) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)
        match kind, shape:
            case "batch" | "instance" as k, [_, *rest] if rest:
                self.kind = f"{k!r:>{len(rest)}}"
            case {"a": 1, **other}:
                pass
            case _:
                self.kind = None

    @override
    def forward(self, x):
        try:
            if (n := x.shape[0]) > 1:
                print(f"{n=}")
        except* ValueError as group:
            raise group
        with (open("a") as a, open("b") as b):
            pass
        return self.norm(self.conv(x))

    async def later(self):
        async with self as s:
            return [i async for i in s if await i]
