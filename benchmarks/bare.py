"""The least that Flask can answer: a constant, from memory."""

from flask import Flask, Response


def create_app(size: int) -> Flask:
    """Make an application whose one view answers with so many bytes."""
    app = Flask(__name__, static_folder=None)
    body = b"0" * size

    @app.get("/")
    def constant() -> Response:
        """Answer the constant."""
        return Response(body, mimetype="application/json")

    return app
