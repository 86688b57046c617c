"""The environment, read in this one file (style.md §3); secrets have no defaults in production."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


def text(name: str, default: str | None = None) -> str:
    """Return the variable ``name``, or the content of the file that ``name_FILE`` names.

    The latter is for secrets that a keeper of secrets hands out as files.  An empty variable counts as one that is not
    set.  Raises RuntimeError with what to do when it is missing and has no default, or when the file can't be read.
    """
    value = os.environ.get(name) or default
    if not os.environ.get(name) and (file := os.environ.get(f"{name}_FILE")):
        try:
            value = Path(file).read_text("utf-8").strip()
        except (OSError, ValueError) as error:
            raise RuntimeError(f"the file that {name}_FILE names can't be read: {error}") from error
    if value is None:
        raise RuntimeError(f"set the environment variable {name} (see docs/operations.md)")
    return value


def require(holds: bool, name: str, wanted: str) -> None:
    """Raise RuntimeError with what to do unless the variable is as it has to be."""
    if not holds:
        raise RuntimeError(f"the environment variable {name} has to be {wanted} (see docs/operations.md)")


def count(name: str, default: int, *, least: int = 1, most: int = 9_999) -> int:
    """Return a whole number from ``least`` to ``most``; raises RuntimeError with what to do for anything else."""
    given = text(name, str(default)).strip()
    fits = given.isascii() and given.isdecimal() and len(given) < 10 and least <= int(given) <= most
    require(fits, name, f"a number from {least} to {most}")
    return int(given)


def secret(name: str) -> str:
    """Return a secret of at least 50 characters, not repeated letters."""
    value = text(name)
    strong = len(value) >= 50 and len(set(value)) >= 5
    require(strong, name, "at least 50 random characters")
    return value


def kept_secret(file: Path) -> str:
    """Return the secret kept in ``file``; it is made at the first call, for its owner's eyes only."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # another process was first: its secret counts
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text("ascii")


def hosts(name: str) -> list[str]:
    """Return the host names of the server; a pattern for every name there is would defeat their purpose."""
    given = names(name) if text(name).strip() else []
    require(bool(given) and "*" not in given, name, "the host names of this server, with commas between")
    return given


def flag(name: str, *, default: bool) -> bool:
    """Return whether the variable says yes ("1", "true", "yes", "on") or no ("0", "false", "no", "off").

    Raises RuntimeError with what to do for anything else: a misspelled yes would be a no that nobody meant.
    """
    said = text(name, "1" if default else "0").strip().lower()
    require(said in _YES | _NO, name, "yes or no (1, true, yes, on; 0, false, no, off)")
    return said in _YES


_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


_ROLES = ("reporter", "head", "planner", "executive", "auditor", "administrator")


def roles(name: str) -> list[str]:
    """Return names of roles written with commas; "all" means every one."""
    given = names(name)
    require(set(given) <= {*_ROLES, "all"}, name, "names of roles, or all: " + ", ".join(sorted(_ROLES)))
    return list(_ROLES) if "all" in given else given


def is_near(host: str) -> bool:
    """Say whether a host is this machine; a path is a socket on it, and no host means one."""
    return not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}


def is_secret_or_near(database: Mapping[str, Any]) -> bool:
    """Say whether the way to the database is this machine's own or enciphered, to a server that is made sure of."""
    options: Mapping[str, str] = database.get("OPTIONS", {})
    return is_near(str(database.get("HOST", ""))) or options.get("sslmode") in {"verify-ca", "verify-full"}


def names(name: str, default: str = "") -> list[str]:
    """Return a list written with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def place(name: str, default: Path) -> Path:
    """Return a folder or file."""
    return Path(text(name, str(default))).expanduser().resolve()


def file(name: str) -> str:
    """Return the path of a file that can be read, "" where none is named."""
    path = text(name, "")
    require(not path or os.access(path, os.R_OK), name, f"a file that can be read: {path}")
    return path


def address(name: str, default: str | None = None) -> str:
    """Return the address of a server, "http://host:port" or "https://host"; "" where that is the default."""
    given = text(name, default)
    try:
        parts = urlsplit(given)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, half an address
        is_one = False
    require(not given or is_one, name, "an address as https://server.example")
    return given


def scanner(name: str) -> str:
    """Return where a scanner listens, a socket's path or ``host:port``; "" where none is named."""
    place = text(name, "")
    _, _, port = place.rpartition(":")
    is_port = ":" in place and port.isascii() and port.isdecimal() and len(port) <= 5
    require(not place or place.startswith("/") or is_port, name, "the path of a socket, or host:port")
    return place


def log_handler(name: str) -> dict[str, object]:
    """Return where a log of JSON lines goes: ``syslog:HOST:PORT``, a file, which may be moved away, or stderr."""
    file = text(name, "")
    if file.startswith("syslog:"):
        host, _, port = file.removeprefix("syslog:").rpartition(":")
        require(bool(host) and port.isascii() and port.isdecimal(), name, "syslog:HOST:PORT, or a file")
        return {"class": "logging.handlers.SysLogHandler", "address": (host, int(port[:5])), "formatter": "json"}
    if not file:
        return {"class": "logging.StreamHandler", "formatter": "json"}
    return {"class": "logging.handlers.WatchedFileHandler", "filename": file, "formatter": "json", "delay": True}


def database(url: str, folder: Path) -> dict[str, object]:
    """Return Django's settings for a database URL: ``sqlite:///file`` or ``postgresql://user:password@host:port/name``.

    The latter takes ``?sslmode=verify-full&sslrootcert=FILE`` where the server is another machine, and
    ``sslcert`` and ``sslkey`` where the server wants a certificate instead of a password.

    Raises RuntimeError for any other kind, and for options that are not known.
    """
    refused = (
        "the environment variable SAMRIT_DATABASE has to be "
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME (see docs/operations.md)"
    )
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as error:  # no number for a port, half an address: not told, for it may hold the password
        raise RuntimeError(refused) from error
    if parts.scheme == "sqlite":
        return _sqlite(parts.path.removeprefix("/"), folder)
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(parts, port)
    raise RuntimeError(refused)


def _sqlite(name: str, folder: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name if name in ("", ":memory:") or name.startswith("/") else str(folder / name),
        # Writers wait for one another instead of failing in the middle of a transaction.  FULL: what was
        # acknowledged is there after a power failure too, as it is on PostgreSQL.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(parts: SplitResult, port: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "OPTIONS": _tls(parts.query),
        "CONN_HEALTH_CHECKS": True,  # after a restart of the database no page is lost to a dead connection
    }


def _tls(query: str) -> dict[str, str]:
    """Return how the connection to PostgreSQL is kept secret; anything else in the address would be left unsaid."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    modes = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
    if asked.keys() - {"sslmode", "sslrootcert", "sslcert", "sslkey"} or asked.get("sslmode", "prefer") not in modes:
        raise RuntimeError(
            f"SAMRIT_DATABASE takes sslmode, sslrootcert, sslcert and sslkey behind the question mark, not {query!r}"
        )
    return asked
