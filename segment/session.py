"""A session of Spark: what it needs, how it is set, and the code that its processes get."""

import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from py4j.protocol import Py4JError
from pyspark.sql import SparkSession

from segment.files import Refused

ROOT = Path(__file__).resolve().parent.parent
CODE = ("clustering", "data_generator", "datasets", "product_match", "segment")
CODE += ("progress.py", "schema.py", "terminal.py")
OLDEST_JAVA = 17
PARTS = 32  # at least so many of a table, the same ones however many machines answer
SETTINGS = {
    "spark.app.name": "segment",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={ROOT / 'segment/log4j2.xml'}",
    "spark.sql.caseSensitive": "true",  # as columns' names are
    "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
    "spark.sql.files.minPartitionNum": str(PARTS),
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": str(PARTS),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def spark_session(
    master: str | None, settings: Sequence[tuple[str, str]]
) -> Iterator[SparkSession]:
    """Give a session on a master, else on what the environment says, else on this machine.

    `settings` are Spark's own; they win. Raises Refused where there is no Java.
    """
    check_java()
    logging.getLogger().addHandler(logging.NullHandler())  # of Py4J, which logs what it raises too
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder
    for name, value in (SETTINGS | dict(settings)).items():
        builder = builder.config(name, value)
    if master is not None:
        builder = builder.master(master)
    session = builder.getOrCreate()
    try:
        with tempfile.TemporaryDirectory() as directory:
            session.sparkContext.addPyFile(_zipped(Path(directory, "segment_code.zip")))
            yield session
    finally:
        with suppress(Py4JError, OSError):  # as after Ctrl-C, which ends Java too
            session.stop()


def check_java() -> None:
    """Raise Refused unless there is a Java that Spark runs on."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    said = _version_of(java) if java else ""
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < OLDEST_JAVA:
        found = f"this is Java {version[1]}" if version else "there is none"
        raise Refused(
            f"Spark needs Java {OLDEST_JAVA} or later, and {found}: install it (on Debian:"
            " apt-get install openjdk-17-jre-headless), or name its directory in JAVA_HOME."
        )


def _version_of(java: str) -> str:
    asked = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    return asked.stderr


def _zipped(target: Path) -> str:
    """Write the modules that Spark's processes need to a file, and return its path."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in CODE:
            paths = [ROOT / name] if name.endswith(".py") else sorted((ROOT / name).glob("*.py"))
            for path in paths:
                archive.write(path, path.relative_to(ROOT))
    return str(target)
