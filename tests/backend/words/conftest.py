"""Words of the twelve songs that charts are tested on."""

from tests.backend.charts.conftest import twelve

__all__ = ["twelve"]
