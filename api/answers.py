"""JSON text on its way to the client."""

from collections.abc import Generator
from itertools import chain

from flask import Response, request, url_for

from db.reads import Page

SMALL_CHARACTERS = 2_000_000


def json_answer(pieces: Generator[str]) -> Response:
    """Answer with a JSON document that comes in pieces, after the version of its data.

    A small one is fetched whole before it is sent, so that no slow client holds up the database. Of
    a large one no more than its beginning is fetched before the rest is sent as it comes.
    """
    version = next(pieces)
    beginning, length = [], 0
    for piece in pieces:
        beginning.append(piece)
        length += len(piece)
        if length > SMALL_CHARACTERS:
            answer = Response(chain(beginning, pieces), mimetype="application/json")
            answer.call_on_close(pieces.close)
            return _versioned(answer, version)
    return _versioned(Response("".join(beginning), mimetype="application/json"), version)


def page_answer(page: Page, limit: int) -> Response:
    """Answer with one page of a list, and the next one's address in a Link header."""
    answer = Response(page.document, mimetype="application/json")
    if page.next_after is not None:
        following = url_for(request.endpoint, limit=limit, after=page.next_after)
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return _versioned(answer, page.version)


def _versioned(answer: Response, version: str | None) -> Response:
    """Name the data's version; a client may keep the answer, but must ask if it still holds."""
    answer.headers["Cache-Control"] = "no-cache"
    if version:
        answer.set_etag(version)
    return answer
