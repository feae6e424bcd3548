"""The browser of the browser tests: the system's own, or Debian's package where we may install it."""

import os
import shutil

from environment import run
from steps import SetupError, step

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("chromium", "fonts-noto-cjk")


def find_or_install() -> str:
    found = _find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _find()
    if found is None:
        raise SetupError("The browser tests need Chromium: install chromium and a Chinese font, or set CHROMIUM to it.")
    return found


def _find() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named and shutil.which(named) is None:
        raise SetupError(f"CHROMIUM names {named}, which is no program.")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


def _install() -> None:
    with step("Installing Chromium"):
        run(["apt-get", "update", "-qq"], quiet=True)
        run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *_PACKAGES],
            quiet=True,
            variables={"DEBIAN_FRONTEND": "noninteractive"},
        )
