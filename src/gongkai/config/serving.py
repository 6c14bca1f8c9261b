"""The web server: gunicorn inside this process, with threads, so that one command serves a site."""

import logging
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gunicorn import glogging
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from gongkai.config.logs import JsonFormatter

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_STOP_WITHIN_SECONDS = 20
_REQUEST_TIMEOUT_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Listening:
    """Where and with how many processes and threads to serve."""

    address: str
    workers: int
    threads: int


def mounted(application: Application, mount_path: str) -> Application:
    """The application below ``mount_path``, whether or not the proxy in front has already cut the path off."""
    if not mount_path:
        return application

    def below(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == mount_path or path.startswith(f"{mount_path}/"):
            environ["PATH_INFO"] = path[len(mount_path) :] or "/"
        return application(environ, start_response)

    return below


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One application on one address; `run` returns by SystemExit when it was told to stop."""

    def __init__(self, application: Application, listening: Listening) -> None:
        self._application = application
        self._listening = listening
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": self._listening.address,
            "workers": self._listening.workers,
            "threads": self._listening.threads,
            "worker_class": "gthread",
            # Django is loaded once, before the fork: the workers share its memory.
            "preload_app": True,
            "timeout": _REQUEST_TIMEOUT_SECONDS,
            "graceful_timeout": _STOP_WITHIN_SECONDS,
            "keepalive": 5,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "loglevel": "warning",
            "logger_class": _StructuredLogger,
            "control_socket_disable": True,
            "post_worker_init": _leave_the_stop_key_to_the_parent,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        return self._application

    def run(self) -> None:
        _PatientArbiter(self).run()


class _PatientArbiter(Arbiter):  # type: ignore[misc]
    """Ctrl-C lets running requests end, as SIGTERM does."""

    def handle_int(self) -> None:
        self.handle_term()


class _StructuredLogger(glogging.Logger):  # type: ignore[misc]
    """The server's own few lines in the form of all others."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in logging.getLogger("gunicorn.error").handlers:
            handler.setFormatter(JsonFormatter())


def _leave_the_stop_key_to_the_parent(worker: Any) -> None:
    # A terminal sends Ctrl-C to the whole group; the parent passes it on as a gentle stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
