"""Boxes, tubes and sheets, gathered by material into few meshes of Blender."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import bpy
import numpy as np
from numpy.typing import NDArray

Point = Sequence[float]
Floats = NDArray[np.float64]


@dataclass
class Heap:
    """Points and faces of one material."""

    points: list[Floats] = field(default_factory=list)
    faces: list[tuple[int, ...]] = field(default_factory=list)
    smooth: list[bool] = field(default_factory=list)
    count: int = 0


class Mason:
    """Takes shapes in metres and lays them under a frame (a place and a turn about z)."""

    def __init__(self) -> None:
        self.heaps: dict[str, Heap] = defaultdict(Heap)
        self.frame: tuple[Floats, float] = (np.zeros(3), 0.0)

    @contextmanager
    def at(self, x: float, y: float, z: float = 0.0, *, turn: float = 0.0) -> Iterator[None]:
        """Lay what follows at a place, turned by degrees anticlockwise; frames nest."""
        before = self.frame
        self.frame = (self.place(np.array([[x, y, z]], float))[0], before[1] + math.radians(turn))
        yield
        self.frame = before

    def place(self, points: Floats) -> Floats:
        """Return points as they lie in the world."""
        shift, turn = self.frame
        c, s = math.cos(turn), math.sin(turn)
        x, y, z = points.T
        return np.stack([c * x - s * y, s * x + c * y, z], axis=1) + shift

    def lay(
        self, stuff: str, points: object, faces: Sequence[Sequence[int]], *, smooth: bool = False
    ) -> None:
        """Lay a mesh: points (n, 3) and faces as lists of their numbers."""
        heap, placed = self.heaps[stuff], self.place(np.asarray(points, float))
        heap.points.append(placed)
        heap.faces += [tuple(heap.count + no for no in face) for face in faces]
        heap.smooth += [smooth] * len(faces)
        heap.count += len(placed)

    def box(self, stuff: str, centre: Point, size: Point, *, turn: float = 0.0) -> None:
        """Lay a box by its centre and its size, turned by degrees about z."""
        half = np.array(size, float) / 2
        signs = np.array([[x, y, z] for z in (-1, 1) for y in (-1, 1) for x in (-1, 1)], float)
        faces = ((0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5))
        with self.at(*centre, turn=turn):
            self.lay(stuff, signs * half, faces)

    def span(self, stuff: str, low: Point, high: Point) -> None:
        """Lay a box from corner to corner."""
        one, other = np.array(low, float), np.array(high, float)
        self.box(stuff, (one + other) / 2, np.abs(other - one))

    def beam(self, stuff: str, start: Point, end: Point, size: tuple[float, float]) -> None:
        """Lay a squared timber between two points: width sideways, then height."""
        a, b = np.array(start, float), np.array(end, float)
        along = (b - a) / (np.linalg.norm(b - a) or 1)
        side = np.cross(along, (0, 0, 1)) if abs(along[2]) < 0.999 else np.array([1.0, 0, 0])
        side /= np.linalg.norm(side)
        up = np.cross(side, along)
        corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
        points = [p + side * i * size[0] / 2 + up * j * size[1] / 2 for p in (a, b) for i, j in corners]
        faces = ((3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))
        self.lay(stuff, points, faces)

    def tube(self, stuff: str, line: Sequence[Point], radii: Sequence[float], *, sides: int = 12) -> None:
        """Lay a round body along a line with a radius at each of its points, closed at both ends."""
        path = np.array(line, float)
        ways = np.gradient(path, axis=0)
        ways /= np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
        rings = [self._ring(*one, sides) for one in zip(path, ways, radii, strict=True)]
        count = len(rings)
        faces = [
            (
                r * sides + k,
                r * sides + (k + 1) % sides,
                (r + 1) * sides + (k + 1) % sides,
                (r + 1) * sides + k,
            )
            for r in range(count - 1)
            for k in range(sides)
        ]
        self.lay(stuff, np.concatenate(rings), faces, smooth=True)
        self.lay(stuff, np.concatenate([rings[0], rings[-1]]), [range(sides)[::-1], range(sides, 2 * sides)])

    @staticmethod
    def _ring(at: Floats, way: Floats, radius: float, sides: int) -> Floats:
        other = np.array([1.0, 0, 0]) if abs(way[0]) < 0.8 else np.array([0, 1.0, 0])
        one = np.cross(way, other)
        one /= np.linalg.norm(one)
        two = np.cross(way, one)
        turn = np.linspace(0, 2 * math.pi, sides, endpoint=False)
        return at + radius * (np.cos(turn)[:, None] * one + np.sin(turn)[:, None] * two)

    def post(self, stuff: str, at: Point, height: float, radius: float, *, sides: int = 20) -> None:
        """Lay a round post that stands at a point."""
        x, y, z = at
        self.tube(stuff, [(x, y, z), (x, y, z + height / 2), (x, y, z + height)], [radius] * 3, sides=sides)

    def turned(
        self, stuff: str, at: Point, outline: Sequence[tuple[float, float]], *, sides: int = 28
    ) -> None:
        """Lay a body turned on a wheel: an outline of (radius, height) from below."""
        x, y, z = at
        turn = np.linspace(0, 2 * math.pi, sides, endpoint=False)
        points = [(x + r * math.cos(t), y + r * math.sin(t), z + h) for r, h in outline for t in turn]
        faces = [
            (
                r * sides + k,
                r * sides + (k + 1) % sides,
                (r + 1) * sides + (k + 1) % sides,
                (r + 1) * sides + k,
            )
            for r in range(len(outline) - 1)
            for k in range(sides)
        ]
        self.lay(stuff, points, faces, smooth=True)

    def grid(self, stuff: str, points: Floats, *, smooth: bool = True) -> None:
        """Lay a surface of (rows, columns, 3) points."""
        rows, columns = points.shape[:2]
        faces = [
            (r * columns + c, r * columns + c + 1, (r + 1) * columns + c + 1, (r + 1) * columns + c)
            for r in range(rows - 1)
            for c in range(columns - 1)
        ]
        self.lay(stuff, points.reshape(-1, 3), faces, smooth=smooth)

    def build(self, stuffs: dict[str, object]) -> None:
        """Make the meshes; every material must be known."""
        for name, heap in self.heaps.items():
            mesh = bpy.data.meshes.new(name)
            mesh.from_pydata(np.concatenate(heap.points).tolist(), [], heap.faces)
            mesh.polygons.foreach_set("use_smooth", heap.smooth)
            mesh.materials.append(stuffs[name])
            bpy.context.collection.objects.link(bpy.data.objects.new(name, mesh))
        self.heaps.clear()


def hang(name: str, stuff: object, centre: Point, size: tuple[float, float], *, facing: float) -> None:
    """Hang a picture: width and height in metres, facing a compass direction in degrees.

    The picture's UV run from its lower left corner as one who stands before it sees it.
    """
    x, y, z = centre
    way = math.radians(facing)
    right = np.array([-math.cos(way), math.sin(way), 0.0])
    w, h = right * size[0] / 2, np.array([0, 0, size[1] / 2])
    corners = [np.array([x, y, z]) + i * w + j * h for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(one) for one in corners], [], [(0, 1, 2, 3)])
    layer = mesh.uv_layers.new()
    for no, uv in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
        layer.data[no].uv = uv
    mesh.materials.append(stuff)
    bpy.context.collection.objects.link(bpy.data.objects.new(name, mesh))
