"""Deep calls: the interpreter asks the system for memory once, not in every round of a loop at some depth."""

from __future__ import annotations

import sys

import pytest

from convbias_lint.call_stack import with_room
from convbias_lint.examine import examine

resource = pytest.importorskip("resource", reason="page faults are counted on POSIX only")

ROUNDS = 200


def _leaf() -> None:
    pass


def _looping_at(depth: int) -> int:
    """The page faults of a loop of calls at a depth of the stack."""
    if depth:
        return _looping_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(ROUNDS):
        _leaf()
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)


def _most_faults() -> int:
    return max(_looping_at(depth) for depth in range(400))


@with_room
def _most_faults_with_room() -> int:
    return max(_looping_at(depth) for depth in range(400))


def test_calls_in_loops_take_no_new_memory_at_any_depth() -> None:
    assert _most_faults_with_room() < ROUNDS // 4


@pytest.mark.skipif(
    sys.version_info[:2] not in ((3, 11), (3, 12)), reason="of these it is known that they do"
)
def test_they_would_without_it() -> None:
    """What the room is for is still so: else it can go."""
    assert _most_faults() >= ROUNDS


def test_the_result_is_the_functions_own() -> None:
    assert with_room(lambda a, b=2, *c, d: (a, b, c, d))(1, d=4) == (1, 2, (), 4)
    assert examine.__name__ == "examine"
    assert examine.__code__.co_stacksize > 65_536
