"""The settings."""

import os
from pathlib import Path

import platformdirs
import pytest

from config import Config, ConfigError, RateLimit, default_data_dir

WRONG = [
    ("DATABASE_URL", "mysql://localhost/x y"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "postgresql://ann:s3@cret@host/bank"),
    ("DATABASE_URL", "postgresql://ann:s3/cret@host/bank"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "five"),
    ("PORT", "5000.0"),
    ("PORT", "-1"),
    ("PORT", "٣"),
    ("PORT", "9" * 5000),
    ("CORS_ORIGINS", "localhost:3000"),
    ("CORS_ORIGINS", "*"),
    ("CORS_ORIGINS", "http://localhost:3000/page"),
    ("CORS_ORIGINS", "http://*.example"),
    ("CORS_ORIGINS", "http://a.example|b.example"),
    ("CORS_ORIGINS", "http://(a|b).example"),
    ("CORS_ORIGINS", "http://a.example?"),
    ("CORS_ORIGINS", "http://ann@a.example"),
    ("CORS_ORIGINS", "http://"),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "http://segments.example"),
    ("ALLOWED_HOSTS", "segments.example:5000"),
    ("ALLOWED_HOSTS", "segments.example/"),
    ("OPEN_READS", "maybe"),
    ("OPEN_READS", "1"),
    ("CLEANUP_INTERVAL_SECONDS", "-1"),
    ("CLEANUP_INTERVAL_SECONDS", "hourly"),
    ("MAX_DATASET_SIZE", "0"),
    ("MAX_DATASET_SIZE", "1e6"),
    ("STATEMENT_TIMEOUT_SECONDS", "-1"),
    ("STATEMENT_TIMEOUT_SECONDS", "5s"),
    ("RATE_LIMIT", "100"),
    ("RATE_LIMIT", "0 per minute"),
    ("RATE_LIMIT", "-1 per minute"),
    ("RATE_LIMIT", "1.5 per minute"),
    ("RATE_LIMIT", "many per minute"),
    ("RATE_LIMIT", "100 per fortnight"),
    ("RATE_LIMIT", "100 per minute, 10 per second"),
    ("RATE_LIMIT", "1٣ per day"),
    ("RATE_LIMIT", "9" * 5000 + " per day"),
    ("PROXY_COUNT", "-1"),
    ("PROXY_COUNT", "10.0.0.1"),
    ("LOG_LEVEL", "LOUD"),
    ("LOG_FORMAT", "xml"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_refused_in_one_sentence_that_names_it(name, value):
    with pytest.raises(ConfigError) as refusal:
        Config.from_environment({name: value})
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name} must be ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:s3cret@[host/x",
        "postgresql://ann:s3cret@again@host/x",
        "postgresql://ann:5/s3cret@host/x",
        "postgresql://ann:s3cret/5@host/x",
        "host=db password=s3cret port=s3cret",
    ],
)
def test_a_password_in_a_wrong_address_is_not_repeated(address):
    with pytest.raises(ConfigError) as refusal:
        Config.from_environment({"DATABASE_URL": address})
    assert "s3cret" not in str(refusal.value)
    assert "%40" in str(refusal.value)


def test_an_address_with_an_escaped_password_is_taken():
    address = "postgresql://ann:s3%40cret%2F@host:5433/bank?options=a%40b"
    assert Config.from_environment({"DATABASE_URL": address}).database_url == address


def test_the_defaults_are_the_documented_ones():
    config = Config.from_environment({})
    assert config.database_url == ""
    assert (config.host, config.port) == ("127.0.0.1", 5000)
    assert config.cors_origins == ("http://localhost:3000",)
    assert config.cleanup_interval_seconds == 3600
    assert config.max_dataset_size == 1_000_000
    assert config.api_key == ""
    assert config.allowed_hosts == ()
    assert config.open_reads is False
    assert config.statement_timeout_seconds == 300
    assert config.rate_limit is None
    assert config.proxy_count == 0
    assert config.log_level == "INFO"
    assert config.log_format == "text"


def test_the_data_lies_outside_the_checkout():
    checkout = Path(__file__).resolve().parent.parent
    assert not Config.from_environment({}).data_dir.is_relative_to(checkout)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/x/my projects/seg", "/x/my-projects/seg"),
        ("/x/my/projects/seg", "/x/my-projects/seg"),
        ("/y" * 60 + "/seg", "/z" * 60 + "/seg"),
        ("/" + "y" * 100 + "/seg" * 20, "/" + "z" * 100 + "/seg" * 20),
    ],
)
def test_two_checkouts_have_two_data_directories(one, other):
    names = [default_data_dir(Path(path)) for path in (one, one, other)]
    assert names[0] == names[1] != names[2]
    assert all(len(name.name) < 100 for name in names)


def test_an_earlier_releases_directory_is_found_by_who_used_it_last(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda: str(tmp_path))
    data = tmp_path / "customer-segmentation" / "x-my-projects-seg" / "18" / "pgdata"
    data.mkdir(parents=True)
    (data / "postmaster.opts").write_text('/x/my projects/seg/.venv/bin/postgres "-D" "/data"\n')
    assert default_data_dir(Path("/x/my projects/seg")) == data.parent.parent
    assert default_data_dir(Path("/x/my-projects/seg")) != data.parent.parent


def test_values_are_read():
    config = Config.from_environment(
        {
            "DATABASE_URL": "postgresql://ann@db.example/bank",
            "DATA_DIR": "/tmp/some where",
            "HOST": "0.0.0.0",
            "PORT": " 8080 ",
            "ALLOWED_HOSTS": "Segments.example, b.example",
            "OPEN_READS": "True",
            "CORS_ORIGINS": "https://a.example, https://b.example:8443/,http://[::1]:3000",
            "CLEANUP_INTERVAL_SECONDS": "0",
            "MAX_DATASET_SIZE": "10",
            "API_KEY": "secret",
            "STATEMENT_TIMEOUT_SECONDS": "0",
            "RATE_LIMIT": "100 per minute",
            "PROXY_COUNT": "2",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
        }
    )
    assert config.database_url == "postgresql://ann@db.example/bank"
    assert config.data_dir == Path("/tmp/some where")
    assert (config.host, config.port) == ("0.0.0.0", 8080)
    assert config.cors_origins == (
        "https://a.example",
        "https://b.example:8443",
        "http://[::1]:3000",
    )
    assert config.allowed_hosts == ("segments.example", "b.example")
    assert config.open_reads is True
    assert config.cleanup_interval_seconds == 0
    assert config.max_dataset_size == 10
    assert config.api_key == "secret"
    assert config.statement_timeout_seconds == 0
    assert config.rate_limit == RateLimit(100, 60)
    assert config.proxy_count == 2
    assert config.log_level == "DEBUG"
    assert config.log_format == "json"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("1 per second", (1, 1)),
        ("20/minute", (20, 60)),
        ("300 Per Hour", (300, 3600)),
        ("999999999 per day", (999_999_999, 86_400)),
    ],
)
def test_a_rate_is_read(text, limit):
    assert Config.from_environment({"RATE_LIMIT": text}).rate_limit == limit


def test_an_empty_value_is_the_default():
    assert Config.from_environment({"PORT": "", "LOG_LEVEL": "  "}) == Config.from_environment({})
