"""The jobs that run by the clock, and the hourly clean-up.

Every process that serves the API has a scheduler. It looks often and cheaply whether a job is due;
the database's clock says so, and an atomic claim there lets only one process do it. So nothing is
lost or done twice when processes come and go, clocks differ or the database was away for a while.
"""

import logging

from apscheduler.schedulers.background import BackgroundScheduler

from db import tables
from db.database import Database, lock_datasets
from db.errors import DatabaseError
from db.queries import schema

LOOKS_PER_INTERVAL = 10
LONGEST_WAIT_SECONDS = 10

logger = logging.getLogger(__name__)


def start(database: Database, interval_seconds: int) -> BackgroundScheduler:
    """Start dropping both tables every so many seconds; 0 means never."""
    scheduler = BackgroundScheduler(timezone="UTC")
    if interval_seconds:
        scheduler.add_job(
            clean_up,
            "interval",
            seconds=min(interval_seconds / LOOKS_PER_INTERVAL, LONGEST_WAIT_SECONDS),
            args=(database, interval_seconds),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
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
                tables.drop_tables(conn, "customers", "products")
    except DatabaseError as error:
        logger.warning("The clean-up will be tried again: %s", error)
        return False
    if claimed:
        logger.info("Dropped the tables customers and products: the clean-up was due.")
    return bool(claimed)
