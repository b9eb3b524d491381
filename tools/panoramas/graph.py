"""The nodes of a material of Blender in few words; and a picture of clouds that they look up."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np

Colour = tuple[float, float, float]
SIZE, SPOTS = 1024, 14


def clouds() -> object:
    """Return a picture of clouds that joins itself at its edges; drawn once.

    Noise worked out at every hit of a ray cost most of the time; a picture of it is looked up in none.
    """
    held = bpy.data.images.get("clouds")
    if held is not None:
        return held
    draw = np.random.default_rng(7)
    waves = np.hypot(*np.meshgrid(np.fft.fftfreq(SIZE) * SIZE, np.fft.fftfreq(SIZE) * SIZE))
    power = 1 / np.maximum(waves, SPOTS * 0.5) ** 1.75
    made = np.real(np.fft.ifft2(np.fft.fft2(draw.normal(size=(SIZE, SIZE))) * power))
    made = 0.5 + 0.115 * (made - made.mean()) / made.std()
    picture = bpy.data.images.new("clouds", SIZE, SIZE, float_buffer=True, is_data=True)
    pixels = np.ones((SIZE, SIZE, 4), np.float32)
    pixels[..., :3] = made[..., None]
    picture.pixels.foreach_set(pixels.ravel())
    return picture


class Graph:
    """The nodes of one material, with its surface ready."""

    def __init__(self, name: str) -> None:
        self.stuff = bpy.data.materials.new(name)
        self.stuff.use_nodes = True
        self.tree = self.stuff.node_tree
        self.surface = self.tree.nodes["Principled BSDF"]

    def add(self, kind: str, **values: Any) -> Any:
        """Add a node; a value is set on an input by its name, or on the node where it has no such input."""
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in values.items():
            key = name.replace("_", " ")
            if key in node.inputs:
                node.inputs[key].default_value = value
            else:
                setattr(node, name, value)
        return node

    def link(self, start: Any, end: Any) -> None:
        """Lead a socket to another."""
        self.tree.links.new(start, end)

    def where(self, *, stretch: Colour = (1, 1, 1)) -> Any:
        """Return the place in the world, stretched."""
        mapping = self.add("Mapping", Scale=stretch)
        self.link(self.add("TexCoord").outputs["Object"], mapping.inputs["Vector"])
        return mapping.outputs["Vector"]

    def noise(self, scale: float, *, stretch: Colour = (1, 1, 1)) -> Any:
        """Return a cloud of values about one half, its spots `1 / scale` metres wide; read from a picture."""
        node = self.add("TexImage", projection="BOX", projection_blend=0.15, interpolation="Linear")
        node.image = clouds()
        part = scale / SPOTS
        self.link(self.where(stretch=tuple(part * one for one in stretch)), node.inputs["Vector"])
        return node.outputs["Color"]

    def sharpen(self, value: Any, low: float, high: float) -> Any:
        """Return a value as 0 below one bound and 1 above the other."""
        node = self.add("MapRange", From_Min=low, From_Max=high)
        self.link(value, node.inputs["Value"])
        return node.outputs["Result"]

    def mix(self, by: Any, one: Any, two: Any, *, blend: str = "MIX") -> Any:
        """Return a colour between two (each a socket or three numbers)."""
        node = self.add("Mix", data_type="RGBA", blend_type=blend)
        for place, value in ((0, by), (6, one), (7, two)):
            if isinstance(value, tuple):
                node.inputs[place].default_value = (*value, 1.0)
            elif isinstance(value, float):
                node.inputs[place].default_value = value
            else:
                self.link(value, node.inputs[place])
        return node.outputs[2]

    def bump(self, height: Any, strength: float, distance: float = 0.02) -> None:
        """Raise the surface by a value."""
        node = self.add("Bump", Strength=strength, Distance=distance)
        self.link(height, node.inputs["Height"])
        self.link(node.outputs["Normal"], self.surface.inputs["Normal"])

    def set(self, **values: Any) -> None:
        """Set inputs of the surface; a socket is linked."""
        for name, value in values.items():
            target = self.surface.inputs[name.replace("_", " ")]
            if hasattr(value, "is_output"):
                self.link(value, target)
            else:
                target.default_value = value
