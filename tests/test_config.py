"""The settings."""

from pathlib import Path

import pytest

from config import Config, ConfigError, RateLimit

WRONG = [
    ("DATABASE_URL", "mysql://localhost/x y"),
    ("DATABASE_URL", "nonsense"),
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


def test_a_password_in_a_wrong_address_is_not_repeated():
    with pytest.raises(ConfigError) as refusal:
        Config.from_environment({"DATABASE_URL": "postgresql://ann:s3cret@[host/x"})
    assert "s3cret" not in str(refusal.value)


def test_the_defaults_are_the_documented_ones():
    config = Config.from_environment({})
    assert config.database_url == ""
    assert (config.host, config.port) == ("127.0.0.1", 5000)
    assert config.cors_origins == ("http://localhost:3000",)
    assert config.cleanup_interval_seconds == 3600
    assert config.max_dataset_size == 1_000_000
    assert config.api_key == ""
    assert config.statement_timeout_seconds == 300
    assert config.rate_limit is None
    assert config.proxy_count == 0
    assert config.log_level == "INFO"
    assert config.log_format == "text"


def test_the_data_lies_outside_the_checkout():
    checkout = Path(__file__).resolve().parent.parent
    assert not Config.from_environment({}).data_dir.is_relative_to(checkout)


def test_values_are_read():
    config = Config.from_environment(
        {
            "DATABASE_URL": "postgresql://ann@db.example/bank",
            "DATA_DIR": "/tmp/some where",
            "HOST": "0.0.0.0",
            "PORT": " 8080 ",
            "CORS_ORIGINS": "https://a.example, https://b.example:8443/,",
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
    assert config.cors_origins == ("https://a.example", "https://b.example:8443")
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
