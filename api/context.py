"""What a view needs from the application that serves it."""

from flask import current_app

from config import Config
from db.database import Database


def database() -> Database:
    """Return the database of the application that serves this request."""
    return current_app.extensions["database"]


def config() -> Config:
    """Return the settings of the application that serves this request."""
    return current_app.extensions["config"]
