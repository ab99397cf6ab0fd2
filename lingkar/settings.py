"""One settings file, read from the environment. Each variable is listed in docs/overview.md."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from lingkar.vault.secret import Secret

BASE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("LINGKAR_DATA", "data")).resolve()
HOST = os.environ.get("LINGKAR_HOST", "")
OVER_TLS = bool(HOST)
DEMO = bool(os.environ.get("LINGKAR_DEMO")) and not OVER_TLS

DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


@dataclass(frozen=True)
class VaultSecrets:
    """The server's own secrets: separate random files, readable by the service alone."""

    pepper: Secret
    pepper_id: str
    names: Secret


def _secret_file(name: str) -> bytes:
    path = DATA / "secrets" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


SECRET_KEY = _secret_file("django").hex()
VAULT_SECRETS = VaultSecrets(Secret(_secret_file("pepper")), "1", Secret(_secret_file("names")))
SHRED_STORE = DATA / "shred.sqlite3"

DEBUG = False
ADMINS: list[str] = []
ALLOWED_HOSTS = [HOST] if OVER_TLS else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{HOST}", f"https://{HOST}:*"] if OVER_TLS else []
USE_X_FORWARDED_HOST = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("LINGKAR_BEHIND_PROXY") else None

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "lingkar.vault",
    "lingkar.accounts",
    "lingkar.ledger",
    "lingkar.groups",
    "lingkar.safety",
    "lingkar.door",
    "lingkar.home",
    "lingkar.journal",
    "lingkar.room",
    "lingkar.desk",
    "lingkar.reports",
    "lingkar.practice",
    "lingkar.ui",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "lingkar.middleware.Headers",
    "lingkar.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lingkar.accounts.middleware.SignedIn",
    "lingkar.middleware.CalmErrors",
]
ROOT_URLCONF = "lingkar.urls"
ASGI_APPLICATION = "lingkar.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "lingkar.context.every_page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "lingkar.ui.templatetags.look"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "lingkar.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = "lk_language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = OVER_TLS
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("LINGKAR_TIME_ZONE", "Asia/Jakarta")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {"staticfiles": {"BACKEND": "lingkar.ui.storage.HashedModules"}}

_PREFIX = "__Host-" if OVER_TLS else ""
SESSION_ID_COOKIE = f"{_PREFIX}lk_s"
SESSION_KEY_COOKIE = f"{_PREFIX}lk_k"
DEVICE_COOKIE = f"{_PREFIX}lk_d"
NAME_COOKIE = f"{_PREFIX}lk_n"
CSRF_COOKIE_NAME = f"{_PREFIX}lk_c"
CSRF_COOKIE_SECURE = OVER_TLS
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "lingkar.ui.views.csrf_failure"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["lk"],
}
SECURE_HSTS_SECONDS = 31_536_000 if OVER_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
DEFAULT_EXCEPTION_REPORTER = "lingkar.silence.SilentReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["nowhere"], "propagate": False},
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "lingkar": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
