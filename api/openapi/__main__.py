"""Print the OpenAPI document of the settings, without a service or a database."""

import json

from flask import Flask

import api
from api.openapi.document import document
from config import Config


def documented(config: Config) -> dict:
    """Return the document of a service with these settings."""
    app = Flask(__name__, static_folder=None)
    app.extensions["config"] = config
    api.add_routes(app)
    return document(app)


if __name__ == "__main__":
    print(json.dumps(documented(Config.from_environment()), indent=2, sort_keys=True))
