"""The worker: takes jobs from the queue and begins what is due. `huisheng worker`."""

import logging

from backend.database import ready_engine
from backend.db.base import utc_now
from backend.jobs.clock import Clock
from backend.jobs.queue import Queue
from backend.jobs.runner import Runner
from backend.periodic import periodic
from backend.settings import Settings
from backend.terminal import say

THREADS = 8
"""Jobs watched at once; each is a process. Locks keep crawls and trainings from crowding."""
POLL = 1.0
"""Seconds at most between two looks into a queue that is an SQLite file."""


def work(settings: Settings) -> None:
    """Work until stopped; what runs then is told to end."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    engine, queue = ready_engine(settings), Queue(settings)
    runner = Runner(engine, settings.data_dir)
    clock = Clock(
        engine,
        queue,
        periodic=periodic(settings),
        zone=settings.zone,
        data_dir=settings.data_dir,
        started=utc_now(),
    )
    queue.serve(runner.run, clock.tick)
    say("The worker waits for jobs.")
    try:
        queue.huey.create_consumer(
            workers=THREADS, periodic=True, initial_delay=0.1, max_delay=POLL, scheduler_interval=1
        ).run()
    finally:
        runner.stop()
        queue.close()
        engine.dispose()
