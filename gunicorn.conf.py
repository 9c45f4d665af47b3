"""How gunicorn serves the API; read by `python app.py` and by `gunicorn` alone in this directory.

Options on gunicorn's command line win over those here: `gunicorn --workers 4`, for example.
"""

import json
import logging
import os
import socket
import sys

from psycopg2.extensions import parse_dsn

import app
import logs
import scheduler
from api.limits import RequestCounts
from config import VERSION, Config, ConfigError
from db.database import open_database
from db.embedded import EmbeddedServerError
from db.errors import DatabaseError, first_line
from workers import BufferingWorker, limit_stalls

logger = logging.getLogger("app")

try:
    settings = Config.from_environment()
except ConfigError as error:
    sys.exit(str(error))

wsgi_app = f"{app.__name__}:create_app()"
host = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"{host}:{settings.port}"
workers = 2
worker_class = BufferingWorker
threads = 16
keepalive = 15
graceful_timeout = 10  # seconds that requests under way get when the service is stopped
logconfig_dict = logs.configuration(settings.log_level, settings.log_format)
preload_app = False  # each worker opens its own connections and has its own scheduler
http_parser = "python"  # gunicorn's own, whatever else is installed
control_socket_disable = True
forwarded_allow_ips = ""  # whom to believe about a request's origin is the setting PROXY_COUNT
proc_name = "customer-segmentation"

request_counts = RequestCounts()  # all workers, which are forks of this process, share it


def on_starting(server):
    """Make sure of the address and the database, or say in one sentence what is wrong."""
    for address in server.address:
        if isinstance(address, tuple):  # not a Unix socket, which gunicorn replaces
            _check_free(*address)
    server.database = _ready_database()


def _check_free(host, port):
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = os.strerror(error.errno) if (error.errno or 0) > 0 else error.strerror
        sys.exit(f"Can't listen on {host}:{port} ({reason}): set HOST and PORT.")


def _ready_database():
    try:
        database = open_database(settings)
        with database.writing():
            pass
        scheduler.clean_up(database, settings.cleanup_interval_seconds)
    except EmbeddedServerError as error:
        sys.exit(str(error))
    except DatabaseError as error:
        reason = first_line(error.__cause__)
        sys.exit(f"The database that DATABASE_URL names can't be used: {reason}")
    _log_start(database)
    database.disconnect()  # a connection must not be shared with the workers
    return database


def _log_start(database):
    """Say what is started, on which data, and what becomes of them."""
    logger.info("Customer segmentation %s, process %s", VERSION, os.getpid())
    if settings.database_url:
        logger.info("Database: %s", _without_password(settings.database_url))
    else:
        logger.info("Data directory: %s", settings.data_dir)
    interval = settings.cleanup_interval_seconds
    due = json.loads(database.describe(interval))["next_clean_up"]
    logger.info("Next clean-up of customers and products: %s", due or "never")


def _without_password(address):
    address = parse_dsn(address)
    return f"{address.get('dbname', 'the default one')} on {address.get('host', 'this machine')}"


def when_ready(server):
    """Be ready for slow clients, and say where the service listens."""
    limit_stalls(listener.sock for listener in server.LISTENERS)
    logger.info("Listening on http://%s", bind)


def post_fork(_server, _worker):
    """Leave Ctrl-C to the master, which then ends the workers in good order."""
    os.setpgid(0, 0)


def post_worker_init(worker):
    """Let all workers count each client's requests together."""
    worker.wsgi.extensions["request_counts"] = request_counts


def worker_exit(_server, worker):
    """Tell the jobs that the worker leaves behind as failed, and begin nothing new."""
    if hasattr(worker, "wsgi"):
        worker.wsgi.extensions["jobs"].close()
        worker.wsgi.extensions["scheduler"].shutdown(wait=False)


def on_exit(server):
    """Let go of the built-in PostgreSQL, which stops when nobody else uses it."""
    server.database.close()
    logger.info("Stopped.")
