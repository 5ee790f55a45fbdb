"""The web server: gunicorn with threads, in a process of its own.

Run as `python -m backend.server`; `huisheng serve` does so with the environment it needs.
"""

import argparse
import encodings.idna  # noqa: F401  # a database's first connection would bring it
import gc
from typing import Any

import numpy.ma  # noqa: F401  # the first search for distinct numbers would bring it
from gunicorn.app.base import BaseApplication

from backend.app import configure_logging, create_app
from backend.settings import Settings
from models.mood.opinion import warm


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    def __init__(self, settings: Settings, *, reload: bool) -> None:
        self.settings = settings
        self.reload = reload
        super().__init__()

    def load_config(self) -> None:
        settings = self.settings
        options: dict[str, Any] = {
            "bind": settings.listen,
            "workers": settings.workers or (1 if settings.is_sqlite else 2),
            "worker_class": "gthread",
            "threads": settings.threads,
            "reload": self.reload,
            "preload_app": not self.reload,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            # Until the second opinion on a crisis is there the rules speak alone.
            "post_worker_init": lambda _: warm(settings.opinion_dir),
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        app = create_app(self.settings)
        # What is loaded stays: nothing of it is gone through by the collector while a request
        # waits, and workers go on sharing its pages.
        gc.collect()
        gc.freeze()
        return app


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reload", action="store_true", help="restart when the code changes")
    reload = parser.parse_args().reload
    configure_logging()
    Server(Settings.from_environment(), reload=reload).run()


if __name__ == "__main__":
    main()
