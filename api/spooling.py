"""Long answers at their client's speed, of which a slow one does not hold up the database."""

import time
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

PATIENCE_SECONDS = 2  # for which a client may keep the database waiting, in all
SLICE_BYTES = 1 << 16  # so small that waiting for a client is noticed soon


def at_client_speed(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield a text's bytes as its pieces come, for as long as the client keeps up.

    What is left after PATIENCE_SECONDS of waiting for the client is fetched at once, into a
    temporary file that no directory names.
    """
    waited = 0.0
    slices = _slices(pieces)
    for data in slices:
        asked = time.monotonic()
        yield data
        waited += time.monotonic() - asked
        if waited > PATIENCE_SECONDS:
            yield from _spooled(slices)


def _spooled(slices: Iterable[bytes]) -> Iterator[bytes]:
    with TemporaryFile() as file:
        file.writelines(slices)
        file.seek(0)
        while data := file.read(SLICE_BYTES):
            yield data


def _slices(pieces: Iterable[str]) -> Iterator[bytes]:
    for piece in pieces:
        data = piece.encode()
        for start in range(0, len(data), SLICE_BYTES):
            yield data[start : start + SLICE_BYTES]
