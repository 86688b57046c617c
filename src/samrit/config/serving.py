"""How gunicorn serves Samrit: ``gunicorn -c python:samrit.config.serving`` (``samrit serve`` starts it so)."""

from __future__ import annotations

import gc
import os
from typing import Any

wsgi_app = "samrit.config.wsgi:application"
worker_class = "gthread"
# One worker for each core and one more serves an office of 163 units; threads wait for the database and for browsers.
workers = min((os.cpu_count() or 1) + 1, 9)
# Three of them may wait for uploads (plans.records.turns); the others go on serving pages.
threads = 8
# Not preload_app: the writers of documents start threads of their own, which a fork would lose.
timeout = 120  # a whole evaluation as a document
graceful_timeout = 20
# Longer than people pause between two saves, and than a web server in front keeps its own connections (nginx: 60 s):
# none is closed just as the next figure is sent over it.
keepalive = 65
max_requests, max_requests_jitter = 10_000, 1_000
loglevel = "warning"
control_socket_disable = True  # nobody manages it by a socket in the home folder, which a service may not have


def post_worker_init(_: Any) -> None:
    """Let a worker look for unreachable objects among new ones only, once a search over everything has been done.

    The plans that a worker keeps are most of a million objects, none of which is ever part of
    a cycle: searching them took up to 0.3 s, in the middle of somebody's page. They still go
    when nothing refers to them any more; a cycle that was missed goes with the worker.
    """
    gc.callbacks.append(keep_what_survived)


def keep_what_survived(phase: str, found: dict[str, int]) -> None:
    """Take what a search over everything has left out of the searches that follow."""
    if phase == "stop" and found["generation"] == 2:
        gc.freeze()


def when_ready(server: Any) -> None:
    """Say where the pages are, once somebody answers there."""
    shown = os.environ.get("SERVING_SAYS")
    if shown:
        print(shown, flush=True)
