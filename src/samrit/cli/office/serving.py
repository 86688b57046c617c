"""Serving the pages: everything made ready, the port tried, then gunicorn in this very process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import NoReturn

import click

from samrit.cli import shared
from samrit.cli.office import starting

PORT = 8000
Port = click.IntRange(1, 65535)


@click.command(
    "serve",
    context_settings=shared.BILINGUAL,
    help="เปิดระบบผ่านเว็บ: ปรับฐานข้อมูล เตรียมไฟล์ แล้วให้บริการ (หยุดด้วย Ctrl-C)\n\n"
    "Serve the web application: bring the database up to date, make ready, serve (Ctrl-C stops). "
    "Without settings it serves this machine only, from SQLite in the folder var; "
    "docs/operations.md has the settings of a server.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="ที่อยู่ที่ให้บริการ / address to listen at")
@click.option("--port", type=Port, default=PORT, show_default=True, help="พอร์ต / port")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="จำนวนโปรเซส / processes (default: cores + 1)"
)
@click.option("--threads", type=click.IntRange(1, 64), default=None, help="เธรดต่อโปรเซส / threads of each (default: 8)")
@shared.language_option
def command(host: str, port: int, workers: int | None, threads: int | None, language: str) -> None:
    """Serve the pages."""
    require_port(language, host, port)
    if (
        not starting.is_server()
    ):  # links in letters and on slips lead to where this machine serves; a server says it itself
        os.environ.setdefault("SAMRIT_BASE_URL", address(host, port))
    chosen = starting.start(language)
    starting.migrate(language)
    _hint(language)
    serve(language, chosen, host=host, port=port, workers=workers, threads=threads)


def require_port(language: str, host: str, port: int) -> None:
    """Leave with exit code 3 where nobody can listen at the address, before any other work."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        shared.stop(
            language,
            f"ใช้พอร์ต {port} ของ {host} ไม่ได้ ({error.strerror}): มีโปรแกรมอื่นใช้อยู่หรือไม่มีสิทธิ "
            f"โปรดหยุดโปรแกรมนั้น หรือระบุ --port อื่น เช่น --port {port + 1}",
            f"Port {port} of {host} can't be used ({error.strerror}): another program has it, or it is not allowed. "
            f"Stop that program, or give another one: --port {port + 1}",
        )


def address(host: str, port: int) -> str:
    """Return where people of this machine find the pages, without a stroke at its end."""
    is_here = host in ("127.0.0.1", "::1", "0.0.0.0", "::")  # noqa: S104
    name = "localhost" if is_here else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def serve(
    language: str, settings: str, *, host: str, port: int, workers: int | None = None, threads: int | None = None
) -> NoReturn:
    """Make fonts and static files, and become gunicorn: signals reach it directly and nothing is shared with it."""
    from django.core.management import call_command
    from django.db import connections

    call_command("build_fonts", verbosity=0)
    if settings == starting.PRODUCTION:
        # In a process of its own: where static files lie is settled when the settings load, before the fonts were made.
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, check=True)  # noqa: S603
    connections.close_all()
    at = f"{address(host, port)}/"
    stop = "Ctrl-C stops." if language == "en" else "หยุดด้วย Ctrl-C"
    os.environ["SERVING_SAYS"] = f"{at}  ({starting.database_name()})  {stop}"
    command = [sys.executable, "-m", "gunicorn", "-c", "python:samrit.config.serving"]
    command += ["--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    command += ["--workers", str(workers)] if workers else []
    command += ["--threads", str(threads)] if threads else []
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606


def _hint(language: str) -> None:
    """Say where the first administrator is made, as long as there is nobody."""
    from django.conf import settings

    from samrit.plans.services.office.setting_up import is_set_up, setup_key

    if is_set_up():
        return
    base = settings.BASE_URL.rstrip("/")
    starting.say(
        language,
        f"ยังไม่มีผู้ใช้: สร้างผู้ดูแลระบบคนแรกที่ {base}/setup/?key={setup_key()}",
        f"There is nobody yet: make the first administrator at {base}/setup/?key={setup_key()}",
    )
