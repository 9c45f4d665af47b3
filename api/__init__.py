"""The HTTP side: what a call may say, what it is answered. Nothing here knows SQL."""

from collections.abc import Callable

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from api import (
    access,
    assignments,
    clusters,
    context,
    customers,
    errors,
    home,
    imports,
    jobs,
    offers,
    products,
    samples,
    segmentations,
    tables,
)
from api.access import AccessControl
from api.cache import ResponseCache
from api.limits import RateLimiter, RequestCounts
from api.log import RequestLog
from api.media_types import CSV, JSON

SUBJECTS = (
    home,
    customers,
    clusters,
    assignments,
    segmentations,
    samples,
    products,
    offers,
    tables,
    imports,
    jobs,
)
ENCODINGS = ["zstd", "br", "gzip"]


def register(app: Flask) -> None:
    """Put every route and error handler on the application."""
    app.config.update(
        COMPRESS_ALGORITHM=ENCODINGS,
        COMPRESS_ALGORITHM_STREAMING=ENCODINGS,
        COMPRESS_MIMETYPES=[JSON, CSV],
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # the memory does
    )
    access.register(app)  # before Compress, which sets the Vary that this adds to
    Compress(app)
    errors.register(app)
    context.register(app)
    add_routes(app)
    jobs.register(app)
    app.wsgi_app = _wrap(app)


def add_routes(app: Flask) -> None:
    """Put every route on the application."""
    for subject in SUBJECTS:
        app.register_blueprint(subject.blueprint)


def _wrap(app: Flask) -> Callable:
    """Return the application in its layers, from the inside out.

    The requests are counted in the application's extension `request_counts`, which a server with
    several processes replaces with one that they share.
    """
    config, database = app.extensions["config"], app.extensions["database"]
    app.extensions["request_counts"] = RequestCounts()
    layers = app.extensions["response_cache"] = ResponseCache(
        app.wsgi_app, database, config.cache_mib
    )
    layers = AccessControl(layers, app.wsgi_app, config)
    if config.rate_limit:
        layers = RateLimiter(
            layers, app.wsgi_app, config.rate_limit, lambda: app.extensions["request_counts"]
        )
    layers = RequestLog(layers)
    if config.proxy_count:
        layers = ProxyFix(layers, x_for=config.proxy_count, x_proto=0)
    return layers
