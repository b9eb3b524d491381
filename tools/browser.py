"""Make sure that Chromium, Chinese fonts and nginx are there for the tests that look at pages.

Where this user may install packages (root on Debian or Ubuntu), they are installed;
elsewhere this says what is missing, and the tests that need it say so again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk", "nginx-light")


def missing() -> list[str]:
    """Return the packages that are not there."""
    browser = any(shutil.which(name) for name in NAMES)
    listed = shutil.which("fc-list")
    fonts = bool(listed) and b"CJK" in subprocess.run([listed], capture_output=True, check=False).stdout
    nginx = bool(shutil.which("nginx") or os.path.exists("/usr/sbin/nginx"))  # noqa: PTH110 - one look
    return [package for package, there in zip(PACKAGES, (browser, fonts, nginx), strict=True) if not there]


def main() -> int:
    """Install what is missing where that is allowed; never fail the build for it."""
    wanted = missing()
    if not wanted:
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"The tests in a browser will be left out: install {' and '.join(wanted)} to run them.")
        return 0
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *wanted]):
        done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"{' '.join(command)} failed; the tests in a browser will be left out.")
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
