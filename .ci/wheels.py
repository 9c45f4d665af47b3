"""Ask pip whether every requirement comes as a wheel for each system and Python: make wheels.

What is pure Python here is so everywhere; it must only take those Pythons. The rest is looked up.
"""

import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
GLIBC = range(17, 29)  # the manylinux tags that Debian 11 and later take: glibc 2.17 to 2.28
SYSTEMS = {
    "Linux on x86-64": [f"manylinux_2_{minor}_x86_64" for minor in GLIBC],
    "Linux on aarch64": [f"manylinux_2_{minor}_aarch64" for minor in GLIBC],
    "macOS on arm64": ["macosx_14_0_arm64"],
    "macOS on x86-64": ["macosx_14_0_x86_64"],
}
SYSTEMS["Linux on x86-64"].append("manylinux2014_x86_64")
SYSTEMS["Linux on aarch64"].append("manylinux2014_aarch64")
AT_ONCE = 4
MISSING = re.compile(r"No matching distribution found for (\S+)")


def main() -> int:
    """Print what has no wheel, and return the exit status."""
    lines = [line for line in REQUIREMENTS.read_text().splitlines() if "==" in line]
    requirements = [Requirement(line) for line in lines]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        cases = list(product(SYSTEMS, PYTHONS))
        problems = list(pool.map(lambda case: problem(requirements, *case), cases))
    found = [sentence for sentence in problems if sentence]
    print(*found or [f"All {len(lines)} requirements have wheels: {', '.join(SYSTEMS)}."], sep="\n")
    return bool(found)


def problem(requirements: list[Requirement], system: str, python: str) -> str:
    """Return a sentence about the first requirement that can't be installed there, or nothing."""
    marked = default_environment() | {"python_version": python}
    wanted = [one for one in requirements if not one.marker or one.marker.evaluate(marked)]
    for one in wanted:
        if is_pure(one) and not takes(one, python):
            return f"{one} does not take Python {python}."
    platforms = [f"--platform={tag}" for tag in SYSTEMS[system]]
    said = ask(
        [str(one) for one in wanted if not is_pure(one)], [f"--python-version={python}", *platforms]
    )
    if not said:
        return ""
    if missing := MISSING.search(said):
        return f"{missing[1]} has no wheel for Python {python} and {system}."
    return f"pip can't tell what there is for Python {python} and {system}: {said.splitlines()[-1]}"


def is_pure(requirement: Requirement) -> bool:
    """Tell whether what is installed came as a wheel for every system."""
    try:
        return "none-any" in (distribution(requirement.name).read_text("WHEEL") or "")
    except PackageNotFoundError:
        return False


def takes(requirement: Requirement, python: str) -> bool:
    """Tell whether the package says that it works with this Python."""
    needed = distribution(requirement.name).metadata.get("Requires-Python") or ""
    return f"{python}.0" in SpecifierSet(needed) or f"{python}.9" in SpecifierSet(needed)


def ask(requirements: list[str], options: list[str]) -> str:
    """Let pip look for the wheels; return what it says when it doesn't find one."""
    names = [requirement.split(";")[0] for requirement in requirements]
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps"]
    with tempfile.TemporaryDirectory() as target:
        always = ["--only-binary=:all:", "--ignore-installed", "--target", target]
        asked = subprocess.run(  # noqa: S603 - a fixed program
            [*command, *always, *options, *names], capture_output=True, text=True, check=False
        )
    return asked.stderr if asked.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
