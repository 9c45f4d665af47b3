"""The settings: one frozen Config, and the only reader of the environment."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import platformdirs
import psycopg2
from dotenv import dotenv_values
from psycopg2.extensions import parse_dsn

from schema import LARGEST_INT

HERE = Path(__file__).resolve().parent
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("text", "json")
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_RATE = re.compile(rf"([1-9][0-9]{{0,8}})(?: per |/)({'|'.join(UNITS)})")
LONGEST_NUMBER = 20  # digits that are worth reading
LARGEST_SEED = 2**53 - 1  # the largest whole number that every JSON client holds exactly


class ConfigError(Exception):
    """A setting has a value that the service cannot use."""


class RateLimit(NamedTuple):
    """At most so many requests in so many seconds."""

    requests: int
    seconds: int


def default_data_dir() -> Path:
    """A directory of this user's and this checkout's, outside the checkout.

    Root's home is closed to the ordinary user that PostgreSQL must run as, so root's is /var/lib.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    parent = Path("/var/lib") if root else Path(platformdirs.user_data_dir())
    return parent / "customer-segmentation" / _checkout_name()


def _checkout_name() -> str:
    return str(HERE).strip(os.sep).replace(os.sep, "-").replace(" ", "-")[-80:]


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of such numbers; its ValueError says what is wanted."""

    def read(text: str) -> int:
        short = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
        if not (short and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _database_url(text: str) -> str:
    try:
        parse_dsn(text)
    except psycopg2.ProgrammingError:
        raise ValueError("a PostgreSQL address such as postgresql://user@host/database") from None
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(origin.strip().rstrip("/") for origin in text.split(",") if origin.strip())
    for origin in origins:
        if urlsplit(origin).scheme not in ("http", "https") or urlsplit(origin).path:
            raise ValueError("comma-separated origins such as http://localhost:3000")
    return origins


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


def _setting(read: Callable, default: object) -> object:
    return field(default=default, metadata={"read": read})


@dataclass(frozen=True)
class Config:
    """Every setting; each is the environment variable of the same name in capitals."""

    database_url: str = _setting(_database_url, "")
    data_dir: Path = field(default_factory=default_data_dir, metadata={"read": Path})
    host: str = _setting(str, "127.0.0.1")
    port: int = _setting(whole_number(1, 65535), 5000)
    cors_origins: tuple[str, ...] = _setting(_origins, ("http://localhost:3000",))
    cleanup_interval_seconds: int = _setting(whole_number(0, LARGEST_INT), 3600)
    max_dataset_size: int = _setting(whole_number(1, 10_000_000), 1_000_000)
    max_import_mib: int = _setting(whole_number(1, 1_000_000), 512)
    api_key: str = _setting(str, "")
    cache_mib: int = _setting(whole_number(0, 1_000_000), 64)
    statement_timeout_seconds: int = _setting(whole_number(0, 86_400), 300)
    rate_limit: RateLimit | None = field(default=None, metadata={"read": _rate_limit})
    proxy_count: int = _setting(whole_number(0, 10), 0)
    log_level: str = _setting(_one_of(*LOG_LEVELS), "INFO")
    log_format: str = _setting(_one_of(*LOG_FORMATS), "text")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """Read the settings; unset and empty ones keep their default.

        Without an argument, from the process's environment and the checkout's .env file, of
        which the environment wins. Raises ConfigError with one sentence that names the setting.
        """
        if environment is None:
            environment = {**dotenv_values(HERE / ".env"), **os.environ}
        return cls(**dict(_read_settings(environment)))


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
