"""The application and the command that serves it: python app.py."""

import argparse
import sys
from pathlib import Path

from flask import Flask
from gunicorn.app.wsgiapp import WSGIApplication

import api
import scheduler
from config import VERSION, Config
from db.database import Database, open_database

HERE = Path(__file__).resolve().parent
MAX_BODY_BYTES = 64 * 1024


def create_app(config: Config | None = None, database: Database | None = None) -> Flask:
    """Make the application: open the database, put the routes on, start the scheduler.

    The settings come from the environment unless they are given. A database that is given is its
    owner's to clean up and to close.
    """
    config = config or Config.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.json.ensure_ascii = False  # as the lists, which PostgreSQL writes
    app.url_map.merge_slashes = False
    app.extensions.update(config=config, database=database or open_database(config))
    if database is None:
        app.extensions["scheduler"] = scheduler.start(
            app.extensions["database"], config.cleanup_interval_seconds
        )
    api.register(app)
    return app


def close_app(app: Flask) -> None:
    """Stop jobs and scheduler and let go of the database, where the application has its own."""
    app.extensions["jobs"].close()
    if "scheduler" in app.extensions:
        app.extensions["scheduler"].shutdown()
        app.extensions["database"].close()


def main() -> None:
    """Serve the API with gunicorn until the process is told to stop; read the command line."""
    parser = argparse.ArgumentParser(
        prog="python app.py",
        description="Serve the customer segmentation API.",
        epilog="The settings come from the environment and the file .env: see .env.example.",
    )
    parser.add_argument("--version", action="version", version=f"customer-segmentation {VERSION}")
    parser.parse_args()
    sys.argv = ["gunicorn", "--config", str(HERE / "gunicorn.conf.py"), "--chdir", str(HERE)]
    WSGIApplication().run()


if __name__ == "__main__":
    main()
