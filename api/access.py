"""Who may call: pages of the configured origins, clients that know the service's name and its key.

``AccessControl`` is a layer around the application, in front of the answers kept in memory. What it
refuses goes to the application all the same, which answers with the error that it finds in REFUSAL.
"""

import hmac
import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address

from flask import Flask, Response, request
from flask_cors import CORS
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, NotFound, Unauthorized

from config import Config

REFUSAL = "customer-segmentation.refusal"  # in a request's environ: the HTTPException to answer
READING = ("GET", "HEAD")
KEYLESS_PATHS = ("/", "/health", "/openapi.json")
FOREIGN_SITES = ("cross-site", "same-site")  # https://www.w3.org/TR/fetch-metadata/
HOST = re.compile(r"(?:\[(?P<ipv6>[^]]+)\]|(?P<name>[^:]+))(?::[0-9]*)?")
# What a page may read beyond the headers that it may read anyway.
EXPOSED = [
    "Content-Disposition",
    "ETag",
    "Link",
    "Location",
    "Preference-Applied",
    "Retry-After",
    "WWW-Authenticate",
    "X-Kept-Until",
    "X-Request-ID",
]
KEY_NEEDED = WWWAuthenticate("apikey", {"header": "X-API-Key"})


def register(app: Flask) -> None:
    """Allow the configured origins, and answer what was refused with the reason."""
    origins = [re.compile(re.escape(o) + r"\Z") for o in app.extensions["config"].cors_origins]
    CORS(app, origins=origins, expose_headers=EXPOSED)
    app.before_request(_raise_refusal)
    app.after_request(_protect)


def _raise_refusal() -> None:
    if refusal := request.environ.get(REFUSAL):
        raise refusal


def _protect(response: Response) -> Response:
    """Let no browser guess what an answer is, and no cache keep what does not say that it may."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


class AccessControl:
    """A WSGI application that passes on what may be asked, and has the rest refused by another."""

    def __init__(self, application: Callable, refuse: Callable, config: Config):
        self._application = application
        self._refuse = refuse
        self._key = config.api_key.encode()
        self._open_methods = READING if config.open_reads else ()
        self._origins = frozenset(config.cors_origins)
        self._names = frozenset(("localhost", config.host.lower(), *config.allowed_hosts))

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Let a request through, or note in REFUSAL why not."""
        try:
            _check_target(environ)
            self._check_host(environ)
            self._check_origin(environ)
            self._check_key(environ)
        except HTTPException as refusal:
            environ[REFUSAL] = refusal
            return self._refuse(environ, start_response)
        return self._application(environ, start_response)

    def _check_host(self, environ: dict) -> None:
        """Refuse names that the service doesn't know: a page may have made them up for it."""
        host = environ.get("HTTP_HOST", "")
        if not host and environ["SERVER_PROTOCOL"] == "HTTP/1.0":
            return
        if not host:
            raise BadRequest("The request needs the header Host.")
        found = HOST.fullmatch(host.lower())
        if not found or not (_is_address(**found.groupdict()) or found["name"] in self._names):
            raise BadRequest("The service is not known by this Host: see ALLOWED_HOSTS.")

    def _check_origin(self, environ: dict) -> None:
        """Refuse what a page of another origin would change; reading is the browser's to allow."""
        if environ["REQUEST_METHOD"] in (*READING, "OPTIONS"):
            return
        origin = environ.get("HTTP_ORIGIN")
        if origin in self._origins:
            return
        if origin is not None or environ.get("HTTP_SEC_FETCH_SITE") in FOREIGN_SITES:
            raise Forbidden("Pages of this origin may not call the service: see CORS_ORIGINS.")

    def _check_key(self, environ: dict) -> None:
        method = environ["REQUEST_METHOD"]
        if not self._key or environ["PATH_INFO"] in KEYLESS_PATHS or method in self._open_methods:
            return
        if method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
            return  # a preflight, which can't have the key
        given = environ.get("HTTP_X_API_KEY", "").encode("latin-1")  # as the bytes that were sent
        if not hmac.compare_digest(given, self._key):
            raise Unauthorized(
                "This call needs the service's key in the header X-API-Key.",
                www_authenticate=KEY_NEEDED,
            )


def _check_target(environ: dict) -> None:
    """Refuse targets such as http://name/path and //path, which a proxy may read otherwise."""
    target = environ.get("RAW_URI", "/")  # only gunicorn says it
    if target != "*" and (not target.startswith("/") or "#" in target):
        raise BadRequest("The request's target must be a path such as /getCustomers.")
    if environ["PATH_INFO"].startswith("//"):  # Werkzeug would pass over all but one
        raise NotFound


def _is_address(ipv6: str | None, name: str | None) -> bool:
    try:
        return ip_address(ipv6 or name).version == (6 if ipv6 else 4)
    except ValueError:
        return False
