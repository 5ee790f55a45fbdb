"""Serves an application on loopback until told to end."""

import asyncio
import signal
from collections.abc import Callable

from aiohttp import web

HOST = "127.0.0.1"


def serve(app: web.Application, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` is told the address.

    Raises:
        OSError: the port is taken.
    """
    asyncio.run(_serve(app, port, ready))


async def _serve(app: web.Application, port: int, ready: Callable[[str], None]) -> None:
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end.set)
    # Who is cut off in a slow body is not waited for.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        ready(f"http://{HOST}:{runner.addresses[0][1]}")
        await end.wait()
    finally:
        await runner.cleanup()
