"""Ask pip-audit whether what the service runs on has a known vulnerability: make audit.

One that is found fails. Where the data on vulnerabilities can't be reached, one line says so.
"""

import json
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
OPTIONS = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
OUT_OF_REACH = "connect"  # in pip-audit's last words, when there is no way to the data


def main() -> int:
    """Print what is known, and return the exit status."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", REQUIREMENTS, *OPTIONS]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if asked.stdout.strip():
        return report(json.loads(asked.stdout)["dependencies"])
    if OUT_OF_REACH in asked.stderr.lower():
        return report([])
    print(asked.stderr, file=sys.stderr)
    return asked.returncode or 1


def report(packages: list[dict]) -> int:
    """Print a line for each vulnerability, and one that sums up."""
    known = [package for package in packages if "vulns" in package]
    if not known:
        print("The data on known vulnerabilities can't be reached: nothing is known about any.")
        return 0
    found = [(package, vulnerability) for package in known for vulnerability in package["vulns"]]
    for package, vulnerability in found:
        fixed = ", ".join(vulnerability["fix_versions"]) or "no version yet"
        name = f"{package['name']} {package['version']}"
        print(f"{name} has the vulnerability {vulnerability['id']}, fixed in {fixed}.")
    print(f"Known vulnerabilities: {len(found)}, in {len(known)} packages.")
    if len(known) < len(packages):
        print(f"The data on the other {len(packages) - len(known)} packages can't be reached.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
