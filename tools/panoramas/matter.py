"""What things are made of: materials of Blender, all worked out, none taken from a photograph.

Textures lie in the world's own metres, so that a wall of two boxes shows no seam.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import bpy
from graph import Colour, Graph

PLAIN: dict[str, dict[str, Any]] = {
    # colour and its neighbour, roughness, scale of the spots, height of the bumps
    "plaster": {
        "one": (0.80, 0.785, 0.74),
        "two": (0.70, 0.685, 0.64),
        "rough": 0.9,
        "scale": 1.6,
        "bump": 0.12,
    },
    "inside": {
        "one": (0.78, 0.75, 0.68),
        "two": (0.72, 0.69, 0.62),
        "rough": 0.85,
        "scale": 1.1,
        "bump": 0.05,
    },
    "dark_wall": {"one": (0.032, 0.078, 0.080), "two": (0.042, 0.092, 0.094), "rough": 0.7, "scale": 2.0},
    "tile": {
        "one": (0.055, 0.060, 0.064),
        "two": (0.125, 0.125, 0.12),
        "rough": 0.75,
        "scale": 5.0,
        "bump": 0.25,
    },
    "slab": {
        "one": (0.33, 0.32, 0.30),
        "two": (0.23, 0.23, 0.215),
        "rough": 0.75,
        "scale": 3.0,
        "bump": 0.25,
    },
    "stone": {
        "one": (0.40, 0.39, 0.36),
        "two": (0.24, 0.245, 0.23),
        "rough": 0.8,
        "scale": 7.0,
        "bump": 0.35,
    },
    "rock": {"one": (0.46, 0.45, 0.42), "two": (0.17, 0.175, 0.16), "rough": 0.85, "scale": 2.2, "bump": 0.6},
    "bark": {"one": (0.13, 0.10, 0.075), "two": (0.06, 0.05, 0.04), "rough": 0.9, "scale": 14.0, "bump": 0.7},
    "moss": {
        "one": (0.052, 0.078, 0.022),
        "two": (0.115, 0.115, 0.052),
        "rough": 1.0,
        "scale": 2.2,
        "bump": 0.9,
    },
    "earth": {
        "one": (0.15, 0.12, 0.085),
        "two": (0.085, 0.075, 0.05),
        "rough": 1.0,
        "scale": 6.0,
        "bump": 0.5,
    },
    "paper": {"one": (0.80, 0.74, 0.60), "two": (0.72, 0.65, 0.50), "rough": 0.9, "scale": 12.0},
    "silk": {"one": (0.42, 0.35, 0.22), "two": (0.36, 0.30, 0.19), "rough": 0.6, "scale": 30.0},
    "blue_cloth": {
        "one": (0.045, 0.10, 0.17),
        "two": (0.03, 0.07, 0.13),
        "rough": 0.9,
        "scale": 40.0,
        "bump": 0.2,
    },
    "red_cloth": {"one": (0.36, 0.05, 0.035), "two": (0.28, 0.035, 0.03), "rough": 0.8, "scale": 30.0},
    "celadon": {
        "one": (0.28, 0.42, 0.35),
        "two": (0.22, 0.36, 0.30),
        "rough": 0.12,
        "scale": 4.0,
        "coat": 1.0,
    },
    "white_ware": {
        "one": (0.78, 0.79, 0.77),
        "two": (0.74, 0.75, 0.73),
        "rough": 0.1,
        "scale": 3.0,
        "coat": 1.0,
    },
    "ink": {"one": (0.012, 0.012, 0.013), "two": (0.02, 0.02, 0.02), "rough": 0.3, "scale": 8.0},
    "iron": {
        "one": (0.06, 0.06, 0.06),
        "two": (0.10, 0.075, 0.055),
        "rough": 0.45,
        "scale": 12.0,
        "metal": 0.9,
    },
    "bronze": {
        "one": (0.50, 0.36, 0.17),
        "two": (0.27, 0.30, 0.20),
        "rough": 0.32,
        "scale": 7.0,
        "metal": 1.0,
    },
    "mirror": {
        "one": (0.80, 0.68, 0.45),
        "two": (0.74, 0.62, 0.40),
        "rough": 0.10,
        "scale": 2.0,
        "metal": 1.0,
    },
    "brass": {
        "one": (0.72, 0.52, 0.20),
        "two": (0.60, 0.42, 0.16),
        "rough": 0.25,
        "scale": 9.0,
        "metal": 1.0,
    },
    "bamboo": {"one": (0.15, 0.26, 0.06), "two": (0.24, 0.30, 0.09), "rough": 0.4, "scale": 2.0},
    "rope": {"one": (0.42, 0.33, 0.19), "two": (0.30, 0.23, 0.13), "rough": 0.95, "scale": 60.0, "bump": 0.5},
    "plaque": {
        "one": (0.030, 0.016, 0.011),
        "two": (0.04, 0.02, 0.014),
        "rough": 0.25,
        "scale": 3.0,
        "coat": 0.6,
    },
    "plum": {"one": (0.72, 0.20, 0.24), "two": (0.80, 0.36, 0.38), "rough": 0.7, "scale": 20.0},
    "hill": {"one": (0.17, 0.25, 0.26), "two": (0.21, 0.29, 0.30), "rough": 1.0, "scale": 0.03},
    "petal": {"one": (0.80, 0.46, 0.50), "two": (0.85, 0.70, 0.70), "rough": 0.6, "scale": 9.0},
}
TIMBER: dict[str, tuple[Colour, Colour, float]] = {
    "column": ((0.105, 0.038, 0.022), (0.060, 0.024, 0.015), 0.32),
    "timber": ((0.115, 0.055, 0.028), (0.060, 0.028, 0.015), 0.45),
    "rafter": ((0.17, 0.095, 0.052), (0.11, 0.058, 0.032), 0.6),
    "rosewood": ((0.085, 0.026, 0.014), (0.042, 0.014, 0.009), 0.22),
    "ash": ((0.36, 0.24, 0.13), (0.26, 0.165, 0.085), 0.4),
    "old_wood": ((0.20, 0.15, 0.105), (0.11, 0.085, 0.06), 0.75),
}
LEAVES: dict[str, tuple[Colour, Colour]] = {
    "leaf": ((0.055, 0.125, 0.022), (0.115, 0.19, 0.035)),
    "young_leaf": ((0.12, 0.21, 0.035), (0.20, 0.27, 0.06)),
    "bamboo_leaf": ((0.075, 0.155, 0.03), (0.145, 0.22, 0.05)),
    "willow_leaf": ((0.13, 0.22, 0.05), (0.20, 0.28, 0.08)),
    "lotus_leaf": ((0.05, 0.14, 0.06), (0.09, 0.20, 0.08)),
    "grass": ((0.075, 0.135, 0.025), (0.13, 0.17, 0.045)),
    "red_leaf": ((0.30, 0.055, 0.02), (0.42, 0.14, 0.035)),
}


def materials() -> dict[str, object]:
    """Return every material by its name."""
    found: dict[str, object] = {}
    for name, told in PLAIN.items():
        found[name] = _plain(name, told)
    for name, (one, two, rough) in TIMBER.items():
        found[name] = _timber(name, (one, two), rough)
    for name, (one, two) in LEAVES.items():
        found[name] = _leaf(name, one, two)
    found |= {"court_floor": _floor("court_floor", (1.2, 0.62), wet=0.0), "hall_floor": _hall_floor()}
    found |= {"pebble": _pebble(), "water": _water(), "glass": _glass(), "wall": _wall(), "bead": _bead()}
    found |= {
        "lantern": glow("lantern", (1.0, 0.72, 0.40), 3.2),
        "lamp": glow("lamp", (1.0, 0.82, 0.58), 16.0),
    }
    return found


def _plain(name: str, told: dict[str, Any]) -> object:
    g = Graph(name)
    cloud = g.noise(told["scale"])
    g.set(Base_Color=g.mix(g.sharpen(cloud, 0.35, 0.65), told["one"], told["two"]))
    g.set(Roughness=told["rough"], Metallic=told.get("metal", 0.0), Coat_Weight=told.get("coat", 0.0))
    if told.get("bump"):
        g.bump(g.noise(told["scale"] * 5), told["bump"])
    return g.stuff


def _timber(name: str, colours: tuple[Colour, Colour], rough: float) -> object:
    g = Graph(name)
    grain = g.noise(9.0, stretch=(1.0, 1.0, 0.12))
    g.set(Base_Color=g.mix(g.sharpen(grain, 0.3, 0.7), *colours), Roughness=rough, Coat_Weight=0.25)
    g.bump(grain, 0.08)
    return g.stuff


def _leaf(name: str, one: Colour, two: Colour) -> object:
    g = Graph(name)
    colour = g.mix(g.sharpen(g.noise(3.5), 0.35, 0.65), one, two)
    g.set(Base_Color=colour, Roughness=0.5)
    through = g.add("BsdfTranslucent")
    g.link(g.mix(1.0, colour, (1.5, 1.6, 0.7), blend="MULTIPLY"), through.inputs["Color"])
    both = g.add("MixShader", Fac=0.35)
    g.link(g.surface.outputs[0], both.inputs[1])
    g.link(through.outputs[0], both.inputs[2])
    g.link(both.outputs[0], g.tree.nodes["Material Output"].inputs["Surface"])
    return g.stuff


def _wall() -> object:
    """Lime wash that rain has drawn on: grey below the coping and green at the foot."""
    g = Graph("wall")
    height = g.add("SeparateXYZ")
    g.link(g.where(), height.inputs[0])
    streaks = g.sharpen(g.noise(2.6, stretch=(1.6, 1.6, 0.16)), 0.48, 0.80)
    foot = g.add("MapRange", From_Min=0.0, From_Max=1.1, To_Min=1.0, To_Max=0.0)
    g.link(height.outputs["Z"], foot.inputs["Value"])
    clouds = g.noise(3.2)
    damp = g.add("Math", operation="MULTIPLY")
    g.link(foot.outputs[0], damp.inputs[0])
    g.link(g.sharpen(clouds, 0.32, 0.62), damp.inputs[1])
    old = g.mix(g.sharpen(g.noise(0.9), 0.35, 0.7), (0.82, 0.80, 0.75), (0.72, 0.70, 0.645))
    g.set(Base_Color=g.mix(damp.outputs[0], g.mix(streaks, old, (0.64, 0.63, 0.59)), (0.30, 0.31, 0.24)))
    g.set(Roughness=0.92)
    g.bump(g.noise(9.0), 0.16)
    return g.stuff


def _floor(name: str, size: tuple[float, float], *, wet: float) -> object:
    g = Graph(name)
    bricks = g.add("TexBrick", Scale=1.0, Mortar_Size=0.010, Mortar_Smooth=0.3, Brick_Width=size[0])
    bricks.inputs["Row Height"].default_value = size[1]
    bricks.inputs["Color1"].default_value = (0.36, 0.35, 0.325, 1)
    bricks.inputs["Color2"].default_value = (0.24, 0.24, 0.225, 1)
    bricks.inputs["Mortar"].default_value = (0.085, 0.10, 0.05, 1)
    g.link(g.where(), bricks.inputs["Vector"])
    clouds = g.noise(2.4)
    worn = g.mix(g.sharpen(clouds, 0.35, 0.7), bricks.outputs["Color"], (0.20, 0.205, 0.18))
    mossy = g.mix(g.sharpen(g.noise(0.8), 0.60, 0.75), worn, (0.12, 0.145, 0.07))
    g.set(Base_Color=mossy, Roughness=0.72 - wet)
    height = g.add("Math", operation="SUBTRACT")
    g.link(clouds, height.inputs[0])
    g.link(bricks.outputs["Fac"], height.inputs[1])
    g.bump(height.outputs[0], 0.45, 0.015)
    return g.stuff


def _hall_floor() -> object:
    """Square grey bricks, oiled and walked smooth."""
    g = Graph("hall_floor")
    bricks = g.add("TexBrick", Scale=1.0, Mortar_Size=0.004, Brick_Width=0.55, offset=0.0)
    bricks.inputs["Row Height"].default_value = 0.55
    bricks.inputs["Color1"].default_value = (0.105, 0.11, 0.112, 1)
    bricks.inputs["Color2"].default_value = (0.15, 0.152, 0.15, 1)
    bricks.inputs["Mortar"].default_value = (0.04, 0.04, 0.038, 1)
    g.link(g.where(), bricks.inputs["Vector"])
    clouds = g.noise(3.0)
    g.set(Base_Color=g.mix(g.sharpen(clouds, 0.3, 0.75), bricks.outputs["Color"], (0.09, 0.09, 0.088)))
    shine = g.add("MapRange", From_Min=0.3, From_Max=0.7, To_Min=0.18, To_Max=0.36)
    g.link(clouds, shine.inputs["Value"])
    g.set(Roughness=shine.outputs["Result"])
    height = g.add("Math", operation="MULTIPLY")
    height.inputs[1].default_value = -1.0
    g.link(bricks.outputs["Fac"], height.inputs[0])
    g.bump(height.outputs[0], 0.4, 0.004)
    return g.stuff


def _pebble() -> object:
    g = Graph("pebble")
    cells = g.add("TexVoronoi", Scale=21.0)
    g.link(g.where(), cells.inputs["Vector"])
    tone = g.mix(g.sharpen(g.noise(5.0), 0.3, 0.7), (0.27, 0.255, 0.225), (0.14, 0.14, 0.135))
    g.set(Base_Color=g.mix(g.sharpen(cells.outputs["Distance"], 0.35, 0.6), tone, (0.09, 0.09, 0.065)))
    g.set(Roughness=0.7)
    turned = g.add("Math", operation="MULTIPLY")
    turned.inputs[1].default_value = -1.0
    g.link(cells.outputs["Distance"], turned.inputs[0])
    g.bump(turned.outputs[0], 0.9, 0.03)
    return g.stuff


def _water() -> object:
    g = Graph("water")
    deep = g.mix(g.sharpen(g.noise(0.5), 0.4, 0.65), (0.010, 0.030, 0.022), (0.022, 0.048, 0.030))
    g.set(Base_Color=deep, Roughness=0.03, IOR=1.333, Specular_IOR_Level=0.75)
    g.bump(g.noise(2.2, stretch=(1.0, 1.5, 1.0)), 0.16, 0.03)
    return g.stuff


def _glass() -> object:
    """Thin panes: what is seen straight passes, what is seen aslant shines."""
    g = Graph("glass")
    clear, shine, both = g.add("BsdfTransparent"), g.add("BsdfGlossy", Roughness=0.02), g.add("MixShader")
    edge = g.add("Fresnel", IOR=1.35)
    g.link(edge.outputs[0], both.inputs[0])
    g.link(clear.outputs[0], both.inputs[1])
    g.link(shine.outputs[0], both.inputs[2])
    g.link(both.outputs[0], g.tree.nodes["Material Output"].inputs["Surface"])
    return g.stuff


def _bead() -> object:
    g = Graph("bead")
    g.set(Base_Color=(0.10, 0.028, 0.014, 1), Roughness=0.16, Coat_Weight=0.8)
    return g.stuff


def glow(name: str, colour: Colour, strength: float) -> object:
    """Return a thing that shines of itself."""
    g = Graph(name)
    g.set(Base_Color=(*colour, 1), Emission_Color=(*colour, 1), Emission_Strength=strength, Roughness=0.8)
    g.stuff.cycles.emission_sampling = "NONE"  # lamps of `shoot.py` give the light; this is only seen
    return g.stuff


def pictured(path: Path, *, rough: float = 0.8, shine: float = 0.0) -> object:
    """Return a material that shows a picture, lit by itself as far as `shine` says."""
    g = Graph(path.stem)
    picture = g.add("TexImage")
    picture.image = bpy.data.images.load(str(path))
    colour = picture.outputs["Color"]
    g.set(Base_Color=colour, Roughness=rough)
    if shine:
        g.set(Emission_Color=colour, Emission_Strength=shine)
        g.stuff.cycles.emission_sampling = "NONE"
    return g.stuff
