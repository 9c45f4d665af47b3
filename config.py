"""The settings: one frozen Config, and the only reader of the environment."""

import hashlib
import os
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

import platformdirs
import psycopg2
from dotenv import dotenv_values
from psycopg2.extensions import parse_dsn

from schema import LARGEST_INT

HERE = Path(__file__).resolve().parent
VERSION = "1.1.0"  # as pyproject.toml has it
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("text", "json")
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_RATE = re.compile(rf"([1-9][0-9]{{0,8}})(?: per |/)({'|'.join(UNITS)})")
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", re.IGNORECASE)
EXAMPLE_WIDTH = 98  # of the comments in .env.example
LONGEST_NUMBER = 20  # digits that are worth reading
LARGEST_SEED = 2**53 - 1  # the largest whole number that every JSON client holds exactly


class ConfigError(Exception):
    """A setting has a value that the service cannot use."""


class RateLimit(NamedTuple):
    """At most so many requests in so many seconds."""

    requests: int
    seconds: int


def default_data_dir(checkout: Path = HERE) -> Path:
    """Return a directory of this user's and this checkout's, outside the checkout.

    Root's home is closed to the ordinary user that PostgreSQL must run as, so root's is /var/lib.
    Earlier releases gave two checkouts the same name in some cases; a directory of that name stays
    in use by the checkout whose PostgreSQL ran in it last.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    parent = Path("/var/lib") if root else Path(platformdirs.user_data_dir())
    parent /= "customer-segmentation"
    readable = str(checkout).strip(os.sep).replace(os.sep, "-").replace(" ", "-")
    earlier = parent / readable[-80:]
    if _was_used_by(checkout, earlier):
        return earlier
    digest = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]
    return parent / f"{readable[-60:]}-{digest}"


def _was_used_by(checkout: Path, data_dir: Path) -> bool:
    """Tell whether the checkout's own PostgreSQL ran here last: its options name the program."""
    try:
        options = [path.read_text() for path in data_dir.glob("*/pgdata/postmaster.opts")]
    except (OSError, ValueError):  # closed to this user
        return False
    return any(text.startswith(f"{checkout}{os.sep}") for text in options)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of such numbers; its ValueError says what is wanted."""

    def read(text: str) -> int:
        short = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
        if not (short and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _database_url(text: str) -> str:
    wanted = (
        "a PostgreSQL address such as postgresql://user@host/database, "
        "with %40 for an @ and %2F for a / in its password"
    )
    try:
        address = parse_dsn(text)
    except psycopg2.ProgrammingError:
        raise ValueError(wanted) from None
    user, _, _ = text.partition("://")[2].rpartition("@")
    if re.search("[@/]", user) or not re.fullmatch("[0-9,]*", address.get("port", "")):
        raise ValueError(wanted)
    return text


def _listed(text: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in text.split(",") if entry.strip())


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(origin.rstrip("/") for origin in _listed(text))
    if not all(map(_ORIGIN.fullmatch, origins)):
        raise ValueError("comma-separated origins such as http://localhost:3000")
    return origins


def _host_names(text: str) -> tuple[str, ...]:
    names = tuple(name.lower() for name in _listed(text))
    if not all(map(_HOST_NAME.fullmatch, names)):
        raise ValueError("comma-separated names such as segments.example, without port or scheme")
    return names


def _rate_limit(text: str) -> RateLimit:
    rate = _RATE.fullmatch(text.lower())
    if rate is None:
        raise ValueError(f"a number of requests per {', '.join(UNITS)}, such as 100 per minute")
    return RateLimit(int(rate[1]), UNITS[rate[2]])


def _one_of(*choices: str) -> Callable[[str], str]:
    by_name = {choice.lower(): choice for choice in choices}

    def read(text: str) -> str:
        if text.lower() not in by_name:
            raise ValueError(f"one of {', '.join(choices)}")
        return by_name[text.lower()]

    return read


def _true_or_false(text: str) -> bool:
    return _one_of("true", "false")(text) == "true"


def _setting(read: Callable[[str], object], default: object, meaning: str) -> object:
    """Return a field whose text is read by `read`; `default` may be a function that gives it."""
    kind = "default_factory" if callable(default) else "default"
    return field(metadata={"read": read, "meaning": meaning}, **{kind: default})


@dataclass(frozen=True)
class Config:
    """Every setting; each is the environment variable of the same name in capitals."""

    database_url: str = _setting(
        _database_url,
        "",
        "A PostgreSQL to use, such as postgresql://user:password@host/database; empty: the service "
        "starts one of its own. Use a database of its own: the tables customers and products are "
        "replaced.",
    )
    read_database_url: str = _setting(
        _database_url,
        "",
        "A streaming replica of DATABASE_URL's server, to read lists from while it is as new as "
        "that; empty: none.",
    )
    data_dir: Path = _setting(  # noqa: RUF009 - it gives a field
        Path,
        default_data_dir,
        "Where the service's own PostgreSQL keeps its data; empty: a directory of this checkout's "
        "in ~/.local/share/customer-segmentation (as root: in /var/lib/customer-segmentation).",
    )
    host: str = _setting(str, "127.0.0.1", "The address to listen on.")
    port: int = _setting(whole_number(1, 65535), 5000, "The port to listen on.")
    allowed_hosts: tuple[str, ...] = _setting(
        _host_names,
        (),
        "The names that the service may be called by, comma-separated, beside localhost, any IP "
        "address and HOST.",
    )
    cors_origins: tuple[str, ...] = _setting(
        _origins,
        ("http://localhost:3000",),
        "The origins whose pages may call the API, comma-separated.",
    )
    cleanup_interval_seconds: int = _setting(
        whole_number(0, LARGEST_INT),
        3600,
        "How often both tables are dropped, in seconds; 0: never.",
    )
    max_dataset_size: int = _setting(
        whole_number(1, 10_000_000), 1_000_000, "The most rows that a dataset may have."
    )
    max_workspaces: int = _setting(
        whole_number(0, 1_000_000),
        100,
        "How many workspaces may exist at once, beside the shared one; 0: none.",
    )
    workspace_idle_seconds: int = _setting(
        whole_number(0, LARGEST_INT),
        86_400,
        "After how many seconds without a call a workspace is dropped, with all that is in it; 0: "
        "never.",
    )
    max_import_mib: int = _setting(
        whole_number(1, 1_000_000),
        512,
        "The largest file of customers or products that is imported, in MiB.",
    )
    max_running_jobs: int = _setting(
        whole_number(1, 100),
        2,
        "How many jobs (calls with Prefer: respond-async) are worked on at once.",
    )
    api_key: str = _setting(
        str,
        "",
        "When set, every route but /, /health and /openapi.json needs it in the header X-API-Key.",
    )
    open_reads: bool = _setting(
        _true_or_false,
        False,
        "With a key set: true lets everybody read (GET) without it, for a public demonstration "
        "with invented customers.",
    )
    cache_mib: int = _setting(
        whole_number(0, 1_000_000),
        64,
        "How many MiB of answers each worker keeps to give them again while nothing has changed; "
        "0: none.",
    )
    statement_timeout_seconds: int = _setting(
        whole_number(0, 86_400),
        300,
        "How long one statement may take in the database, in seconds; 0: as long as it likes.",
    )
    rate_limit: RateLimit | None = _setting(  # noqa: RUF009 - it gives a field
        _rate_limit,
        None,
        "How many requests a client may make, such as 100 per minute (or second, hour, day); "
        "empty: any number.",
    )
    proxy_count: int = _setting(
        whole_number(0, 10),
        0,
        "How many proxies stand in front of the service, each of which adds the address that it "
        "was called from to X-Forwarded-For; 0: clients call it themselves.",
    )
    log_level: str = _setting(
        _one_of(*LOG_LEVELS),
        "INFO",
        "How much is logged: DEBUG, INFO (a line for each request), WARNING, ERROR or CRITICAL.",
    )
    log_format: str = _setting(
        _one_of(*LOG_FORMATS), "text", "How the log is written: text, or json (an object a line)."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """Read the settings; unset and empty ones keep their default.

        Without an argument, from the process's environment and the checkout's .env file, of
        which the environment wins. Raises ConfigError with one sentence that names the setting.
        """
        if environment is None:
            environment = {**dotenv_values(HERE / ".env"), **os.environ}
        config = cls(**dict(_read_settings(environment)))
        if config.read_database_url and not config.database_url:
            raise ConfigError("READ_DATABASE_URL is a replica's: set DATABASE_URL to its primary.")
        return config


def _read_settings(environment: Mapping[str, str | None]):
    for setting in fields(Config):
        name = setting.name.upper()
        text = (environment.get(name) or "").strip()
        if not text:
            continue
        try:
            yield setting.name, setting.metadata["read"](text)
        except ValueError as wanted:
            raise ConfigError(f"{name} must be {wanted}.") from None


def example() -> str:
    """Return the text of .env.example: every setting with its meaning and its default."""
    head = (
        "Every setting with its default. Copy this file to .env and change what you need; "
        "what the environment sets wins over the file."
    )
    entries = [
        f"{_comment(setting.metadata['meaning'])}{_line(setting)}" for setting in fields(Config)
    ]
    return "\n".join([_comment(head), *entries])


def _comment(text: str) -> str:
    lines = textwrap.wrap(text, EXAMPLE_WIDTH, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def _line(setting: Field) -> str:
    default = "" if setting.default in (MISSING, None) else setting.default
    if isinstance(default, tuple):
        default = ",".join(default)
    return (
        f"{setting.name.upper()}={str(default).lower() if isinstance(default, bool) else default}\n"
    )


if __name__ == "__main__":
    print(example(), end="")
