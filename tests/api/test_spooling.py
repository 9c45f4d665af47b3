"""Long answers: as they come for a quick client, from a file for a slow one."""

import itertools

import pytest

from api import spooling

TEXTS = ["", "a", "é" * 70_000, "x" * 200_000, "\N{SNOWMAN}" * 100_000, "end"]


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes as far as a test says at each look."""

    class Clock:
        step = 0.0

        def monotonic(self):
            self.now += self.step
            return self.now

        now = 0.0

    clock = Clock()
    monkeypatch.setattr(spooling, "time", clock)
    return clock


@pytest.mark.parametrize("seconds", [0, 0.3, 1, 1000])
def test_the_bytes_are_the_same_at_any_speed(clock, seconds):
    clock.step = seconds
    slices = list(spooling.at_client_speed(TEXTS))
    assert b"".join(slices) == "".join(TEXTS).encode()
    assert max(map(len, slices)) <= spooling.SLICE_BYTES


def test_a_quick_client_gets_each_piece_before_the_next_is_made(clock):
    made = []
    pieces = (made.append(number) or "x" for number in itertools.count())
    for number, _ in zip(range(1, 1000), spooling.at_client_speed(pieces), strict=False):
        assert len(made) == number
    assert clock.step == 0


def test_a_slow_one_keeps_the_pieces_waiting_no_longer(clock):
    clock.step = spooling.PATIENCE_SECONDS + 1
    made = []
    pieces = (made.append(number) or "x" for number in range(100))
    answer = spooling.at_client_speed(pieces)
    next(answer)
    assert len(made) == 1
    assert next(answer) == b"x" * 99
    assert len(made) == 100
    assert list(answer) == []
