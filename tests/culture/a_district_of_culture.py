"""Builders of this room's tests: an office, its author and six people who sign, a place that is written."""

from qingfeng.culture import life
from qingfeng.culture.models import BaseMap, Entry, Place, Signature


class Culture:
    """The sample office with a map that has its number, and a place that could be published."""

    def __init__(self, office):
        from qingfeng.organization.people import holders

        self.office = office
        self.author = office.accounts["editor"].person
        others = [one for one in office.people.values() if one.pk != self.author.pk]
        self.signers = others[:6]
        self.stranger = others[6]
        assert self.author in holders("editor", life.timezone.localdate())

    def number_the_map(self):
        """The map has its approval number."""
        return BaseMap.objects.create(approval="云水2026-1", credit_zh="自绘", by=self.author, reason="初次")

    def a_place(self, slug="bridge", **changes):
        """A place that could be published, but for what is changed."""
        words = {"name_zh": "石桥", "name_en": "Bridge", "abstract_zh": "短", "abstract_en": "Short"}
        said = {"text_zh": "一段故事", "text_en": "A story", **words, **changes.pop("entry", {})}
        entry = Entry.objects.create(kind="place", slug=slug, theme="thrift", made_by=self.author, **said)
        at = {"lon": 124.0, "lat": 30.5, "category": "person", **changes.pop("place", {})}
        Place.objects.create(entry=entry, **at)
        if changes.pop("source", True):
            entry.sources.create(title="旧志（虚构）", where="第 1 页")
        medium = {"digest": "0" * 64, "form": "svg", "alt_zh": "画", "alt_en": "drawing", "licence": "own"}
        entry.media.create(**{**medium, "author": "宣传部", **changes.pop("medium", {})})
        return entry

    def handed_in(self, entry):
        """Its version, under review."""
        version = life.hand_in(entry, by=self.author)
        assert version, str(version)
        return version

    def signed(self, version, count=6):
        """The version with so many signatures."""
        for step, person in zip(list(Signature.Step.values)[:count], self.signers, strict=False):
            assert life.sign(version, step, by=person, passed=True)
        return version

    def published(self, entry):
        """Its publication."""
        made = life.publish(self.signed(self.handed_in(entry)), by=self.author)
        assert made, str(made)
        return made
