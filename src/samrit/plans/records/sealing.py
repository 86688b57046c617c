"""Signing and enciphering backups: who made one, and that nobody else reads it.

Signed with a key made from the server's secret key; enciphered, where the office wants it,
with a key made from a passphrase (scrypt), piece by piece with AES-256-GCM: each piece
knows its place and whether it is the last, so none can be cut off, doubled or moved
(the construction called STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from samrit.plans.errors import ServiceError

MAGIC: Final = b"samrit-sealed/1\n"
_SALT, _PREFIX, _PIECE, _TAG = 16, 7, 1 << 20, 16


def signature(content: bytes) -> str:
    """Return what this server signs ``content`` with."""
    return _signed(str(settings.SECRET_KEY), content)


def is_signed(content: bytes, given: str) -> bool:
    """Say whether this server, with its present key or an earlier one, has signed ``content``."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(_signed(str(key), content), given) for key in keys)


def seal(source: IO[bytes], target: IO[bytes], passphrase: str) -> None:
    """Write ``source`` to ``target`` so that only who knows the passphrase reads it."""
    salt, prefix = os.urandom(_SALT), os.urandom(_PREFIX)
    box = _box(passphrase, salt)
    target.write(MAGIC + salt + prefix)
    for number, piece, is_last in _pieces(source, _PIECE):
        target.write(box.encrypt(_nonce(prefix, number, is_last), piece, MAGIC))


def open_sealed(source: IO[bytes], target: IO[bytes], passphrase: str) -> None:
    """Write what was sealed to ``target``.

    Raises ServiceError ``backup_sealed`` for a wrong passphrase or a changed file.
    """
    if source.read(len(MAGIC)) != MAGIC:
        raise ServiceError("backup_sealed")
    salt, prefix = source.read(_SALT), source.read(_PREFIX)
    box = _box(passphrase, salt)
    try:
        for number, piece, is_last in _pieces(source, _PIECE + _TAG):
            target.write(box.decrypt(_nonce(prefix, number, is_last), piece, MAGIC))
    except (InvalidTag, ValueError) as error:
        raise ServiceError("backup_sealed") from error


def _pieces(source: IO[bytes], size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Yield number, bytes and whether it is the last of each piece; there is at least one, be it empty."""
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _box(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(hashlib.scrypt(passphrase.encode(), salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32))


def _signed(secret: str, content: bytes) -> str:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"samrit backup").derive(secret.encode())
    return hmac.new(key, content, hashlib.sha256).hexdigest()
