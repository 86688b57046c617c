"""What is asked of a password, in the words of the page; the office's own make it easy to guess (ASVS 6.2.11)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import password_validation as framework
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from samrit.plans.models import Person
from samrit.web.words import LANGUAGES, word

_LEFT = 8  # signs that have to be there beside the office's words
_OURS = ("frame.name", "sign_in.password")  # the program's own name, and the word itself
_SHORTEST = 3  # letters of a word that counts


class LengthValidator(framework.MinimumLengthValidator):
    """Refuse a short password."""

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_length", get_language() or "th", count=self.min_length)

    get_error_message = get_help_text


class LikenessValidator(framework.UserAttributeSimilarityValidator):
    """Refuse a password that is like what is known of the person."""

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_likeness", get_language() or "th")

    get_error_message = get_help_text


class CommonValidator(framework.CommonPasswordValidator):
    """Refuse a password that many people use."""

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_common", get_language() or "th")

    get_error_message = get_help_text


class DigitsValidator(framework.NumericPasswordValidator):
    """Refuse a password of digits only."""

    def get_help_text(self) -> str:
        """Say what is asked."""
        return word("account.password_digits", get_language() or "th")

    get_error_message = get_help_text


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
        return word("account.password_words", get_language() or "th")
