# run: Reviewed, (2, 3, 8, 8)
# run: Documented, (2, 3, 8, 8)

"""Decorators that give back what they get, with a text or a warning."""

import functools
import inspect
import logging

from torch import nn


def under_review():
    def decorator(decorated, name=None):
        name = name or decorated.__qualname__
        if inspect.isclass(decorated):
            decorated.__init__ = decorator(decorated.__init__, name=name)
            decorated.__doc__ = (decorated.__doc__ or "") + "Under review."
            return decorated

        @functools.wraps(decorated)
        def wrapper(*args, **kwargs):
            logging.getLogger(__name__).info("%s is under review", name)
            return decorated(*args, **kwargs)

        return wrapper

    return decorator


def with_text(*texts):
    def decorator(cls):
        cls.__doc__ = "".join(texts) + (cls.__doc__ or "")
        return cls

    return decorator


@under_review()
class Reviewed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


@with_text("A network.", "It has a norm.")
class Documented(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


# output
"""Decorators that give back what they get, with a text or a warning."""

import functools
import inspect
import logging

from torch import nn


def under_review():
    def decorator(decorated, name=None):
        name = name or decorated.__qualname__
        if inspect.isclass(decorated):
            decorated.__init__ = decorator(decorated.__init__, name=name)
            decorated.__doc__ = (decorated.__doc__ or "") + "Under review."
            return decorated

        @functools.wraps(decorated)
        def wrapper(*args, **kwargs):
            logging.getLogger(__name__).info("%s is under review", name)
            return decorated(*args, **kwargs)

        return wrapper

    return decorator


def with_text(*texts):
    def decorator(cls):
        cls.__doc__ = "".join(texts) + (cls.__doc__ or "")
        return cls

    return decorator


@under_review()
class Reviewed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


@with_text("A network.", "It has a norm.")
class Documented(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


