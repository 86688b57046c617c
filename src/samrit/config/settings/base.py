"""What all settings share."""

from __future__ import annotations

from pathlib import Path

import bootstrap_wrapper

from samrit.config import environment
from samrit.config.settings.security import *  # noqa: F403

DATA = environment.place("SAMRIT_DATA", Path.cwd() / "var")  # database, evidence and printed documents

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "samrit.plans",
    "samrit.web.apps.WebConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samrit.web.middleware.CompressionMiddleware",
    "samrit.web.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "samrit.web.middleware.OneLookMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samrit.web.middleware.PrivateMiddleware",
    "samrit.web.middleware.SecurityLogMiddleware",
    "samrit.web.walking.NumbersMiddleware",
    "samrit.web.downloads.DownloadMiddleware",
    "samrit.web.middleware.LanguageMiddleware",
    "samrit.web.public_pages.PublicPagesMiddleware",
    "samrit.web.middleware.SpeechMiddleware",
    "samrit.web.incoming.UploadMiddleware",  # before the next, which reads what was sent
    "django.middleware.csrf.CsrfViewMiddleware",
    "samrit.web.incoming.PlainTextMiddleware",  # after it, for the same reason
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samrit.web.accounts.lapsed.LapsedMiddleware",  # outside the next, which ends sessions
    "samrit.web.middleware.SessionAgeMiddleware",
    "samrit.web.middleware.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samrit.web.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused sign-in into the page that says so
]

ROOT_URLCONF = "samrit.config.urls"
WSGI_APPLICATION = "samrit.config.wsgi.application"
AUTH_USER_MODEL = "plans.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samrit.web.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": environment.database(environment.text("SAMRIT_DATABASE", "sqlite:///samrit.sqlite3"), DATA)}

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = DATA / "static"  # what collectstatic puts together
ASSET_ROOT = DATA / "assets"  # what build_fonts makes
STATICFILES_DIRS: list[object] = [("bootstrap", str(Path(bootstrap_wrapper.__file__).parents[1] / "bootstrap"))]
if ASSET_ROOT.is_dir():
    STATICFILES_DIRS.append(str(ASSET_ROOT))
EVIDENCE_ROOT = DATA / "evidence"
DOCUMENT_ROOT = DATA / "documents"
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024
EVIDENCE_MAX_BYTES_OF_UNIT = environment.count("SAMRIT_EVIDENCE_MB_PER_UNIT", 2000, most=10**6) * 1024**2  # in a plan
# How long what is personal is kept; what is due then is told, and only traces go by themselves.
KEEP_EVIDENCE_YEARS = environment.count("SAMRIT_KEEP_EVIDENCE_YEARS", 10)  # after the plan's year
KEEP_ACCOUNTS_YEARS = environment.count("SAMRIT_KEEP_ACCOUNTS_YEARS", 10)  # after they were closed
KEEP_TRACES_DAYS = environment.count("SAMRIT_KEEP_TRACES_DAYS", 365)  # networks, failed sign-ins, addresses of letters
PRIVACY_CONTACT = environment.text("SAMRIT_PRIVACY_CONTACT", "")  # who answers for personal data; is in the notice
BACKUP_PASSPHRASE = environment.text("SAMRIT_BACKUP_PASSPHRASE", "")  # empty: backups are signed, not enciphered
CLAMD = environment.scanner("SAMRIT_CLAMD")  # the office's: a socket's path, or host:port; empty: none
MOST_DOWNLOADS = environment.count("SAMRIT_MOST_DOWNLOADS", 300)  # files that one may take away in ten minutes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a whole grid: 400 indicators, three boxes each
# How much a page takes is its own to say (``UploadMiddleware``); this only has to let the largest of them through: a
# file of 5 MB that comes back with its preview.
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024

# Everything goes to standard error, where the service manager keeps it; what a person typed never does.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "samrit.plans.records.security_log.JsonLines"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "security": environment.log_handler("SAMRIT_SECURITY_LOG"),
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners that guess host names
        "samrit": {"level": "INFO"},
        "samrit.security": {"handlers": ["security"], "level": "INFO", "propagate": False},
    },
}

# What is counted against guessing is counted for all processes, and stays counted when one is started again.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counted"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEFAULT_FROM_EMAIL = environment.text("SAMRIT_MAIL_FROM", "samrit@localhost")
BASE_URL = environment.address("SAMRIT_BASE_URL", "http://localhost:8000")
# SQLite cannot make RoleAssignment's constraint with nulls; the service that gives roles keeps it there.
SILENCED_SYSTEM_CHECKS = ["models.W047"]
