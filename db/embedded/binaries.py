"""PostgreSQL's programs, and the account that runs them."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tarfile
import traceback
from pathlib import Path

from db.embedded.directory import BINARIES, LOG, WAY_OUT, EmbeddedServerError


def version(install: Path, **identity: object) -> bytes:
    """Ask the binaries for their version as this user; empty when they do not run."""
    command = [install / "bin" / "postgres", "--version"]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.check_output(command, stderr=sys.stderr, **identity)  # noqa: S603 - fixed
    return b""


def usable_install(install: Path, directory: Path, account: "pwd.struct_passwd") -> Path:
    """Find binaries that this account may run: the package's own, else a copy in the directory.

    The copy keeps their place beside the shared libraries, which they find by a relative path.
    """
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    if os.geteuid() or version(install, **identity):
        return install
    site, package = install.parents[1], install.parent.name
    copy = directory / BINARIES
    if version(copy / package / install.name, **identity) != version(install):
        _copy_as(
            account,
            site,
            (f"{package}/{install.name}", f"{package}/.dylibs", f"{package}.libs"),
            copy,
        )
    return copy / package / install.name


def _copy_as(account: "pwd.struct_passwd", site: Path, parts: tuple[str, ...], copy: Path) -> None:
    """Copy parts of a directory: root reads them, the account writes them with its own rights."""
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        os.close(sender)
        os._exit(_unpack_as(account, receiver, copy))
    os.close(receiver)
    with open(sender, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|") as archive:
        for part in parts:
            if (site / part).is_dir():
                archive.add(site / part, part, filter=_without_headers)
    if os.waitpid(child, 0)[1]:
        raise EmbeddedServerError(
            f"The built-in PostgreSQL's programs can't be copied to {copy}: see {LOG} beside it, "
            f"or {WAY_OUT}."
        )


def _unpack_as(account: "pwd.struct_passwd", receiver: int, copy: Path) -> int:
    try:
        become(account)
        shutil.rmtree(copy, ignore_errors=True)
        with open(receiver, "rb") as pipe, tarfile.open(fileobj=pipe, mode="r|") as archive:
            archive.extraction_filter = getattr(tarfile, "fully_trusted_filter", None)
            archive.extractall(copy)  # noqa: S202 - what this process packs
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _without_headers(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "/include" in member.name else member


def become(account: "pwd.struct_passwd") -> None:
    """Give up root's rights for good."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
