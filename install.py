"""Make the environment .venv and install a file of requirements into it; called by make.

It needs nothing but Python's own library, and is written so that an old Python can read it: what is
missing is said in one sentence. What pip says in full stands in .venv/install.log.
"""

import os
import re
import subprocess
import sys

OLDEST = (3, 11)
VERSION = ".".join(map(str, sys.version_info[:2]))
ENVIRONMENT = ".venv"
PYTHON = os.path.join(ENVIRONMENT, "bin", "python")
LOG = os.path.join(ENVIRONMENT, "install.log")
PIP = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
INSTALL = ["install", "--only-binary=:all:", "--progress-bar=off", "--retries=2", "--timeout=15"]
WHEEL = re.compile(  # and not its .metadata, which may come before it
    r"(?:Downloading|Using cached|Processing) (?:\S*/)?([^-\s]+)-([^-\s]+)-\S+\.whl(?!\.metadata)"
    r"(?: \(([\d.]+) (bytes|kB|MB)\))?"
)
MEGABYTES = {"bytes": 1e-6, "kB": 1e-3, "MB": 1.0}
UNREACHABLE = re.compile(
    r"connection broken|NewConnectionError|ConnectTimeout|ReadTimeout|name resolution|unreachable"
)
NO_WHEEL = re.compile(r"No matching distribution found for (\S+)")
FULL = "No space left on device"
ERROR = re.compile(r"^ERROR: (.*)", re.MULTILINE)


def main(requirements):
    """Make the environment if there is none, then install; exit with a sentence on failure."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"Python {VERSION} is too old: the service needs 3.11 or later; name one that you "
            "have, for example: make PYTHON=python3.12 run"
        )
    if not works():
        make_environment()
    install(requirements)


def works():
    """Tell whether the environment is there, whole and of a Python that still exists."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return subprocess.call([*PIP, "--version"], **quiet) == 0  # noqa: S603 - a fixed program
    except OSError:
        return False


def make_environment():
    """Make an empty environment."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian has it in a package of its own
        import venv  # noqa: PLC0415
    except ImportError:
        sys.exit(
            "This Python has no module venv: install it (on Debian and Ubuntu: "
            "apt-get install python3-venv), then call make again."
        )
    print(f"Making the environment {ENVIRONMENT} with Python {VERSION} ...", flush=True)
    venv.create(ENVIRONMENT, clear=True, symlinks=True, with_pip=True)


def install(requirements):
    """Install what the file lists, and say how far it is."""
    with open(requirements) as file:
        total = sum("==" in line for line in file)
    print(f"Installing the {total} packages of {requirements} ...", flush=True)
    command = [*PIP, *INSTALL, "-r", requirements]
    pip = subprocess.Popen(  # noqa: S603 - a fixed program
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with open(LOG, "w") as log:
        megabytes = follow(pip.stdout, log, total)
    if pip.wait():
        sys.exit(reason())
    print(f"Installed ({megabytes:.0f} MB).", flush=True)


def follow(lines, log, total):
    """Show each package that pip fetches, with its size; return how many megabytes all have."""
    done, megabytes = 0, 0.0
    for line in lines:
        log.write(line)
        wheel = WHEEL.search(line)
        if wheel:
            name, version, amount, unit = wheel.groups()
            done += 1
            megabytes += float(amount or 0) * MEGABYTES[unit or "MB"]
            size = f"{amount} {unit}" if amount else "on this disk"
            show(f"  {done} of {max(total, done)}: {name} {version}, {size}")
        elif line.startswith("Installing collected"):
            show(f"  unpacking {megabytes:.0f} MB ...\n")
    return megabytes


def show(text):
    """Write over the last such line in a terminal; elsewhere write one more."""
    if sys.stdout.isatty():
        print("\r\033[K" + text, end="", flush=True)
    else:
        print(text.rstrip(), flush=True)


def reason():
    """Return in one sentence why pip failed."""
    with open(LOG) as log:
        said = log.read()
    if UNREACHABLE.search(said):
        return (
            "The packages can't be fetched, for there is no way to the package index: check the "
            "network, or name another index in PIP_INDEX_URL."
        )
    if FULL in said:
        return "The disk is full: free about 1 GB, then call make again."
    missing = NO_WHEEL.search(said)
    if missing:
        return (
            f"There is no ready-made package of {missing.group(1)} for this system; there are for "
            "Linux (x86-64 and aarch64, with glibc) and macOS, with Python 3.11 to 3.14."
        )
    errors = ERROR.findall(said) or ["it gives no reason"]
    return f"pip failed ({errors[-1]}): see {LOG}."


if __name__ == "__main__":
    main(sys.argv[1])
