"""The environment, read in this one file (style.md §3); secrets have no defaults in production."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def text(name: str, default: str | None = None) -> str:
    """Return the variable ``name``; raises RuntimeError with what to do when it is missing and has no default."""
    value = os.environ.get(name, default)
    if value is None:
        raise RuntimeError(f"set the environment variable {name} (see docs/operations.md)")
    return value


def require(holds: bool, name: str, wanted: str) -> None:
    """Raise RuntimeError with what to do unless the variable is as it has to be."""
    if not holds:
        raise RuntimeError(f"the environment variable {name} has to be {wanted} (see docs/operations.md)")


def count(name: str, default: int) -> int:
    """Return a whole number of at least 1 and below 10,000; raises RuntimeError with what to do for anything else."""
    given = text(name, str(default)).strip()
    require(given.isascii() and given.isdecimal() and 0 < int(given[:5]) < 10_000, name, "a number from 1 to 9999")
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
    """Return whether the variable says yes ("1", "true", "yes", "on")."""
    return text(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def names(name: str, default: str = "") -> list[str]:
    """Return a list written with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def place(name: str, default: Path) -> Path:
    """Return a folder or file."""
    return Path(text(name, str(default))).expanduser().resolve()


def log_handler(name: str) -> dict[str, object]:
    """Return where a log of JSON lines goes: the file that the variable names, which may be moved away, else stderr."""
    file = text(name, "")
    if not file:
        return {"class": "logging.StreamHandler", "formatter": "json"}
    return {"class": "logging.handlers.WatchedFileHandler", "filename": file, "formatter": "json", "delay": True}


def database(url: str, folder: Path) -> dict[str, object]:
    """Return Django's settings for a database URL: ``sqlite:///file`` or ``postgresql://user:password@host:port/name``.

    The latter takes ``?sslmode=verify-full&sslrootcert=FILE`` where the server is another machine.

    Raises RuntimeError for any other kind, and for options that are not known.
    """
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415

    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = parts.path.removeprefix("/")
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
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": _tls(parts.query),
            "CONN_HEALTH_CHECKS": True,  # after a restart of the database no page is lost to a dead connection
        }
    raise RuntimeError(f"the database {parts.scheme}:// is not supported; use sqlite:/// or postgresql://")


def _tls(query: str) -> dict[str, str]:
    """Return how the connection to PostgreSQL is kept secret; anything else in the address would be left unsaid."""
    from urllib.parse import parse_qsl  # noqa: PLC0415

    asked = dict(parse_qsl(query, keep_blank_values=True))
    modes = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
    if asked.keys() - {"sslmode", "sslrootcert"} or asked.get("sslmode", "prefer") not in modes:
        raise RuntimeError(f"SAMRIT_DATABASE takes sslmode and sslrootcert behind the question mark, not {query!r}")
    return asked
