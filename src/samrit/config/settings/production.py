"""Settings for a server: every secret and address comes from the environment, nothing has a default."""

from __future__ import annotations

from samrit.config import environment
from samrit.config.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = environment.text("SAMRIT_SECRET_KEY")
ALLOWED_HOSTS = environment.names("SAMRIT_HOSTS")
if not ALLOWED_HOSTS:
    raise RuntimeError("set the environment variable SAMRIT_HOSTS to the host names of this server")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = environment.flag("SAMRIT_HTTPS", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
EMAIL_HOST = environment.text("SAMRIT_MAIL_HOST", "localhost")
EMAIL_PORT = int(environment.text("SAMRIT_MAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("SAMRIT_MAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.text("SAMRIT_MAIL_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("SAMRIT_MAIL_TLS", default=False)
