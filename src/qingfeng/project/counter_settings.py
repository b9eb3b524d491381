"""Settings of the public counter as a process of its own, on a machine outside: no people, no matters there.

| variable | meaning | default |
|---|---|---|
| `QINGFENG_HOME` | the folder that everything is kept in | `./var` |
| `DATABASE_URL` | PostgreSQL, where several processes serve | SQLite in the home |
| `QINGFENG_HOSTS` | names the counter answers to, with commas | this machine only |
| `QINGFENG_SECURE` | `1` behind TLS | off |
"""

from __future__ import annotations

from qingfeng.project import settings as whole

COMMON = (
    "ALLOWED_HOSTS", "CONTENT_SECURITY_POLICY", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE",
    "CSRF_FAILURE_VIEW", "CSRF_TRUSTED_ORIGINS", "DATABASES", "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS", "DEBUG", "DEFAULT_AUTO_FIELD", "DEMO", "DJANGO_VITE",
    "FILE_UPLOAD_TEMP_DIR", "FIRST_DAY_OF_WEEK", "HOME", "LANGUAGES", "LANGUAGE_CODE", "LOCALE_PATHS",
    "LOGGING", "SECRET_KEY", "SECURE",
    "SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SECURE_REFERRER_POLICY", "SECURE_SSL_REDIRECT",
    "STATICFILES_DIRS", "STATIC_ROOT", "STATIC_URL", "TIME_ZONE", "USE_I18N", "USE_TZ",
    "WHITENOISE_IMMUTABLE_FILE_TEST",
    "WHITENOISE_USE_FINDERS", "X_FRAME_OPTIONS",
)  # fmt: skip
"""What is said once for both kinds of process; everything else of the whole house is not there."""
globals().update({name: getattr(whole, name) for name in COMMON})

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "django_vite",
    "template_partials",
    "qingfeng.look",
    "qingfeng.journal",
    "qingfeng.exchange",
    "qingfeng.public",
    "qingfeng.public.counter",
]
MIDDLEWARE = [
    "qingfeng.public.counter.forgetting.forgetting_middleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qingfeng.public.counter.forgetting.QuietFailure",
]
ROOT_URLCONF = "qingfeng.project.counter_urls"
WSGI_APPLICATION = "qingfeng.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [whole.PACKAGE / "project" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "qingfeng.look.context.look",
            ],
        },
    }
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CSRF_USE_SESSIONS = False
