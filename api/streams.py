"""JSON text on its way to the client."""

from collections.abc import Generator
from itertools import chain

from flask import Response

SMALL_CHARACTERS = 2_000_000


def json_response(pieces: Generator[str]) -> Response:
    """Answer with a JSON document that comes in pieces.

    A small one is fetched whole before it is sent, so that no slow client holds up the database. Of
    a large one no more than its beginning is fetched before the rest is sent as it comes.
    """
    beginning, length = [], 0
    for piece in pieces:
        beginning.append(piece)
        length += len(piece)
        if length > SMALL_CHARACTERS:
            response = Response(chain(beginning, pieces), mimetype="application/json")
            response.call_on_close(pieces.close)
            return response
    return Response("".join(beginning), mimetype="application/json")
