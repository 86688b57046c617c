"""What is asked of a password, in the words of the page; the office's own make it easy to guess (ASVS 6.2.11)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib.auth import password_validation as framework
from django.core.exceptions import ValidationError

from samrit.plans.models import Person
from samrit.web.words import LANGUAGES, page_language, word

_LEFT = 8  # signs that have to be there beside the office's words
_OURS = ("frame.name", "sign_in.password")  # the program's own name, and the word itself
_SHORTEST = 3  # letters of a word that counts
_LENGTH = 12  # signs of a password at least (``AUTH_PASSWORD_VALIDATORS``)
_PAUSE = re.compile(r"[\s./-]")  # what people put between digits
_DIFFERENT = 5  # digits that have to be of so many kinds
_CITIZEN, _TELEPHONE = 13, 14  # digits of a citizen's number; of a telephone with what is put beside it
_OF_TELEPHONE = re.compile(r"^(0|66)[689]\d{8}")  # a mobile number of Thailand
_DATE = re.compile(  # 08 04 2569, 2569 04 08, 08 04 2026 …
    r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(24|25|19|20)\d\d|(24|25|19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
)


class LengthValidator(framework.MinimumLengthValidator):
    """Refuse a short password."""

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_length", page_language(), count=self.min_length)

    get_error_message = get_help_text


class LikenessValidator(framework.UserAttributeSimilarityValidator):
    """Refuse a password that is like what is known of the person."""

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_likeness", page_language())

    get_error_message = get_help_text


class CommonValidator(framework.CommonPasswordValidator):
    """Refuse a password that many people use."""

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_common", page_language())

    get_error_message = get_help_text


class DigitsValidator:
    """Refuse digits that somebody can look up or count up: a citizen's number, a telephone, a date, a row.

    Digits alone are no fault otherwise (ASVS 6.2.5): twelve that were drawn by lot are hard to guess.
    """

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002 - the framework names it
        """Raise ValidationError for digits that say something."""
        digits = "".join(str(unicodedata.digit(sign, "")) for sign in password if not _PAUSE.match(sign))
        if len(digits) == len(_PAUSE.sub("", password)) and is_known_number(digits):
            raise ValidationError(self.get_help_text(), code="password_of_digits")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_digits", page_language())


def is_known_number(digits: str) -> bool:
    """Say whether somebody could look the number up, or count it up."""
    steps = [(int(b) - int(a)) % 10 for a, b in pairwise(digits)]
    in_a_row = any(len(set(steps[at : at + 5])) == 1 for at in range(len(steps) - 4))
    telephone = len(digits) <= _TELEPHONE and _OF_TELEPHONE.search(digits) is not None
    return (
        len(set(digits)) < _DIFFERENT
        or in_a_row
        or telephone
        or _is_citizen(digits)
        or _DATE.search(digits) is not None
    )


def _is_citizen(digits: str) -> bool:
    """Say whether it is a Thai citizen's number, whose thirteenth digit follows from the others."""
    if len(digits) != _CITIZEN:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(_CITIZEN, 1, -1), strict=False))
    return int(digits[-1]) == (11 - total % 11) % 10


class BreachedValidator:
    """Refuse a password of the office's list of those that were once stolen (``SAMRIT_BREACHED_PASSWORDS``)."""

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002 - the framework names it
        """Raise ValidationError for a password of the list."""
        if settings.BREACHED_PASSWORDS and password.casefold() in _breached(str(settings.BREACHED_PASSWORDS)):
            raise ValidationError(word("account.password_breached", page_language()), code="password_breached")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_common", page_language())


@cache
def _breached(file: str) -> frozenset[str]:
    """Return the passwords of a text with one a line; those too short for any account here are left aside."""
    with Path(file).open(encoding="utf-8", errors="replace") as lines:
        return frozenset(line for each in lines if len(line := each.strip().casefold()) >= _LENGTH)


class OfficeWordsValidator:
    """Refuse a password of which little is left once the words of ``PASSWORD_WORDS`` are taken out."""

    def __init__(self, words: Iterable[str] | None = None) -> None:
        self.words = words

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002 - the framework names it
        """Raise ValidationError for a password that is little more than the office's words."""
        given = settings.PASSWORD_WORDS if self.words is None else self.words
        given = [*given, *(word(key, language) for key in _OURS for language in LANGUAGES)]
        rest = password.casefold()
        for known in sorted((w.casefold() for w in given if len(w) >= _SHORTEST), key=len, reverse=True):
            rest = rest.replace(known, "")
        if len(rest) < _LEFT and rest != password.casefold():
            raise ValidationError(self.get_help_text(), code="password_of_the_office")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_words", page_language())
