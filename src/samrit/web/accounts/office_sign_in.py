"""The office's own sign-in, held to more than the library holds it to.

The library trusts an ID token that came over TLS, and knows no nonce.  Here a token counts only when it is signed
with one of the provider's keys by an algorithm of public keys, names the issuer that the office set, and carries the
nonce of this very sign-in.
"""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.core.internal.deferred import jwt  # the library's own: PyJWT comes with it
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_STRENGTH = "office_sign_in_acr"  # in the session: how the provider says that it made sure


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the provider, with a nonce of this sign-in."""
    answer = _view(OAuth2LoginView, request, provider_id)
    place = answer.headers.get("Location", "")
    state = parse_qs(urlsplit(place).query).get("state", [""])[0]
    if state:
        answer.headers["Location"] = f"{place}&{urlencode({'nonce': nonce_of(state)})}"
    return answer


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the browser back from the provider."""
    return _view(OAuth2CallbackView, request, provider_id)


def nonce_of(state: str) -> str:
    """Return the nonce of a sign-in, which nobody makes without this server's key."""
    return salted_hmac("samrit office sign-in", state, algorithm="sha256").hexdigest()


def remember_strength(request: HttpRequest, login: SocialLogin) -> None:
    """Keep in the session how the provider says that it made sure who it is (``acr``)."""
    token = (login.account.extra_data or {}).get("id_token") or {}
    request.session[_STRENGTH] = str(token.get("acr", ""))


def is_strong(request: HttpRequest) -> bool:
    """Say whether the provider's way was one of ``SAMRIT_OIDC_ACR``; where none is named, each one is trusted."""
    return not settings.OIDC_ACR or request.session.get(_STRENGTH, "") in settings.OIDC_ACR


class CheckedAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The library's way, with every check of the token."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself; it has to be the one that the office set."""
        config: dict[str, Any] = super().openid_config
        expected = self.get_provider().server_url.partition("/.well-known/")[0]
        if str(config.get("issuer", "")).rstrip("/") != expected.rstrip("/"):
            raise OAuth2Error("the provider says that it is another")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Take who the provider says it is, once the token belongs to this sign-in."""
        credential = str(kwargs["response"].get("id_token") or "")
        if not credential:
            raise OAuth2Error("the provider sent no ID token")
        login: SocialLogin = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        nonce = nonce_of(request.GET.get("state", ""))
        if not hmac.compare_digest(str(data["id_token"].get("nonce", "")), nonce):
            raise OAuth2Error("the token belongs to another sign-in")
        if data.get("userinfo") and data["userinfo"].get("sub") != data["id_token"].get("sub"):
            raise OAuth2Error("the provider told of two people")
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        return decoded(id_token, keys=self.openid_config["jwks_uri"], issuer=self.openid_config["issuer"], app=app)


def decoded(credential: str, *, keys: str, issuer: str, app: SocialApp) -> dict[str, Any]:
    """Return what a token says; raises OAuth2Error for one that is not signed, not for us, or of another time."""
    try:
        named = jwt.get_unverified_header(credential)
        algorithm = str(named.get("alg"))
        if algorithm not in _ALGORITHMS:
            raise OAuth2Error("a token that is not signed with a public key")
        told: dict[str, Any] = jwt.decode(
            credential,
            key=_key(keys, named.get("kid")),
            algorithms=[algorithm],
            audience=app.client_id,
            issuer=issuer,
            options={"require": ["exp", "aud", "iss", "sub"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise OAuth2Error("no token of the office's sign-in") from error
    return told


def _key(address: str, name: str | None) -> Any:
    """Return the provider's key of that name; one without a name is known only where it is the only one."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
        known = jwt.PyJWKSet.from_dict(answer.json()).keys
    signing = [key for key in known if key.public_key_use in (None, "sig") and name in (None, key.key_id)]
    if len(signing) != 1:
        raise OAuth2Error("a token signed with another key")
    return signing[0].key


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = CheckedAdapter(request, provider_id)
    try:
        answer: HttpResponse = kind.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, OSError) as error:  # before the library's own net is spread; OSError: nobody answers
        answer = render_authentication_error(request, adapter.get_provider(), exception=error)
    return answer
