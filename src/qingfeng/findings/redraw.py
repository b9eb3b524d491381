"""The weekly draw again, by anybody: standard library only, no house needed.

    python redraw.py draw.json

`draw.json` is what the page of a draw hands out. The draw holds if

1. the digest is SHA-256 over the population's keys, sorted, one a line: this digest was written into
   the journal, with the number to be drawn, before the seed existed;
2. the seed is the root hash, in hex, of the checkpoint: the first that was published with that entry in
   it. Whether the log signed the checkpoint and holds the entry is checked with `qingfeng journal`;
3. the drawn keys are those with the smallest SHA-256 over "seed:key", in that order.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any


def _(text: str) -> str:
    """Mark a sentence for the catalogue; a page translates it when it shows it."""
    return text


def digest_of(population: Iterable[str]) -> str:
    """Return SHA-256 (hex) over keys, sorted, one a line."""
    return sha256("".join(f"{key}\n" for key in sorted(population)).encode()).hexdigest()


def seed_of(checkpoint: str) -> str:
    """Return the root hash of a checkpoint's note in hex: its third line."""
    return b64decode(checkpoint.split("\n")[2], validate=True).hex()


def sample(seed: str, population: Iterable[str], count: int) -> list[str]:
    """Return the keys that a seed draws, in the order of the draw."""
    by_hash = sorted(set(population), key=lambda key: sha256(f"{seed}:{key}".encode()).hexdigest())
    return by_hash[:count]


def faults(draw: Mapping[str, Any]) -> list[str]:
    """Return what does not hold in a draw, a sentence each; empty if all of it does."""
    found = []
    if digest_of(draw["population"]) != draw["digest"]:
        found.append(_("The population is not the one that was committed: its digest differs."))
    if draw["seed"] != seed_of(draw["checkpoint"]):
        found.append(_("The seed is not the root hash of the checkpoint."))
    if list(draw["chosen"]) != sample(draw["seed"], draw["population"], draw["count"]):
        found.append(_("Other leads were drawn than the seed draws."))
    return found


def main(path: str) -> int:
    """Check a draw that lies in a file; return 1 if anything does not hold."""
    found = faults(json.loads(Path(path).read_text(encoding="utf-8")))
    sys.stdout.write("".join(f"{one}\n" for one in found) or "The draw holds.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
