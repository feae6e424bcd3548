"""Django settings. Everything an operator may change comes from the environment; docs/operators/configuration.md lists it."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from gongjian.config.keys import secret
from gongjian.config.logs import logging_settings
from gongjian.kernel import embedded_postgres
from gongjian.kernel.embedded_postgres.places import var_folder

PROJECT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
VAR = var_folder()

DEBUG = os.environ.get("GONGJIAN_DEBUG") == "1"
SECRET_KEY = secret("secret_key", VAR / "keys")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("GONGJIAN_SECRET_KEY_FALLBACKS", "").split(",") if key]
SALT_KEY = [
    secret("field_key", VAR / "keys"),
    *(key for key in os.environ.get("GONGJIAN_FIELD_KEY_FALLBACKS", "").split(",") if key),
]
SIGNING_KEY_FILE = VAR / "keys" / "ledger_ed25519.pem"

ALLOWED_HOSTS = os.environ.get("GONGJIAN_HOSTS", "*").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GONGJIAN_ORIGINS", "").split(",") if origin]
BEHIND_TLS = os.environ.get("GONGJIAN_TLS") == "1"
TRUSTED_PROXIES = int(os.environ.get("GONGJIAN_PROXIES", "1" if BEHIND_TLS else "0"))

STOREYS = [
    "gongjian.kernel",
    "gongjian.registry",
    "gongjian.ledger",
    "gongjian.work.feedback",
    "gongjian.work.projects",
    "gongjian.work.projects.voting",
    "gongjian.work.projects.settling",
    "gongjian.work.projects.elevators",
    "gongjian.work.volunteering",
    "gongjian.work.whistles",
    "gongjian.work.cobuilding",
    "gongjian.work.sharing",
    "gongjian.work.ratings",
    "gongjian.work.inspections",
    "gongjian.work.care",
    "gongjian.honors",
    "gongjian.chronicle",
    "gongjian.chronicle.reading",
    "gongjian.chronicle.writing",
    "gongjian.chronicle.official",
    "gongjian.desk",
    "gongjian.api",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's list of passkeys
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "django_prometheus",
    "django_structlog",
    "health_check",
    "ninja",
    *STOREYS,
    "gongjian.demo",
    "django.forms",  # last, so that our own templates of widgets are found before its
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongjian.registry.middleware.OfficeScopeMiddleware",
    "gongjian.registry.middleware.SignInPolicyMiddleware",
    "gongjian.kernel.web.middleware.DomainErrorMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "gongjian.config.urls"
WSGI_APPLICATION = "gongjian.config.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "desk" / "components"],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "gongjian.kernel.templatetags.pages",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongjian.desk.shell.context",
            ],
        },
    }
]
COTTON_DIR = "c"
FORM_RENDERER = "gongjian.kernel.web.forms.FormRenderer"


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL")
    if not url:
        return dict(embedded_postgres.connection_settings(VAR))
    parts = conninfo_to_dict(url)
    known = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    settings: dict[str, object] = {known[key]: str(value) for key, value in parts.items() if key in known}
    return settings | {"OPTIONS": {key: value for key, value in parts.items() if key not in known}}


DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, **_database()}}
DATABASES["default"]["OPTIONS"] = {
    **dict(DATABASES["default"].get("OPTIONS", {})),  # type: ignore[call-overload]
    "pool": {"min_size": 1, "max_size": int(os.environ.get("GONGJIAN_POOL", "12")), "timeout": 10},
    "isolation_level": psycopg.IsolationLevel.READ_COMMITTED,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "registry.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "gongjian.registry.signin.OfficeAuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "gongjian.registry.passwords.CharacterClassesValidator"},
    {"NAME": "gongjian.registry.passwords.NotUsedBeforeValidator"},
]
ACCOUNT_ADAPTER = "gongjian.registry.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip"}
PASSWORD_DAYS = int(os.environ.get("GONGJIAN_PASSWORD_DAYS", "90"))
MFA_ADAPTER = "gongjian.registry.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Gongjian"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:my_desk"
IDLE_MINUTES = int(os.environ.get("GONGJIAN_IDLE_MINUTES", "30"))
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

MAP_TILES = os.environ.get("GONGJIAN_TILES", "")
_TILE_HOSTS = [f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" for parts in [urlsplit(MAP_TILES)] if parts.netloc]

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/metrics",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:", *_TILE_HOSTS],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("GONGJIAN_STATIC", VAR / "static"))
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2", "map")
STATICFILES_DIRS = [path for path in [PROJECT / "build" / "static"] if path.is_dir()]
MEDIA_ROOT = Path(os.environ.get("GONGJIAN_MEDIA", VAR / "media"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "gongjian.kernel.web.statics.StaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024
EVIDENCE_MAX_PIXELS = 60_000_000

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
NOTIFICATIONS_FILE = VAR / "notifications.jsonl" if os.environ.get("GONGJIAN_TEST_CHANNEL") == "1" else None
NOTIFICATION_NETWORKS = [part for part in os.environ.get("GONGJIAN_NOTIFICATION_NETWORKS", "").split(",") if part]
READING_ENDPOINT = os.environ.get("GONGJIAN_READING_ENDPOINT", "")
READING_MODEL = os.environ.get("GONGJIAN_READING_MODEL", "")
READING_KEY = os.environ.get("GONGJIAN_READING_KEY", "")
METRICS_FROM = os.environ.get("GONGJIAN_METRICS_FROM", "127.0.0.1,::1").split(",")
LOGGING = logging_settings(json=os.environ.get("GONGJIAN_LOGS", "json") == "json")
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # it believes any X-Forwarded-For; kernel.apps binds the address instead
SILENCED_SYSTEM_CHECKS: list[str] = []
