"""Settings of the test run: the product's own, with temporary folders, fast password hashes and no compressed static files."""

import copy
import os
import tempfile
from pathlib import Path

import tests.bytecode  # noqa: F401  before anything large
from gongjian.config.settings import *  # noqa: F403
from gongjian.config.settings import LOGGING, STORAGES, TEMPLATES

_FOLDER = Path(tempfile.mkdtemp(prefix="gongjian-test-"))
MEDIA_ROOT = _FOLDER / "media"
SIGNING_KEY_FILE = _FOLDER / "keys" / "ledger_ed25519.pem"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECRET_KEY = "only-for-tests"
SALT_KEY = ["only-for-tests"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = copy.deepcopy(STORAGES)
STORAGES["default"]["OPTIONS"]["location"] = MEDIA_ROOT
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TEMPLATES = copy.deepcopy(TEMPLATES)
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "⟦missing %s⟧"
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name and "prometheus" not in name]  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
NOTIFICATIONS_FILE = _FOLDER / "notifications.jsonl"
NOTIFICATION_NETWORKS: list[str] = []
LOGGING = copy.deepcopy(LOGGING)
LOGGING["loggers"]["django_structlog"]["level"] = "WARNING"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser tests' event loop
