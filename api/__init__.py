"""The HTTP side: what a call may say, what it is answered. Nothing here knows SQL."""

from flask import Flask

from api import access, clusters, customers, errors, home, products, tables


def register(app: Flask) -> None:
    """Put every route and error handler on the application."""
    access.register(app)
    errors.register(app)
    for subject in (home, customers, clusters, products, tables):
        app.register_blueprint(subject.blueprint)
