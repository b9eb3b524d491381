"""Django settings: one file, everything from the home and a few environment variables.

| variable | meaning | default |
|---|---|---|
| `QINGFENG_HOME` | the folder that everything is kept in | `./var` |
| `DATABASE_URL` | PostgreSQL, where several processes serve | SQLite in the home |
| `QINGFENG_HOSTS` | names the site answers to, with commas | this machine only |
| `QINGFENG_SECURE` | `1` behind TLS: cookies and redirects say so | off |
| `QINGFENG_DEMO` | `1`: the page of sample sign-ins exists | off |
| `QINGFENG_SECOND_FACTOR` | `0`: administrators need no second factor | needed, not in the demonstration |
| `QINGFENG_TILES` | tiles below public maps, `https://t.example/{z}/{x}/{y}.png`; several by spaces | none |
| `QINGFENG_TILES_KEY` | what stands for `{key}` in them; every browser sees it | none |
| `QINGFENG_TILES_CREDIT` | whose tiles they are, shown on the map, Chinese | nobody named |
| `QINGFENG_TILES_CREDIT_EN` | the same in English | the Chinese words, marked as such |
| `QINGFENG_TILES_APPROVAL` | its approval number (审图号): no public page shows it without | none |
| `QINGFENG_DESK_TILES` | tiles below maps of leads, of the own network: its host learns which places | none |
| `QINGFENG_DESK_TILES_CREDIT` | whose tiles those are | nobody named |
| `QINGFENG_COUNTER` | `outside`: the counter stands on another machine (`deploy/counter`) | in this house |
| `QINGFENG_MAIL` | mail server as `smtp://user:password@host:port` | no mail leaves |
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from qingfeng.screening.home import default_home
from qingfeng.sealing.made_once import made_once

PACKAGE = Path(__file__).resolve().parents[1]
HOME = default_home().absolute()
DEMO = os.environ.get("QINGFENG_DEMO") == "1"
SECURE = os.environ.get("QINGFENG_SECURE") == "1"
COUNTER_IS_HERE = os.environ.get("QINGFENG_COUNTER") != "outside"
DEBUG = False


def _secret(name: str) -> str:
    """Return a secret of this installation, made at first use and readable by its owner only."""
    made = made_once(HOME / "keys" / name, lambda: secrets.token_urlsafe(48).encode())
    return made.decode("ascii").strip()


SECRET_KEY = os.environ.get("QINGFENG_SECRET_KEY") or _secret("site.key")
ALLOWED_HOSTS = [name for name in os.environ.get("QINGFENG_HOSTS", "").split(",") if name] or [
    "127.0.0.1",
    "localhost",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if SECURE else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "django_vite",
    "template_partials",
    "qingfeng.organization",  # before allauth: its sign-in pages win over allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "qingfeng.look",
    "qingfeng.journal",
    "qingfeng.documents",
    "qingfeng.matters",
    "qingfeng.findings",
    "qingfeng.exchange",
    "qingfeng.appraisal",
    "qingfeng.culture",
    "qingfeng.growth",
    "qingfeng.mechanisms",
    "qingfeng.desk",
    "qingfeng.desk.campaigns",
    "qingfeng.desk.culture.halls",
    "qingfeng.desk.letter_work",
    "qingfeng.desk.packs",
    "qingfeng.desk.quizzes",
    "qingfeng.desk.returns",
    "qingfeng.desk.typing",
    "qingfeng.public",
    "qingfeng.public.counter",
]

MIDDLEWARE = [
    "qingfeng.public.counter.forgetting.forgetting_middleware",  # before all others
    "qingfeng.appraisal.nameless.Nameless",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qingfeng.look.middleware.LanguageOfPerson",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qingfeng.organization.middleware.viewer_middleware",
    "qingfeng.organization.middleware.first_password_middleware",
    "qingfeng.organization.middleware.second_factor_middleware",
    "qingfeng.organization.middleware.CalendarInWords",
    "qingfeng.public.counter.forgetting.QuietFailure",
]

ROOT_URLCONF = "qingfeng.project.urls"
WSGI_APPLICATION = "qingfeng.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "project" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qingfeng.look.context.look",
            ],
        },
    }
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "qingfeng.sqlite3",
    "TEST": {"NAME": HOME / "test.sqlite3"},  # a file: a database in memory knows no second writer
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    },
}
_PATIENCE = {  # a server that is gone without a word is not waited for
    "connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}  # fmt: skip
DATABASES: dict[str, dict[str, Any]] = {"default": _SQLITE}
if os.environ.get("DATABASE_URL"):
    DATABASES["default"] = {**dj_database_url.config(conn_max_age=60, conn_health_checks=True)}
    DATABASES["default"]["OPTIONS"] = {**_PATIENCE, **DATABASES["default"].get("OPTIONS", {})}
# One cache for all processes: limits on signing in count in it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organization.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "qingfeng.organization.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
SECOND_FACTOR = os.environ.get("QINGFENG_SECOND_FACTOR", "0" if DEMO else "1") == "1"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Qingfeng"
MFA_TOTP_TOLERANCE = 1  # a code typed as it changes is still taken: one step of delay (RFC 6238, 5.2)
MFA_ADAPTER = "qingfeng.organization.adapter.FactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # without TLS a browser allows passkeys on localhost only

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 86400 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MAP_LAYERS = [
    one.replace("{key}", os.environ.get("QINGFENG_TILES_KEY", ""))
    for one in os.environ.get("QINGFENG_TILES", "").split()
]
DESK_TILES = os.environ.get("QINGFENG_DESK_TILES", "")
DESK_TILES_CREDIT = os.environ.get("QINGFENG_DESK_TILES_CREDIT", "")
MAP_CREDIT = os.environ.get("QINGFENG_TILES_CREDIT", "")
MAP_CREDIT_EN = os.environ.get("QINGFENG_TILES_CREDIT_EN", "")
MAP_APPROVAL = os.environ.get("QINGFENG_TILES_APPROVAL", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "look" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [("built", PACKAGE / "look" / "built")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = (
    r"/built/[\w.]+-[\w-]{8}\.(js|css|svg)$"  # names with the hash of their content
)
CSRF_FAILURE_VIEW = "qingfeng.look.errors.csrf_failed"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "look" / "built" / "manifest.json",
        "static_url_prefix": "built",
    }
}
MEDIA_ROOT = HOME / "attachments"
FILE_UPLOAD_TEMP_DIR = HOME / "staging"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

_mail = urlsplit(os.environ.get("QINGFENG_MAIL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.hostname else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = EMAIL_HOST_USER if "@" in EMAIL_HOST_USER else f"qingfeng@{ALLOWED_HOSTS[0]}"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
