from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backend.jobs.cron import next_time
from backend.jobs.errors import BadCron

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_times_are_read_where_the_site_lives() -> None:
    assert next_time("30 3 * * *", after=NOON, zone=SHANGHAI) == datetime(
        2026, 3, 1, 19, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "expression",
    ["0 0 30 2 *", "61 * * * *", "* 24 * * *", "* * * *", "* * * * * *", "often", "", "0 0 31 4 *"],
)
def test_a_time_that_never_comes_is_refused_with_the_cure(expression: str) -> None:
    with pytest.raises(BadCron, match="minute hour"):
        next_time(expression, after=NOON, zone=SHANGHAI)
