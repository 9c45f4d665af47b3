"""No secret is in the repository: no file in it has anything that looks like one."""

import math
import re
import subprocess
from collections import Counter

import pytest

from tests.runner import ROOT

# Names and passwords that documentation and tests make up.
EXAMPLES = [
    "postgresql://segmentation:secret@db.example/segmentation",
    "postgresql://user:password@host/database",
    "postgresql://ann:s3cret@127.0.0.1",
    "postgresql://ann:s3@cret",
    "postgresql://ann:s3cret@again",
    "postgresql://ann:s3%40cret%2F@host",
    "password=s3cret",
    '"s3cret"',
    '"secret"',
]
PATTERNS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_\w{22,})",
    "a token of GitLab": r"\bglpat-[\w-]{20}",
    "a token of PyPI": r"\bpypi-AgE[\w-]{50,}",
    "a token of Slack": r"\bxox[abeprs]-[\w-]{10,}",
    "a key of Google": r"\bAIza[\w-]{35}",
    "a key of Stripe or OpenAI": r"\b(?:[rs]k_live_|sk-)[A-Za-z0-9]{20,}",
    "a JSON web token": r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.",
    "an address with a password": r"\b[a-z][a-z0-9+]*://[^\s:/@{}]+:[^\s:/@{}]+@[\w.-]+(?:/\w+)?",
    "a password in quotes": (
        r"(?i)(?:passw(?:or)?d|secret|token|api_?key)\w*[\"']?\s*[:=]\s*[\"'][^\"'\s{}$]{4,}[\"']"
    ),
    "a password in a setting": (
        r"(?i)\w*(?:passw(?:or)?d|secret|token|api_?key)=[\w+/-]{4,}(?![\w+/),.(\[-])"
    ),
}
RANDOM = re.compile(r"\b[A-Za-z0-9+/_-]{32,}={0,2}")
LEAST_BITS = 4.5  # per character: no word of a language reaches it, a random base64 text does


# What npm writes into a lock file: the hashes of packages, and which versions they need.
LOCKED = re.compile(r'"integrity": "sha512-[\w+/]{86}=="|"[\w@/.-]+": "[\^~]?[0-9]+(?:\.[0-9]+)*"')


def secrets_in(text):
    """Yield what looks like a secret, and what it looks like."""
    text = LOCKED.sub("", text)
    for example in EXAMPLES:
        text = text.replace(example, "")
    for kind, pattern in PATTERNS.items():
        yield from ((kind, found[0]) for found in re.finditer(pattern, text))
    yield from (("random", word) for word in RANDOM.findall(text) if is_random(word))


def is_random(word):
    """Tell whether a long word has so many different characters as only chance gives it."""
    mixed = all(re.search(kind, word) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    shares = [count / len(word) for count in Counter(word).values()]
    return mixed and -sum(share * math.log2(share) for share in shares) > LEAST_BITS


def files():
    """Every file of the repository, and those that are about to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip(f"not a git repository: {listed.stderr.strip()}")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_file_has_a_secret():
    read = [path for path in files() if path.is_file()]
    assert ROOT / "README.md" in read
    found = {
        str(path.relative_to(ROOT)): secrets
        for path in read
        if (secrets := list(secrets_in(path.read_text(errors="replace"))))
    }
    assert found == {}


def test_no_settings_file_is_in_the_repository():
    assert not any(re.fullmatch(r"\.env|.*\.(pem|key|p12|pfx)", path.name) for path in files())


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("a private key", ("-----BEGIN RSA", " PRIVATE KEY-----")),
        ("a key of AWS", ("AKIA", "IOSFODNN7EXAMPLE")),
        ("a token of GitHub", ("ghp_", "a1B2" * 9)),
        ("a token of GitLab", ("glpat-", "a1B2c" * 4)),
        ("a token of PyPI", ("pypi-AgE", "IcHlwaS" * 9)),
        ("a token of Slack", ("xoxb-", "1234567890-abc")),
        ("a key of Google", ("AIza", "SyA12" * 7)),
        ("a key of Stripe or OpenAI", ("sk_live_", "a1B2c" * 5)),
        ("a JSON web token", ("eyJhbGciOiJI", ".eyJzdWIiOiIx.sig")),
        ("an address with a password", ("postgresql://ann:", "hunter22@db.bank/main")),
        ("a password in quotes", ('"password": ', '"hunter22"')),
        ("a password in quotes", ("API_KEY = ", "'hunter22'")),
        ("a password in a setting", ("API_KEY=", "hunter22\n")),
        ("a password in a setting", ("host=db password=", "hunter22")),
        ("random", ("key: aB3dE5gH7jK9mN1p", "Q2rS4tU6vW8xY0zA1cD3fG5")),
    ],
)
def test_a_secret_would_be_found(kind, parts):
    assert kind in dict(secrets_in(f"before {''.join(parts)} behind"))


def test_what_only_names_a_secret_is_none():
    for line in ("API_KEY=", "password=role)", "X-API-Key: ...", "token = make_token()"):
        assert list(secrets_in(line)) == []
