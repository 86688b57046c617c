"""Signing in, sessions, lock-out and what a page may load: part of ``base`` (docs/operations.md explains each)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from samrit.config import environment

# --- Who signs in, and how (docs/decisions/0011-signing-in.md) --------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses whoever is locked out before a password is looked at
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "samrit.web.accounts.passwords.LikenessValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "samrit.web.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "samrit.web.accounts.passwords.CommonValidator"},
    {"NAME": "samrit.web.accounts.passwords.DigitsValidator"},
    {"NAME": "samrit.web.accounts.passwords.BreachedValidator"},
    {"NAME": "samrit.web.accounts.passwords.OfficeWordsValidator"},
]
BREACHED_PASSWORDS = environment.file("SAMRIT_BREACHED_PASSWORDS")  # a text with one a line
PASSWORD_WORDS = environment.names("SAMRIT_PASSWORD_WORDS", "")  # that anybody would try here: the office's own names

ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds for which a password given once more does
ACCOUNT_ADAPTER = "samrit.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up: administrators make accounts
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
_FORMS = "samrit.web.accounts.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "change_password": f"{_FORMS}.PasswordChangeForm",
    "reset_password": f"{_FORMS}.LinkForm",
    "reset_password_from_key": f"{_FORMS}.NewPasswordForm",
    "reauthenticate": f"{_FORMS}.ConfirmForm",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets mail because a stranger typed their address
# Not by address: a whole office sits behind one; and not by name: anybody could keep a head out on the evening of the
# 5th.  Axes counts the pair, and who guesses many names from one address is stopped there (web/accounts/places), but
# for people who have signed in from there before.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "60/h/ip,3/h/key"}

MFA_ADAPTER = "samrit.web.accounts.adapters.CodeAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.CodeForm",
    "reauthenticate": f"{_FORMS}.ConfirmByCodeForm",
    "activate_totp": f"{_FORMS}.AuthenticatorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Samrit"
# A code of the 30 seconds before and after is taken too: telephones' clocks differ, and people type slowly.
MFA_TOTP_TOLERANCE = 0 if environment.flag("SAMRIT_TOTP_STRICT", default=False) else 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Roles that must set up an authenticator before they may do anything else.
TOTP_ROLES = environment.roles("SAMRIT_TOTP_ROLES")

# --- The organisation's own sign-in (OpenID Connect) ------------------------------------------------------------------

OIDC_NAME = environment.text("SAMRIT_OIDC_NAME", "")
OIDC_SERVER = environment.address("SAMRIT_OIDC_SERVER", "")
OIDC_ACR = environment.names("SAMRIT_OIDC_ACR")  # the provider's ways of making sure that do for an authenticator
OIDC_MATCH = environment.text("SAMRIT_OIDC_MATCH", "email")  # the claim that names a person: "email" or "username"

SOCIALACCOUNT_ADAPTER = "samrit.web.accounts.adapters.OfficeAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "office",
                "name": OIDC_NAME or "OpenID Connect",
                "client_id": environment.text("SAMRIT_OIDC_CLIENT", ""),
                "secret": environment.text("SAMRIT_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}

# --- Lock-out ---------------------------------------------------------------------------------------------------------

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# A name is locked only for the address that guesses, so that nobody can lock all heads out on the evening of the 5th.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "samrit.web.accounts.lockout.client_name"
AXES_SENSITIVE_PARAMETERS = ["login", "code", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "samrit.web.accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "samrit.web.accounts.lockout.locked_out"
AXES_VERBOSE = False
TRUSTED_PROXIES = environment.count(
    "SAMRIT_PROXIES", 0, least=0, most=9
)  # how many proxies of ours add to X-Forwarded-For

# --- Sessions ---------------------------------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # "Strict" would lose the session on the way back from the office's sign-in
SESSION_IDLE = timedelta(minutes=environment.count("SAMRIT_SESSION_IDLE_MINUTES", 60))
SESSION_LONGEST = timedelta(hours=environment.count("SAMRIT_SESSION_HOURS", 12))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samrit.web.views.office.refusals.csrf"

# --- What a page may load ---------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_OFFICE = urlsplit(OIDC_SERVER)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Bootstrap's signs, and the authenticator's square
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # A browser also holds the redirect that follows a form against this list.
        "form-action": ["'self'", *([f"{_OFFICE.scheme}://{_OFFICE.netloc}"] if _OFFICE.netloc else [])],
        "frame-ancestors": ["'none'"],
    }
}
