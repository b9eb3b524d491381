"""How tests are shared out to workers: files whole, the long ones first.

A file stays with one worker, so that what its module makes is made once. What begins last is what everybody
waits for at the end: so a file that lasts long, by `seconds.toml`, begins before one that does not.
"""

import tomllib
from collections import Counter
from pathlib import Path

from xdist.scheduler import LoadFileScheduling

A_TEST = 0.05  # seconds of one that nobody has measured


def long_ones_first(items):
    """Sort tests by how long their file lasts; within a file they stay as they are."""
    known = tomllib.loads(Path(__file__).with_name("seconds.toml").read_text(encoding="utf-8"))
    counted = Counter(map(_file, items))
    items.sort(key=lambda one: (-known.get(_file(one), A_TEST * counted[_file(one)]), _file(one)))


def _file(item):
    return item.nodeid.partition("::")[0]


class SharedOut(LoadFileScheduling):
    """As loadfile does it, in the order in which tests were collected."""

    def __init__(self, config, log=None):
        config.option.loadscopereorder = False
        super().__init__(config, log)
