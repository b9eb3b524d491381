"""Files of routes and halls as offices write them, for several modules."""

import csv
import io

from qingfeng.culture.files import batches, out, reading

PAGE = "/culture-desk/bring/"


ROUTE = {
    "route": "river-walk", "theme": "water", "name_zh": "沿河线",
    "name_en": "Along the river",
    "abstract_zh": "短", "abstract_en": "Short", "text_zh": "一段线路", "text_en": "A walk", "mode": "walk",
    "starts_at": "09:30", "capacity": "20", "office_zh": "宣传部",
    "office_en": "Publicity office", "source": "县志\n水利志", "source_where": "12\n", "file": "bank.jpg",
    "alt_zh": "河岸", "alt_en": "A bank",
    "licence": "cc_by", "author": "某人",
}  # fmt: skip


QUESTION = {
    "ask_zh": "几孔？", "ask_en": "How many arches?", "answers": [["三", "Three"], ["五", "Five"]],
    "right": 0,
    "why_zh": "旧志载三孔。", "why_en": "The old record says three.",
}  # fmt: skip


STOPS = (
    {"no": "1", "place": "two", "minutes": "25", "guide_zh": "看桥", "guide_en": "See the bridge"},
    {"no": "2", "place": "one", "minutes": "15", "leg_km": "1.25", "leg_minutes": "18"},
)


IN_CHINESE = """线路;主题;名称;英文名称;正文;点位;停留分钟;出发时间
river-walk;治水为民;沿河;River;文;one;２５;９：３０
river-walk;;;;;two;;
"""


def a_table(*rows):
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def a_route_table(*stops, **more):
    return a_table(
        *({**(ROUTE if not no else {"route": "river-walk"}), **more, **stop} for no, stop in enumerate(stops))
    )


def brought(culture, data, name="a.csv", **more):
    found = reading.read(data, name, **more)
    return found, batches.take_in(found, by=culture.author, sha="0" * 64)


def as_geojson(culture):
    brought(culture, a_route_table(*STOPS))
    return out.given_out("routes", "geojson")


def a_hall_table(**more):
    hall = {
        "hall": "clear-hall", "what": "hall", "theme": "family", "name_zh": "清白馆", "name_en": "Clear hall",
        "abstract_zh": "短", "abstract_en": "Short", "text_zh": "一座展馆", "text_en": "A hall", "to": "gate",
        "source": "馆藏档案", "names_living": "",
    }  # fmt: skip
    return a_table(
        hall | more,
        a_part("zone", "front", "前厅", "Front"),
        a_part("scene", "gate", "门", "Gate", within="front", told_zh="一道门", told_en="A gate")
        | {"file": "gate.jpg", "yaw": "12.5", "x": "0.2", "y": "0.4"},
        a_part("scene", "room", "室", "Room", within="front", told_zh="一间房", told_en="A room")
        | {"file": "room.jpg"},
        a_spot("in", "gate", "scene", "进去", "In", yaw="0", to="room"),
        a_spot("stone", "room", "picture", "碑", "Stone", yaw="30", file="stone.png", text_zh="碑文"),
        a_spot("ask", "room", "quiz", "问", "Ask", yaw="60", question_zh="几字？", question_en="How many?")
        | {"answers_zh": "三\n四", "answers_en": "Three\nFour", "right": "1", "why_zh": "四字。"},
        a_spot("film", "room", "video", "片", "Film", yaw="90", file="film.mp4", told_zh="说", told_en="Said")
        | {"captions_zh": "film-zh.vtt", "captions_en": "film-en.vtt"},
        {"hall": "clear-hall", "what": "medium", "file": "stone.png", "kind": "picture", "alt_zh": "石碑"}
        | {"alt_en": "A stone", "licence": "own", "author": "本馆"},
    )


def a_part(what, key, zh, en, **more):
    return {"hall": "clear-hall", "what": what, "key": key, "name_zh": zh, "name_en": en, **more}


def a_spot(key, within, kind, zh, en, **more):
    return a_part("spot", key, zh, en, within=within, kind=kind, pitch="-5", **more)


def a_picture():
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(made, "PNG")
    return made.getvalue()
