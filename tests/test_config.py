"""The settings."""

from pathlib import Path

import pytest

from config import Config, ConfigError

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
    ("LOG_LEVEL", "LOUD"),
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
    assert config.log_level == "INFO"


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
            "LOG_LEVEL": "debug",
        }
    )
    assert config.database_url == "postgresql://ann@db.example/bank"
    assert config.data_dir == Path("/tmp/some where")
    assert (config.host, config.port) == ("0.0.0.0", 8080)
    assert config.cors_origins == ("https://a.example", "https://b.example:8443")
    assert config.cleanup_interval_seconds == 0
    assert config.max_dataset_size == 10
    assert config.api_key == "secret"
    assert config.log_level == "DEBUG"


def test_an_empty_value_is_the_default():
    assert Config.from_environment({"PORT": "", "LOG_LEVEL": "  "}) == Config.from_environment({})
