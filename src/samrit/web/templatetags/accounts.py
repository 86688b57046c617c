"""Tags of the sign-in pages."""

from __future__ import annotations

from django import template
from django.conf import settings

from samrit.web.words import known, page_language, word

register = template.Library()


@register.simple_tag
def office_sign_in() -> str:
    """Return the name of the office's own sign-in, empty when there is none."""
    return (settings.OIDC_NAME or "OpenID Connect") if settings.OIDC_SERVER else ""


@register.simple_tag
def role_name(code: str) -> str:
    """Return a role in the page's language."""
    return word(f"role.{code}", page_language())


@register.simple_tag
def unit_type(code: str) -> str:
    """Return a type of units in the page's language, the code itself where a register brought another."""
    key = f"unit_type.{code}"
    return word(key, page_language()) if known(key) else code
