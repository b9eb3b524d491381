"""The application as Django knows it; at start it lists its rooms and makes their declarations known."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from django.apps import AppConfig

DECLARES = re.compile(r"declaration|v\d+")


class MechanismsConfig(AppConfig):
    """Django's view of `qingfeng.mechanisms`."""

    name = "qingfeng.mechanisms"
    label = "mechanisms"

    def ready(self) -> None:
        """Make every declaration known, the default text of every slip, and what a room joins."""
        from qingfeng.documents.templates import register_default  # noqa: PLC0415 - after the tables are known
        from qingfeng.matters.district import register_mechanism  # noqa: PLC0415
        from qingfeng.matters.registry import register  # noqa: PLC0415
        from qingfeng.matters.vocabulary import Mechanism  # noqa: PLC0415

        for module in self.declarations():
            for value in vars(module).values():
                if isinstance(value, Mechanism):
                    register_mechanism(register(value))
        for room in self.rooms():
            for text in sorted((room / "slips").glob("*.toml")):
                register_default(f"{room.name}.{text.stem}", text.read_text(encoding="utf-8"))
            if (room / "joining.py").exists():
                importlib.import_module(f"{self.name}.{room.name}.joining").join()

    def rooms(self) -> Iterator[Path]:
        """Yield the folder of every room, by name."""
        root = Path(self.path)
        return (root / one.name for one in pkgutil.iter_modules([str(root)]) if one.ispkg)

    def declarations(self) -> Iterator[ModuleType]:
        """Yield the modules that declare: `declaration.py`, and `v1.py` … of older versions."""
        for room in self.rooms():
            for one in pkgutil.iter_modules([str(room)]):
                if DECLARES.fullmatch(one.name):
                    yield importlib.import_module(f"{self.name}.{room.name}.{one.name}")
