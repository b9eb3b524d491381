"""A collection of features read piece by piece says what it says read whole; what is none is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qingfeng.culture.files import streams

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=12,
)


@given(
    features=some.lists(VALUES, max_size=6),
    before=some.dictionaries(some.text().filter(lambda one: one != "features"), VALUES, max_size=2),
    size=some.integers(1, 40),
    indent=some.sampled_from([None, 1]),
    is_plain=some.booleans(),
)
def test_what_is_read_piece_by_piece_is_what_is_read_whole(features, before, size, indent, is_plain):
    whole = {**before, "features": features, "after": 12}
    data = json.dumps(whole, indent=indent, ensure_ascii=is_plain).encode(errors="replace")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "CHUNK", size)
        found = list(streams.features_of(data, streams.encoding_of(data)))

    assert found == json.loads(data)["features"]


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "null", '{"features": 3}', '{"features": {"a": 1}}', '{"features": [1, 2}',
        '{"features": [1, 2]', '{"features": [{"a": 1}]} x', '{"features": [1,]}', "{features: []}",
        '{"features": [' + "[" * 100_000, '{"features": [' + "9" * 5000 + "]}",
    ],
)  # fmt: skip
def test_what_is_no_collection_is_told(text):
    with pytest.raises(ValueError, match="GeoJSON"):
        list(streams.features_of(text.encode(), "utf-8"))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("清风".encode("utf-8-sig"), "utf-8-sig"),
        (b"a" * (streams.CHUNK - 1) + "清".encode(), "utf-8-sig"),
        (b"a" * (streams.CHUNK - 1) + "清".encode("gb18030"), "gb18030"),
        ("清".encode("utf-16"), "utf-16"),
    ],
)
def test_in_which_signs_a_file_is_written_is_seen_where_a_sign_is_cut_too(data, encoding):
    assert streams.encoding_of(data) == encoding
