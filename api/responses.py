"""Lists on their way to the client: JSON or a file, whole or a page of them."""

from collections.abc import Generator
from contextlib import closing
from itertools import chain

from flask import Response, request, url_for

from api.context import database
from api.downloads import typed_file
from api.media_types import CSV, ENDINGS, JSON, TYPED
from api.openapi.parameters import BOM, CLUSTER, COLUMNS, LABELS, LARGEST_PAGE
from api.requests import read_format, read_paging, read_parameter
from api.spooling import at_client_speed
from clustering.service import Report
from db import reads
from db.reads import Page, Rows

SMALL_CHARACTERS = 2_000_000
MARK = "\ufeff"


def chosen_customers(*, every_cluster: bool) -> Rows:
    """Return the customers in the columns (?columns=, ?labels=) that the query asks for."""
    return reads.customers_by_id(
        every_cluster=every_cluster,
        names=read_parameter(LABELS) is not None,
        own=read_parameter(COLUMNS) is not None,
    )


def list_answer(rows: Rows, name: str) -> Response:
    """Answer with every one of these rows, or (?limit=, ?after=) one page of them.

    Other than as JSON they are a file of this name.
    """
    mimetype = read_format()
    limit, after = paging = read_paging()
    read_parameter(BOM)  # which is refused on a page too, though it has no mark
    if mimetype in TYPED:
        return _typed_answer(rows, paging, mimetype, name)
    if limit is None:
        pieces = reads.list_all(database(), rows, csv=mimetype == CSV)
        return _negotiated(_streamed(_marked(pieces, mimetype), mimetype), name)
    page = reads.list_page(database(), rows, after, limit, csv=mimetype == CSV)
    return _negotiated(_page_answer(page, limit, mimetype), name)


def grouping_answer(name: str, *choices: Rows) -> Response:
    """Answer with the rows for each cluster, the first of the choices whose tables exist.

    Other than as JSON they are a file of this name.
    """
    mimetype = read_format()
    read_parameter(BOM)
    if mimetype in TYPED:
        return _typed_list(reads.list_typed(database(), *choices, by_cluster=True), mimetype, name)
    pieces = reads.list_by_cluster(database(), *choices, csv=mimetype == CSV)
    return _negotiated(_streamed(_marked(pieces, mimetype), mimetype), name)


def members_answer(rows: Rows, name: str) -> Response:
    """Answer with the rows for each cluster, or (?cluster=, ?limit=, ?after=) a page of one's.

    Other than as JSON they are a file of this name.
    """
    cluster, paging = read_parameter(CLUSTER), read_paging()
    limit, after = paging
    if cluster is None and limit is None:
        return grouping_answer(name, rows)
    mimetype, cluster = read_format(), cluster or 0
    rows = reads.of_cluster(rows, cluster)
    if mimetype in TYPED:
        return _typed_answer(rows, paging, mimetype, name, cluster)
    limit = limit or LARGEST_PAGE
    page = reads.list_page(database(), rows, after, limit, csv=mimetype == CSV)
    if mimetype == JSON:
        page = page._replace(document=f'{{"{cluster}":{page.document}}}')
    return _negotiated(_page_answer(page, limit, mimetype, cluster), name)


def _typed_answer(
    rows: Rows,
    paging: tuple[int | None, int | None],
    mimetype: str,
    name: str,
    cluster: int | None = None,
) -> Response:
    """Answer with a workbook or Parquet file of all of these rows, or of one page of them."""
    limit, after = paging
    if limit is None:
        return _typed_list(reads.list_typed(database(), rows), mimetype, name)
    page = reads.list_typed_page(database(), rows, after, limit)
    answer = _versioned(typed_file(page.schema, page.tables, mimetype, name), page.version)
    return _negotiated(_linked(answer, page.next_after, limit, cluster), name)


def _typed_list(pieces: Generator, mimetype: str, name: str) -> Response:
    """Answer with a file of tables that come after their version and their schema."""
    with closing(pieces):
        version, schema = next(pieces), next(pieces)
        answer = typed_file(schema, pieces, mimetype, name)
    return _negotiated(_versioned(answer, version), name)


def json_answer(pieces: Generator[str]) -> Response:
    """Answer with a JSON document that comes in pieces, after the version of its data."""
    return _streamed(pieces, JSON)


def report_answer(report: Report) -> Response:
    """Answer with what was found out about the clusters."""
    return _versioned(Response(report.document, mimetype=JSON), report.version)


def _marked(pieces: Generator[str], mimetype: str) -> Generator[str]:
    """Return a document with the mark of UTF-8 before it, if it is CSV and the query wants one."""
    if read_parameter(BOM) != "true" or mimetype != CSV:
        return pieces
    return _with_mark(pieces)


def _with_mark(pieces: Generator[str]) -> Generator[str]:
    with closing(pieces):
        yield next(pieces)  # the version
        yield MARK
        yield from pieces


def _streamed(pieces: Generator[str], mimetype: str) -> Response:
    """Answer with what comes in pieces, after the version of its data.

    A small one is fetched whole before it is sent, so that no slow client holds up the database. Of
    a large one no more than its beginning is fetched before it is sent at the client's speed.
    """
    version = next(pieces)
    beginning, length = [], 0
    for piece in pieces:
        beginning.append(piece)
        length += len(piece)
        if length > SMALL_CHARACTERS:
            whole = at_client_speed(chain(beginning, pieces))
            answer = Response(whole, mimetype=mimetype)
            answer.call_on_close(pieces.close)
            return _versioned(answer, version)
    return _versioned(Response("".join(beginning), mimetype=mimetype), version)


def _page_answer(page: Page, limit: int, mimetype: str, cluster: int | None = None) -> Response:
    """Answer with one page of a list, and the next one's address in a Link header."""
    answer = _versioned(Response(page.document, mimetype=mimetype), page.version)
    return _linked(answer, page.next_after, limit, cluster)


def _linked(
    answer: Response, next_after: int | None, limit: int, cluster: int | None = None
) -> Response:
    """Name the address of the next page, if there is one, in a Link header."""
    if next_after is not None:
        place = {"cluster": cluster, "limit": limit, "after": next_after}
        following = url_for(request.endpoint, **request.args.to_dict() | place)
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer


def _versioned(answer: Response, version: str | None) -> Response:
    """Name the data's version; a client may keep the answer, but must ask if it still holds.

    The same data has another tag in each kind of file, since a tag stands for the bytes.
    """
    answer.headers["Cache-Control"] = "no-cache"
    if version:
        is_json = answer.mimetype == JSON
        answer.set_etag(version if is_json else f"{version}:{ENDINGS[answer.mimetype]}")
    return answer


def _negotiated(answer: Response, name: str) -> Response:
    """Say that the answer depends on what is asked for; give a file its name."""
    answer.vary.add("Accept")
    if answer.mimetype != JSON:
        file = f"{name}.{ENDINGS[answer.mimetype]}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer
