"""Times that come again, as cron writes them, read in the zone where the site lives."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from backend.jobs.errors import BadCron

FIELDS = 5


def next_time(expression: str, *, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment after `after` that the expression names, in UTC.

    Raises:
        BadCron: it cannot be read, or names a day that never comes.
    """
    if len(expression.split()) != FIELDS:
        raise BadCron(expression, "there are not five fields")
    try:
        found = next(CronSim(expression, after.astimezone(zone)))
    except CronSimError as error:
        raise BadCron(expression, str(error)) from None
    except StopIteration:
        raise BadCron(expression, "not within the next fifty years") from None
    return found.astimezone(UTC)
