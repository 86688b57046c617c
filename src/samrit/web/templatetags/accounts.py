"""Tags of the sign-in pages."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.translation import get_language

from samrit.web.words import known, word

register = template.Library()


@register.simple_tag
def office_sign_in() -> str:
    """Return the name of the office's own sign-in, empty when there is none."""
    return (settings.OIDC_NAME or "OpenID Connect") if settings.OIDC_SERVER else ""


@register.simple_tag
def role_name(code: str) -> str:
    """Return a role in the page's language."""
    return word(f"role.{code}", get_language() or "th")


@register.simple_tag
def unit_type(code: str) -> str:
    """Return a type of units in the page's language, the code itself where a register brought another."""
    key = f"unit_type.{code}"
    return word(key, get_language() or "th") if known(key) else code
