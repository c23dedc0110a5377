"""What a signal may not do to a file that torch's C++ writer is in the middle of."""

from __future__ import annotations

import io
import signal
import threading

import pytest
import torch

from convbias_lint.live_tools.safe_write import uninterrupted

STATE = {"conv.weight": torch.arange(24.0).reshape(2, 3, 2, 2), "bn.running_mean": torch.ones(2)}


class InterruptedStream(io.BytesIO):
    """A file that the user presses Ctrl-C on at its ``due``-th write."""

    def __init__(self, due: int) -> None:
        super().__init__()
        self.due = due

    def write(self, data: object) -> int:
        self.due -= 1
        if self.due == 0:
            signal.raise_signal(signal.SIGINT)
        return super().write(data)  # type: ignore[arg-type]


def test_an_interruption_waits_for_the_end_of_the_write() -> None:
    for due in range(1, 200):
        stream = InterruptedStream(due)
        try:
            with uninterrupted():
                torch.save(STATE, stream)
        except KeyboardInterrupt:
            stream.seek(0)
            assert torch.load(stream).keys() == STATE.keys(), due
        else:
            break
    assert due > 10, "no write was interrupted"
    assert stream.due > 0, "an interruption was lost"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_handlers_come_back_after_an_error() -> None:
    with pytest.raises(OSError, match="full"), uninterrupted():
        raise OSError("disk full")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_other_threads_handle_no_signals() -> None:
    seen: list[str] = []

    def work() -> None:
        with uninterrupted():
            seen.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["done"]
