"""What is due by the clock: the hourly clean-up, idle workspaces, and jobs whose time is over.

Every process that serves the API has a scheduler. It looks often and cheaply whether a job is due;
the database's clock says so, and an atomic claim there lets only one process do it. So nothing is
lost or done twice when processes come and go, clocks differ or the database was away for a while.
"""

import logging

from apscheduler.schedulers.background import BackgroundScheduler

from db import jobs, tables
from db.database import Database, lock_datasets
from db.errors import DatabaseAway, DatabaseError
from db.queries import schema

LOOKS_PER_INTERVAL = 10
LONGEST_WAIT_SECONDS = 10
IDLE_LOOK_SECONDS = 5

logger = logging.getLogger(__name__)


def start(database: Database, interval_seconds: int) -> BackgroundScheduler:
    """Start dropping both tables every so many seconds (0: never), idle workspaces and old jobs."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    if interval_seconds:
        look_seconds = min(interval_seconds / LOOKS_PER_INTERVAL, LONGEST_WAIT_SECONDS)
        scheduler.add_job(clean_up, "interval", [database, interval_seconds], seconds=look_seconds)
    if database.drops_workspaces:
        scheduler.add_job(drop_idle_workspaces, "interval", [database], seconds=IDLE_LOOK_SECONDS)
    scheduler.add_job(forget_jobs, "interval", [database], seconds=LONGEST_WAIT_SECONDS)
    scheduler.start()
    return scheduler


def clean_up(database: Database, interval_seconds: int) -> bool:
    """Drop both tables if that is due and no other process does it; tell whether it was done.

    The claim and the drop are one transaction: when the process dies midway, neither happened.
    An interval of 0 seconds means never.
    """
    if not interval_seconds:
        return False
    try:
        with database.writing() as conn:
            claimed = schema.claim_job(conn, name="clean_up", interval_seconds=interval_seconds)
            if claimed:
                lock_datasets(conn, "customers", "products")
                tables.clean_up(conn)
    except DatabaseAway:  # which was said
        return False
    except DatabaseError as error:
        logger.warning("The clean-up will be tried again: %s", error)
        return False
    if claimed:
        logger.info("Dropped the tables customers and products: the clean-up was due.")
    return bool(claimed)


def drop_idle_workspaces(database: Database) -> int:
    """Drop the workspaces that nobody called for too long; return how many this process dropped."""
    try:
        dropped = database.drop_idle_workspaces()
    except DatabaseAway:
        return 0
    except DatabaseError as error:
        logger.warning("The idle workspaces will be looked for again: %s", error)
        return 0
    if dropped:
        logger.info("Dropped %s idle workspaces.", dropped)
    return dropped


def forget_jobs(database: Database) -> None:
    """Tell the jobs of dead processes as failed, and forget those that ended long ago."""
    try:
        with database.writing() as conn:
            jobs.forget(conn)
    except DatabaseError as error:
        logger.warning("The jobs will be looked through again: %s", error)
