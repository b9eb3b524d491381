"""Build the hall in Blender and take its pictures: panoramas and close pictures.

`python shoot.py panoramas DIR [scene …]`, `… pictures DIR [name …]`; `--fast` for a first look.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

import bpy
import writing
from garden import build_garden
from ground import SCENES, THINGS
from mason import Mason
from mathutils import Vector
from matter import materials
from rooms import House, build_house

SEED = 20260101
SUN, SUN_HEIGHT = 216.0, 47.0  # where it stands, from north clockwise, and how high
# from, to in degrees of pitch; what share of the size it is taken in
PARTS = {"band": (-45, 45, 1), "sky": (43.59375, 90, 2), "floor": (-90, -43.59375, 2)}
# name: what it is taken from, what it looks at, angle of the lens, exposure
CLOSE: dict[str, tuple[tuple[float, float, float], tuple[float, float, float], float, float]] = {
    "abacus": ((-9.0, 12.62, 1.62), (-9.3, 13.36, 1.17), 44, 1.4),
    "scales": ((-12.0, -10.2, 1.6), (-12.2, -11.5, 1.3), 42, 1.4),
    "measure": ((-11.9, -7.8, 1.85), (-12.2, -6.5, 1.22), 42, 1.4),
    "gift": ((-10.4, -7.8, 1.65), (-10.05, -6.5, 1.18), 42, 1.4),
    "keys": ((-10.4, -10.2, 1.8), (-10.1, -11.5, 1.15), 42, 1.4),
    "zither": ((8.4, 18.2, 1.7), (9.35, 19.5, 1.1), 54, 1.3),
}


def main() -> None:
    """Read the command and do it."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("what", choices=("panoramas", "pictures"))
    told.add_argument("folder", type=Path)
    told.add_argument("names", nargs="*")
    told.add_argument("--fast", action="store_true", help="a quarter of the size, few samples")
    told.add_argument("--samples", type=int, default=12)
    told.add_argument("--wide", type=int, default=4096, help="of a panorama, in pixels")
    told.add_argument("--threads", type=int, default=1)
    told.add_argument("--fonts", type=Path, help="a folder with the fonts, where they are not installed")
    args = told.parse_args(sys.argv[1:])
    if args.fonts:
        writing.FOLDERS.insert(0, args.fonts)
    args.folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    build(args.folder / "pages")
    settings(4 if args.fast else args.samples, args.threads)
    print(f"built in {time.monotonic() - begun:.0f} s", flush=True)
    if args.what == "panoramas":
        panoramas(args.folder, args.names, 1024 if args.fast else args.wide)
    else:
        pictures(args.folder, args.names, 420 if args.fast else 840)


def build(pages: Path) -> None:
    """Build everything into an empty scene; pages are drawn where they lie not yet."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    if not all((pages / f"{name}.png").exists() for name in writing.PAGES):
        writing.write_all(pages)
    stuffs, m = materials(), Mason()
    build_house(House(m, pages, SEED))
    build_garden(m, stuffs, SEED + 1)
    m.build(stuffs)
    _sky()
    _sun()
    _lamps()


def settings(samples: int, threads: int) -> None:
    """Set the path tracer: few samples, cleaned with the help of colours and normals."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.render.use_persistent_data = True
    c = scene.cycles
    c.device, c.samples, c.seed = "CPU", samples, SEED % 1000
    c.use_adaptive_sampling, c.use_denoising, c.denoiser = False, True, "OPENIMAGEDENOISE"
    c.denoising_input_passes, c.denoising_prefilter = "RGB_ALBEDO_NORMAL", "FAST"
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces = 5, 3, 2, 2
    c.transparent_max_bounces, c.caustics_reflective, c.caustics_refractive = 8, False, False
    c.sample_clamp_indirect, c.blur_glossy, c.use_light_tree = 3.0, 1.0, True
    c.use_fast_gi, c.fast_gi_method, c.ao_bounces_render = True, "REPLACE", 2
    scene.world.light_settings.distance = 12.0
    c.use_auto_tile = False
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"
    scene.render.image_settings.file_format = "PNG"


def panoramas(folder: Path, names: list[str], wide: int) -> None:
    """Take the panoramas of the scenes named, or of all.

    What lies about the horizon is taken in the full size, sky and floor in half of it: they have few edges,
    and nothing to read. `encode.py` joins the parts.
    """
    camera, render = _camera(), bpy.context.scene.render
    camera.data.type = "PANO"
    camera.data.panorama_type = "EQUIRECTANGULAR"
    render.use_border, render.use_crop_to_border = True, True
    for name in names or SCENES:
        told = SCENES[name]
        camera.location = told.eye
        camera.rotation_euler = (math.pi / 2, 0, -math.radians(told.heading))
        for part, (low, high, share) in PARTS.items():
            render.resolution_x, render.resolution_y = wide // share, wide // share // 2
            render.border_min_x, render.border_max_x = 0.0, 1.0
            render.border_min_y, render.border_max_y = 0.5 + low / 180, 0.5 + high / 180
            _take(folder / f"{name}.{part}.png", told.exposure)


def pictures(folder: Path, names: list[str], wide: int) -> None:
    """Take the close pictures named, or all."""
    scene = bpy.context.scene
    camera = _camera()
    scene.render.resolution_x, scene.render.resolution_y = wide, wide * 2 // 3
    for name in names or CLOSE:
        eye, seen, lens, exposure = CLOSE[name]
        _look(camera, eye, seen, lens)
        _take(folder / f"{name}.png", exposure)


def _camera() -> bpy.types.Object:
    camera = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    bpy.context.collection.objects.link(camera)
    bpy.context.scene.camera = camera
    return camera


def _look(camera: bpy.types.Object, eye: object, seen: object, lens: float) -> None:
    camera.location = eye
    camera.rotation_euler = (Vector(seen) - Vector(eye)).to_track_quat("-Z", "Y").to_euler()
    camera.data.angle = math.radians(lens)


def _take(path: Path, exposure: float) -> None:
    scene, begun = bpy.context.scene, time.monotonic()
    scene.view_settings.exposure = exposure
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    print(f"{path.name}: {time.monotonic() - begun:.0f} s", flush=True)


def _sky() -> None:
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    sky = nodes.new("ShaderNodeTexSky")
    sky.sky_type, sky.sun_disc = "NISHITA", False
    sky.sun_elevation, sky.sun_rotation = math.radians(SUN_HEIGHT), math.radians(SUN)
    sky.air_density, sky.dust_density, sky.ozone_density = 1.0, 1.4, 1.6
    where, stretch = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeMapping")
    stretch.inputs["Scale"].default_value = (1.0, 1.0, 2.8)
    noise = nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value, noise.inputs["Detail"].default_value = 2.1, 9.0
    links.new(where.outputs["Generated"], stretch.inputs["Vector"])
    links.new(stretch.outputs["Vector"], noise.inputs["Vector"])
    thick = nodes.new("ShaderNodeMapRange")
    thick.inputs["From Min"].default_value, thick.inputs["From Max"].default_value = 0.50, 0.74
    thick.inputs["To Max"].default_value = 0.8
    links.new(noise.outputs["Fac"], thick.inputs["Value"])
    mix = nodes.new("ShaderNodeMix")
    mix.data_type = "RGBA"
    mix.inputs[7].default_value = (6.6, 6.5, 6.3, 1)
    links.new(thick.outputs["Result"], mix.inputs[0])
    links.new(sky.outputs["Color"], mix.inputs[6])
    ground = nodes["Background"]
    ground.inputs["Strength"].default_value = 0.16
    links.new(mix.outputs[2], ground.inputs["Color"])


def _sun() -> None:
    light = bpy.data.lights.new("sun", "SUN")
    light.energy, light.angle, light.color = 4.2, math.radians(1.1), (1.0, 0.90, 0.76)
    held = bpy.data.objects.new("sun", light)
    turn, up = math.radians(SUN), math.radians(SUN_HEIGHT)
    way = Vector((math.sin(turn) * math.cos(up), math.cos(turn) * math.cos(up), math.sin(up)))
    held.rotation_euler = way.to_track_quat("Z", "Y").to_euler()
    bpy.context.collection.objects.link(held)


def _lamps() -> None:
    """Light the rooms as a museum does: a soft ceiling, and a warm cone on what is to be read."""
    for x, y, z, wide, deep, watts in (
        (-4.5, 2.6, 4.6, 4.0, 5.0, 70),
        (4.5, 2.6, 4.6, 4.0, 5.0, 70),
        (0.0, 2.2, 5.0, 3.0, 3.0, 60),
        (9.3, 14.5, 3.9, 3.0, 11.0, 90),
        (-9.3, 12.2, 3.9, 3.6, 7.0, 80),
        (-11.1, -9.3, 3.6, 3.0, 6.0, 45),
    ):
        _area((x, y, z), (wide, deep), watts)
    for name, eye in (
        ("plaque", (0, 3.2, 5.0)),
        ("scroll", (0, 3.4, 4.8)),
        ("preface", (-5.6, 3.7, 4.6)),
        ("model", (5.6, 3.7, 4.6)),
        ("precept_1", (10.2, 9.78, 4.2)),
        ("precept_2", (10.2, 12.93, 4.2)),
        ("precept_3", (10.2, 16.08, 4.2)),
        ("precept_4", (10.2, 19.23, 4.2)),
        ("family_tree", (9.3, 18.4, 4.3)),
        ("motto", (-9.3, 14.3, 4.1)),
        ("bronze", (-11.4, -9.0, 3.5)),
        ("scales", (-12.2, -10.6, 3.6)),
        ("keys", (-10.1, -10.6, 3.6)),
        ("measure", (-12.2, -7.4, 3.6)),
        ("gift", (-10.1, -7.4, 3.6)),
        ("ledger", (-9.6, 12.9, 4.0)),
    ):
        _cone(eye, THINGS[name])


def _area(at: tuple[float, float, float], size: tuple[float, float], watts: float) -> None:
    light = bpy.data.lights.new("ceiling", "AREA")
    light.shape, light.size, light.size_y = "RECTANGLE", *size
    light.energy, light.color = watts, (1.0, 0.88, 0.72)
    held = bpy.data.objects.new("ceiling", light)
    held.location = at
    held.visible_camera = held.visible_glossy = False
    bpy.context.collection.objects.link(held)


def _cone(at: tuple[float, float, float], seen: tuple[float, float, float]) -> None:
    light = bpy.data.lights.new("cone", "SPOT")
    light.energy, light.color, light.shadow_soft_size = 130, (1.0, 0.82, 0.60), 0.05
    light.spot_size, light.spot_blend = math.radians(46), 0.7
    held = bpy.data.objects.new("cone", light)
    held.location = at
    held.rotation_euler = (Vector(seen) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(held)


if __name__ == "__main__":
    main()
