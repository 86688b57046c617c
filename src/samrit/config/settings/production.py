"""Settings for a server: every secret and address comes from the environment, nothing secret has a default."""

from __future__ import annotations

from samrit.config import environment
from samrit.config.settings.base import *  # noqa: F403
from samrit.config.settings.base import BASE_URL, DATABASES, OIDC_MATCH, OIDC_SERVER

DEBUG = False
SECRET_KEY = environment.secret("SAMRIT_SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.names("SAMRIT_OLD_SECRET_KEYS")
ALLOWED_HOSTS = environment.hosts("SAMRIT_HOSTS")
environment.text("SAMRIT_BASE_URL")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# The server speaks plain HTTP to a proxy that speaks HTTPS to the world and says so.
HTTPS = environment.flag("SAMRIT_HTTPS", default=True)
environment.require(
    BASE_URL.startswith("https://") or not HTTPS, "SAMRIT_BASE_URL", "an address that begins with https://"
)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# The proxy asks on the inside; calendars and other programs are refused in the clear by their views.
SECURE_REDIRECT_EXEMPT = [r"^alive/$", r"^calendar/private/", r"^machine/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# A cookie with this prefix is taken by browsers only from this very host, over HTTPS.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

environment.require(OIDC_MATCH in ("email", "username"), "SAMRIT_OIDC_MATCH", '"email" or "username"')
if OIDC_SERVER:
    environment.text("SAMRIT_OIDC_CLIENT")
    environment.text("SAMRIT_OIDC_SECRET")
    environment.require(
        OIDC_SERVER.startswith("https://") or not HTTPS, "SAMRIT_OIDC_SERVER", "an address with https://"
    )

EMAIL_HOST = environment.text("SAMRIT_MAIL_HOST", "localhost")
EMAIL_PORT = environment.count("SAMRIT_MAIL_PORT", 25, most=65_535)
EMAIL_HOST_USER = environment.text("SAMRIT_MAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.text("SAMRIT_MAIL_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("SAMRIT_MAIL_TLS", default=False)
EMAIL_TIMEOUT = 20

# What leaves this machine in the clear, leaves because the office says so.
PLAIN = environment.flag("SAMRIT_PLAIN_CONNECTIONS", default=False)
environment.require(
    PLAIN or environment.is_secret_or_near(DATABASES["default"]),
    "SAMRIT_DATABASE",
    "on this machine, or end in ?sslmode=verify-full&sslrootcert=FILE, unless SAMRIT_PLAIN_CONNECTIONS=1",
)
environment.require(
    PLAIN or EMAIL_USE_TLS or environment.is_near(EMAIL_HOST),
    "SAMRIT_MAIL_TLS",
    "1 where the mail server is another machine, unless SAMRIT_PLAIN_CONNECTIONS=1",
)
