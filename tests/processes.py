"""The processes of a service and of its PostgreSQL: find them, kill them, await what follows."""

import time

import psutil

NOTICE_SECONDS = 60  # until what must happen has happened, on a busy machine


def servers(data_dir):
    """The postmasters of the built-in PostgreSQL in this directory, and their sessions."""
    return [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres"
        and str(data_dir) in " ".join(process.info["cmdline"] or ())
    ]


def workers(service):
    return psutil.Process(service.process.pid).children()


def worker_of(service, client_port):
    """The worker that has accepted the connection from this port."""
    deadline = time.monotonic() + NOTICE_SECONDS
    while time.monotonic() < deadline:
        for worker in workers(service):
            try:
                connections = worker.net_connections("tcp")
            except psutil.NoSuchProcess:
                continue
            if any(found.raddr and found.raddr.port == client_port for found in connections):
                return worker
        time.sleep(0.005)
    raise AssertionError("no worker took the connection")


def kill_all(service):
    """Kill -9 the master first, so that it starts no new worker, then the workers."""
    victims = [psutil.Process(service.process.pid), *workers(service)]
    for victim in victims:
        victim.kill()
    service.process.wait()
    wait_for(lambda: not any(map(runs, victims)))


def runs(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(condition, seconds=NOTICE_SECONDS):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, condition
        time.sleep(0.02)
