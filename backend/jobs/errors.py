"""What the jobs refuse."""

from backend.errors import Conflict, Invalid, NotFound


class JobNotFound(NotFound):
    def __init__(self, job_id: int) -> None:
        super().__init__(f"There is no job {job_id}.")


class ScheduleNotFound(NotFound):
    def __init__(self, schedule_id: int) -> None:
        super().__init__(f"There is no schedule {schedule_id}.")


class JobRefused(Conflict):
    """The job may not run now; it is not a failure of the job itself."""


class AlreadyRunning(JobRefused):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is running already. Wait for it, or stop it first.")


class JobCancelled(Exception):
    """Somebody asked the job to stop, and it did."""


class BadCron(Invalid):
    def __init__(self, expression: str, why: str) -> None:
        super().__init__(
            f"“{expression}” is no time that ever comes ({why}). Five fields: minute hour "
            "day-of-month month day-of-week, e.g. 30 3 * * * for every day at 03:30."
        )
