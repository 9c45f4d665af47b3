"""The HTTP side: what a call may say, what it is answered. Nothing here knows SQL."""

from flask import Flask
from flask_compress import Compress

from api import access, clusters, customers, errors, home, openapi, products, tables
from api.memory import Memory

ENCODINGS = ["zstd", "br", "gzip"]


def register(app: Flask) -> None:
    """Put every route and error handler on the application."""
    app.config.update(
        COMPRESS_ALGORITHM=ENCODINGS,
        COMPRESS_ALGORITHM_STREAMING=ENCODINGS,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # the memory does
    )
    Compress(app)
    access.register(app)
    errors.register(app)
    for subject in (home, openapi, customers, clusters, products, tables):
        app.register_blueprint(subject.blueprint)
    app.wsgi_app = Memory(
        app.wsgi_app, app.extensions["database"].version, app.extensions["config"].cache_mib
    )
