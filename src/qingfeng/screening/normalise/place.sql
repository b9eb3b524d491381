-- Degrees of longitude or latitude, DOUBLE: decimal, with a letter, or degrees, minutes and seconds.
-- read_degrees('119.9231') -> 119.9231
-- read_degrees('E119.9231') -> 119.9231
-- read_degrees('32.5°N') -> 32.5
-- read_degrees('119°30''36"') -> 119.51
-- read_degrees('东经119.5') -> 119.5
-- read_degrees('云川') -> NULL
CREATE OR REPLACE MACRO read_degrees(x) AS coalesce(
    TRY_CAST(x AS DOUBLE),
    CASE WHEN NOT is_blank(x) THEN list_transform(
        [regexp_extract(
            replace(upper(narrow(x)), ' ', ''),
            '^(?:东经|北纬|E|N)?[:]?(-?[0-9]+(?:\.[0-9]+)?)(?:[°度](?:([0-9]+(?:\.[0-9]+)?)[''′分])?(?:([0-9]+(?:\.[0-9]+)?)["″秒])?)?[EN]?$',
            ['d', 'm', 's']
        )],
        lambda p: TRY_CAST(p.d AS DOUBLE)
            + coalesce(TRY_CAST(p.m AS DOUBLE), 0) / 60 + coalesce(TRY_CAST(p.s AS DOUBLE), 0) / 3600
    )[1] END
);

-- Whether the pair lies where the offset of GCJ-02 applies.
-- in_offset_area(119.9, 32.4) -> true
-- in_offset_area(-0.1, 51.5) -> false
CREATE OR REPLACE MACRO in_offset_area(lon, lat) AS lon BETWEEN 72.004 AND 137.8347 AND lat BETWEEN 0.8293 AND 55.8271;

-- Offset in degrees that GCJ-02 adds at a point: {lon, lat}. The published algorithm (ellipsoid of Krasovsky).
-- round(gcj_offset(116.404, 39.915).lon, 6) -> 0.006244
CREATE OR REPLACE MACRO gcj_offset(lon, lat) AS list_transform(
    [{
        'x': lon - 105.0, 'y': lat - 35.0,
        'm': 1 - 0.00669342162296594323 * power(sin(radians(lat)), 2),
        'c': cos(radians(lat))
    }],
    lambda p: {
        'lon': (300.0 + p.x + 2.0 * p.y + 0.1 * p.x * p.x + 0.1 * p.x * p.y + 0.1 * sqrt(abs(p.x))
            + (20.0 * sin(6.0 * p.x * pi()) + 20.0 * sin(2.0 * p.x * pi())
                + 20.0 * sin(p.x * pi()) + 40.0 * sin(p.x / 3.0 * pi())
                + 150.0 * sin(p.x / 12.0 * pi()) + 300.0 * sin(p.x / 30.0 * pi())) * 2.0 / 3.0)
            * 180.0 / (6378245.0 / sqrt(p.m) * p.c * pi()),
        'lat': (-100.0 + 2.0 * p.x + 3.0 * p.y + 0.2 * p.y * p.y + 0.1 * p.x * p.y + 0.2 * sqrt(abs(p.x))
            + (20.0 * sin(6.0 * p.x * pi()) + 20.0 * sin(2.0 * p.x * pi())
                + 20.0 * sin(p.y * pi()) + 40.0 * sin(p.y / 3.0 * pi())
                + 160.0 * sin(p.y / 12.0 * pi()) + 320.0 * sin(p.y * pi() / 30.0)) * 2.0 / 3.0)
            * 180.0 / (6378245.0 * (1 - 0.00669342162296594323) / (p.m * sqrt(p.m)) * pi())
    }
)[1];

-- A WGS-84 point in GCJ-02 (the maps of most Chinese services): {lon, lat}.
-- round(wgs_to_gcj(116.404, 39.915).lon, 5) -> 116.41024
-- round(wgs_to_gcj(116.404, 39.915).lat, 5) -> 39.9164
CREATE OR REPLACE MACRO wgs_to_gcj(lon, lat) AS list_transform(
    [{'lon': CAST(lon AS DOUBLE), 'lat': CAST(lat AS DOUBLE), 'off': gcj_offset(lon, lat)}],
    lambda point: CASE WHEN in_offset_area(point.lon, point.lat)
        THEN {'lon': point.lon + point.off.lon, 'lat': point.lat + point.off.lat}
        ELSE {'lon': point.lon, 'lat': point.lat} END
)[1];

-- A GCJ-02 point in WGS-84, {lon, lat}: the offset is taken back at the point, then where that leads (under 0.1 m).
-- A lambda's name here must not be one that a caller's argument uses: arguments are put into the text.
-- round(gcj_to_wgs(116.41024, 39.91640).lon, 4) -> 116.404
-- round(gcj_to_wgs(116.41024, 39.91640).lat, 4) -> 39.915
CREATE OR REPLACE MACRO gcj_to_wgs(lon, lat) AS list_transform(
    list_transform(
        [{'lon': CAST(lon AS DOUBLE), 'lat': CAST(lat AS DOUBLE), 'off': gcj_offset(lon, lat)}],
        lambda first: {'lon': first.lon, 'lat': first.lat, 'off': gcj_offset(first.lon - first.off.lon, first.lat - first.off.lat)}
    ),
    lambda last: CASE WHEN in_offset_area(last.lon, last.lat)
        THEN {'lon': last.lon - last.off.lon, 'lat': last.lat - last.off.lat}
        ELSE {'lon': last.lon, 'lat': last.lat} END
)[1];

-- A BD-09 point (Baidu) in GCJ-02: {lon, lat}.
-- round(bd_to_gcj(116.404, 39.915).lon, 5) -> 116.39763
-- round(bd_to_gcj(116.404, 39.915).lat, 5) -> 39.90866
CREATE OR REPLACE MACRO bd_to_gcj(lon, lat) AS list_transform(
    [{'x': lon - 0.0065, 'y': lat - 0.006}],
    lambda p: list_transform(
        [{
            'z': sqrt(p.x * p.x + p.y * p.y) - 0.00002 * sin(p.y * pi() * 3000.0 / 180.0),
            't': atan2(p.y, p.x) - 0.000003 * cos(p.x * pi() * 3000.0 / 180.0)
        }],
        lambda q: {'lon': q.z * cos(q.t), 'lat': q.z * sin(q.t)}
    )[1]
)[1];

-- A GCJ-02 point in BD-09: {lon, lat}.
-- round(gcj_to_bd(116.39763, 39.90866).lon, 4) -> 116.404
CREATE OR REPLACE MACRO gcj_to_bd(lon, lat) AS list_transform(
    [{
        'z': sqrt(lon * lon + lat * lat) + 0.00002 * sin(lat * pi() * 3000.0 / 180.0),
        't': atan2(lat, lon) + 0.000003 * cos(lon * pi() * 3000.0 / 180.0)
    }],
    lambda p: {'lon': p.z * cos(p.t) + 0.0065, 'lat': p.z * sin(p.t) + 0.006}
)[1];

-- A pair in WGS-84, as {lon, lat}; exchanged if the latitude is over 90, NULL at 0,0 and out of range.
-- `coord_sys` is WGS-84, GCJ-02 or BD-09; anything else counts as WGS-84.
-- to_wgs(119.9, 32.4, 'WGS-84') -> {'lon': 119.9, 'lat': 32.4}
-- to_wgs(32.4, 119.9, 'WGS-84') -> {'lon': 119.9, 'lat': 32.4}
-- to_wgs(0, 0, 'WGS-84') -> NULL
-- round(to_wgs(116.404, 39.915, 'BD-09').lon, 4) -> 116.3914
CREATE OR REPLACE MACRO to_wgs(lon, lat, coord_sys) AS list_transform(
    list_transform(
        [{'x': CAST(lon AS DOUBLE), 'y': CAST(lat AS DOUBLE), 'sys': coord_sys}],
        lambda read: CASE
            WHEN read.x IS NULL OR read.y IS NULL OR (read.x = 0 AND read.y = 0) THEN NULL
            WHEN abs(read.y) > 90 AND abs(read.x) <= 90 AND abs(read.y) <= 180 THEN {'x': read.y, 'y': read.x, 'sys': read.sys}
            WHEN abs(read.y) <= 90 AND abs(read.x) <= 180 THEN read
        END
    ),
    lambda ordered: CASE
        WHEN ordered IS NULL THEN NULL
        WHEN ordered.sys IN ('GCJ-02', 'BD-09') THEN list_transform(
            [CASE WHEN ordered.sys = 'BD-09' THEN bd_to_gcj(ordered.x, ordered.y) ELSE {'lon': ordered.x, 'lat': ordered.y} END],
            lambda gcj: gcj_to_wgs(gcj.lon, gcj.lat)
        )[1]
        ELSE {'lon': ordered.x, 'lat': ordered.y}
    END
)[1];
