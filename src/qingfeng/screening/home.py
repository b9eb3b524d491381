"""The home: the one folder that everything is kept in, and nothing outside it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
import unicodedata
from functools import cached_property
from pathlib import Path

from qingfeng.screening.errors import Problem
from qingfeng.sealing.made_once import made_once

HASH_DIGITS = 32  # hex digits kept of HMAC-SHA256: 128 bits


def default_home() -> Path:
    """Return `$QINGFENG_HOME`, else `./var`."""
    return Path(os.environ.get("QINGFENG_HOME") or "var")


class Home:
    """The folder with lake, staging, spill, runs and keys.

    Attributes:
        root: The folder; created if it does not exist.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        for folder in (self.lake, self.runs, self.mappings, self.keys):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Problem(
                    f"The home cannot be written: {error.strerror}.",
                    where=str(folder),
                    then="Give another folder with --home, or free space and rights there.",
                ) from error

    @property
    def lake(self) -> Path:
        """Typed records, by table."""
        return self.root / "lake"

    @property
    def runs(self) -> Path:
        """What every run counted."""
        return self.root / "runs"

    @property
    def mappings(self) -> Path:
        """Mappings a person has corrected, remembered."""
        return self.root / "mappings"

    @property
    def keys(self) -> Path:
        """Keys; outside the lake."""
        return self.root / "keys"

    @property
    def staging(self) -> Path:
        """Text on its way in; each run has a folder of its own, removed after it."""
        return self.root / "staging"

    @property
    def spill(self) -> Path:
        """What an engine puts aside when memory is short."""
        return self.root / "spill"

    @cached_property
    def key(self) -> bytes:
        """The key of personal identifiers: 32 bytes, made at first use, readable by its owner."""
        file = self.keys / "identifiers.key"
        key = made_once(file, lambda: secrets.token_bytes(32))
        if len(key) != 32:
            raise Problem(
                "The key of personal identifiers is damaged.",
                where=str(file),
                then="Restore it from the backup: without it new records match no old ones.",
            )
        return key

    def hash(self, identifier: str) -> str:
        """Return the keyed hash of an identifier: 32 hex digits of HMAC-SHA256.

        Args:
            identifier: As read; folded here (NFKC, upper case, no white space).
        """
        folded = "".join(unicodedata.normalize("NFKC", identifier).upper().split())
        return hmac.new(self.key, folded.encode(), hashlib.sha256).hexdigest()[:HASH_DIGITS]

    def sweep(self) -> None:
        """Remove text and spill that runs which no longer live have left behind."""
        for folder in (self.staging, self.spill):
            for left in folder.glob("*") if folder.exists() else ():
                owner = left.name.partition("-")[0]
                if not (owner.isdigit() and _alive(int(owner))):
                    shutil.rmtree(left, ignore_errors=True)

    def scratch(self, kind: str) -> Path:
        """Return a fresh folder of this process under `staging` or `spill`."""
        folder = self.root / kind / f"{os.getpid()}-{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        return folder


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
