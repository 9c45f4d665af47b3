"""A standalone cluster of Spark: one master and two worker processes on this machine."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import pyspark

HOST = "127.0.0.1"
SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
N_WORKERS = 2
SETTINGS = {  # of every application: an executor of one core on each worker
    "spark.cores.max": str(N_WORKERS),
    "spark.driver.bindAddress": HOST,
    "spark.driver.host": HOST,
    "spark.executor.cores": "1",
    "spark.executor.memory": "1g",
}


class Cluster:
    """The processes of a cluster; `url` is its master's."""

    def __init__(self, url, workers):
        self.url, self.workers = url, workers

    def kill_a_worker(self):
        """Kill a worker with all that it has started, without a word to anybody."""
        worker = psutil.Process(self.workers.pop().pid)
        for process in [*worker.children(recursive=True), worker]:
            process.kill()

    def executors(self):
        """Count the processes that the workers have started."""
        return sum(len(psutil.Process(worker.pid).children()) for worker in self.workers)


@contextmanager
def running_cluster(directory, cores):
    """Give a cluster whose workers have so many cores each."""
    environment = os.environ | {
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_DIRS": str(directory),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_NO_DAEMONIZE": "1",
    }
    processes = []

    def start(name, kind, *arguments):
        log = directory / f"{name}.log"
        command = [SPARK_CLASS, f"org.apache.spark.deploy.{kind}", *arguments]
        with log.open("w") as file:
            processes.append(
                subprocess.Popen([*map(str, command)], stdout=file, stderr=file, env=environment)
            )
        return log

    try:
        log = start("master", "master.Master", "--host", HOST, "--port", "0", "--webui-port", "0")
        url = said(log, r"Starting Spark master at (spark://\S+)")
        for number in range(N_WORKERS):
            options = ["--host", HOST, "--cores", cores, "--memory", "4g", "--webui-port", "0"]
            work = ["--work-dir", directory / f"work{number}"]
            said(
                start(f"worker{number}", "worker.Worker", url, *options, *work),
                "(Successfully registered)",
            )
        yield Cluster(url, processes[1:])
    finally:
        for process in reversed(processes):
            if process.poll() is None:
                for child in psutil.Process(process.pid).children(recursive=True):
                    child.kill()
                process.kill()
            process.wait()


def said(log, pattern, seconds=120):
    """Wait until a log says something, and return that."""
    deadline = time.monotonic() + seconds
    while not (found := re.search(pattern, log.read_text())):
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    return found[1]


def arguments(url, **settings):
    """Return the arguments of the command that has its work done there."""
    confs = [f"--conf={name}={value}" for name, value in (SETTINGS | settings).items()]
    return ["--engine", "spark", "--master", url, *confs]
