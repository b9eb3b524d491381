"""PMTiles files made by code: a drawn one (MVT) of a lake and a road, and one of pictures."""

import gzip
import io
import math

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

BOUNDS = (123.8, 30.4, 124.3, 30.7)
SIDE = 4096


def a_file(
    *, form=TileType.MVT, zooms=(9, 12), bounds=BOUNDS, packed=Compression.GZIP, tile=None, **metadata
):
    """Return the bytes of a PMTiles file with a tile for every square of its bounds."""
    out = io.BytesIO()
    writer = Writer(out)
    data = tile if tile is not None else a_drawn_tile() if form is TileType.MVT else a_picture()
    if packed is Compression.GZIP:
        data = gzip.compress(data, mtime=0)
    squares = sorted(
        zxy_to_tileid(zoom, x, y)
        for zoom in range(zooms[0], zooms[1] + 1)
        for x in range(_column(bounds[0], zoom), _column(bounds[2], zoom) + 1)
        for y in range(_row(bounds[3], zoom), _row(bounds[1], zoom) + 1)
    )
    for one in squares:
        writer.write_tile(one, data)
    west, south, east, north = (round(one * 1e7) for one in bounds)
    head = {"version": 3, "tile_type": form, "tile_compression": packed, "center_zoom": zooms[0]}
    head |= {"min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north}
    head |= {"center_lon_e7": west, "center_lat_e7": south}
    layers = [{"id": name, "fields": {}} for name in ("water", "roads")] if form is TileType.MVT else []
    writer.finalize(head, {"attribution": "自制 <a href='#'>示例</a>", "vector_layers": layers, **metadata})
    return out.getvalue()


def a_drawn_tile():
    """Return a tile with a lake over its middle and a road across it, as Mapbox Vector Tile 2.1."""
    lake = [(1, 1024, 1024), (2, 2048, 0), (0, 2048), (-2048, 0), None]
    road = [(1, 0, 2048), (2, 4096, 0)]
    return _layer("water", 3, lake) + _layer("roads", 2, road)


def a_picture():
    """Return a tile that is a picture: 256 pixels of one green."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (256, 256), (0, 170, 90)).save(out, "PNG")
    return out.getvalue()


def _layer(name, kind, path):
    shape = []
    for step in path:
        if step is None:
            shape.append(_command(7, 1))
        elif len(step) == 3:
            count = len([one for one in path if one is not None]) - 1 if step[0] == 2 else 1
            shape += [_command(step[0], count), _zigzag(step[1]), _zigzag(step[2])]
        else:
            shape += [_zigzag(step[0]), _zigzag(step[1])]
    packed = b"".join(map(_varint, shape))
    feature = _field(3, kind) + _field(4, packed)
    said = _field(15, 2) + _field(1, name.encode()) + _field(2, feature) + _field(5, SIDE)
    return _field(3, said)


def _command(number, count):
    return number | count << 3


def _zigzag(value):
    return (value << 1) ^ (value >> 31)


def _varint(value):
    out = b""
    while True:
        value, low = value >> 7, value & 127
        out += bytes([low | (128 if value else 0)])
        if not value:
            return out


def _field(number, value):
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _column(lon, zoom):
    return int((lon + 180) / 360 * 2**zoom)


def _row(lat, zoom):
    return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
