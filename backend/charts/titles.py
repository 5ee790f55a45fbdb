"""Names of the charts in Chinese, for whoever has no page to word them."""

import json
from pathlib import Path

TITLES: dict[str, str] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
