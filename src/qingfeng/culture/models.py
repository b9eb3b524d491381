"""Tables of the public culture site; the public pages and the export read these and no others."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.culture import brought_models, visit_models  # noqa: F401 - Django finds tables through this
from qingfeng.culture.halls.reading import EMPTY

PERSON = "organization.Person"


def no_tour() -> dict[str, Any]:
    """Return the tour of a hall that is not written yet."""
    return deepcopy(EMPTY)


class Entry(models.Model):
    """Something that can be published: its draft, in the two languages.

    Attributes:
        slug: Its one address, which never changes: lower-case words with hyphens.
        abstract_zh: One or two sentences for cards.
        text_zh: The story, at most 800 signs.
        names_living: Whether it names or shows somebody who lives.
        consent: Where their consent lies: paper and day.
        next_check_on: Day by which somebody looks at it again; None while it is not public.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PLACE = "place", pgettext_lazy("culture", "Place")
        ROUTE = "route", pgettext_lazy("culture", "Route")
        HALL = "hall", pgettext_lazy("culture", "Hall")

    class State(models.TextChoices):
        """How far its draft is."""

        DRAFT = "draft", pgettext_lazy("culture", "Draft")
        REVIEWING = "reviewing", pgettext_lazy("culture", "Under review")
        PUBLISHED = "published", pgettext_lazy("culture", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("culture", "Withdrawn")

    class Theme(models.TextChoices):
        """What it speaks of."""

        THRIFT = "thrift", _("Thrift")
        FAMILY = "family", _("Family precepts")
        JUSTICE = "justice", _("Justice")
        DILIGENCE = "diligence", _("Diligence")
        TRUST = "trust", _("Keeping one's word")
        WATER = "water", _("Water and the people")

    kind = models.CharField(max_length=8, choices=Kind)
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    theme = models.CharField(max_length=12, choices=Theme)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    abstract_zh = models.CharField(max_length=120)
    abstract_en = models.CharField(max_length=300)
    text_zh = models.CharField(max_length=800)
    text_en = models.CharField(max_length=3000)
    names_living = models.BooleanField(default=False)
    consent = models.CharField(max_length=200, blank=True)
    next_check_on = models.DateField(null=True)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["slug"]
        indexes = [models.Index(fields=["kind", "state", "slug"]), models.Index(fields=["next_check_on"])]

    def __str__(self) -> str:
        return self.name_zh


class Place(models.Model):
    """A place (资源点); coordinates are WGS-84, whatever they were typed in.

    Attributes:
        opens_at: None where it is open at all hours.
        rest_days: Days of the week on which it is closed, "1" Monday to "7" Sunday.
        contact_zh: The office that answers, never a person or a private number.
    """

    class Category(models.TextChoices):
        """The kinds of the register of places."""

        PERSON = "person", _("Historic person")
        PRECEPT = "precept", _("Family precept")
        RED_SITE = "red_site", _("Revolutionary site")
        VILLAGE = "village", _("Village")
        HALL = "hall", _("Hall of a unit")

    class Access(models.TextChoices):
        """How far a wheelchair comes."""

        WHOLE = "whole", _("Everywhere without steps")
        PARTLY = "partly", _("Partly without steps")
        STEPS = "steps", _("Steps")

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="place")
    category = models.CharField(max_length=10, choices=Category)
    lon = models.FloatField()
    lat = models.FloatField()
    address_zh = models.CharField(max_length=80, blank=True)
    address_en = models.CharField(max_length=120, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    rest_days = models.CharField(max_length=7, blank=True)
    wheelchair = models.CharField(max_length=8, choices=Access, default=Access.PARTLY)
    contact_zh = models.CharField(max_length=60, blank=True)
    contact_en = models.CharField(max_length=120, blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lon__range=(-180, 180)) & models.Q(lat__range=(-85, 85)),
                name="culture_place_on_earth",
            )
        ]


class Route(models.Model):
    """A route (廉洁游专线).

    Attributes:
        capacity: People that one slot of a group takes.
        quiz: Questions: `ask_zh`, `ask_en`, `answers` as pairs of texts, `right` (place in `answers`),
            `why_zh`, `why_en`.
    """

    class Mode(models.TextChoices):
        """How one gets from stop to stop."""

        WALK = "walk", _("On foot")
        CYCLE = "cycle", _("By bicycle")
        BUS = "bus", _("By coach")

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="route")
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.WALK)
    audience_zh = models.CharField(max_length=60, blank=True)
    audience_en = models.CharField(max_length=120, blank=True)
    season_zh = models.CharField(max_length=40, blank=True)
    season_en = models.CharField(max_length=80, blank=True)
    office_zh = models.CharField(max_length=60, blank=True)
    office_en = models.CharField(max_length=120, blank=True)
    starts_at = models.TimeField(default="09:00")
    capacity = models.PositiveSmallIntegerField(default=30)
    quiz = models.JSONField(default=list, blank=True)


class Stop(models.Model):
    """A stop of a route; a leg is what leads to it, worked out where nobody measured it."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="stops")
    no = models.PositiveSmallIntegerField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="stops")
    minutes = models.PositiveSmallIntegerField(default=20)
    guide_zh = models.CharField(max_length=300, blank=True)
    guide_en = models.CharField(max_length=900, blank=True)
    leg_km = models.FloatField(null=True, blank=True)
    leg_minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["route", "place"], name="culture_stop_once_a_route"),
            models.UniqueConstraint(fields=["route", "no"], name="culture_one_stop_a_turn"),
        ]


class Hall(models.Model):
    """An online hall (网上展馆).

    Attributes:
        tour: Zones, scenes and spots as `halls.reading` reads them.
        built: What a hall was built from that nobody photographed (`halls.building`); None where it was.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="hall")
    tour = models.JSONField(default=no_tour)
    built = models.JSONField(null=True, blank=True)


class Medium(models.Model):
    """A picture, panorama, sound or film of an entry, with licence and author; bytes lie under their hash.

    Attributes:
        name: Of its file, by which tables name it; "" where it is named by its hash.
        alt_zh: What a picture shows, in words; what a sound or film is called.
        width: In pixels, of pictures and films where it is known.
        seconds: How long a sound or film is.
        told_zh: What is heard or seen in a sound or film, for who cannot (transcript).
    """

    class Kind(models.TextChoices):
        """What it is."""

        PICTURE = "picture", _("Picture")
        PANORAMA = "panorama", _("Panorama")
        AUDIO = "audio", _("Sound")
        VIDEO = "video", _("Film")

    class Licence(models.TextChoices):
        """What allows it to be shown."""

        OWN = "own", _("Made by the office itself")
        CC0 = "cc0", "CC0 1.0"
        CC_BY = "cc_by", "CC BY 4.0"
        CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"
        PUBLIC = "public", _("In the public domain")
        PERMIT = "permit", _("Written permission of the author")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="media")
    no = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64)
    form = models.CharField(max_length=5)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PICTURE)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    alt_zh = models.CharField(max_length=120, blank=True)
    alt_en = models.CharField(max_length=300, blank=True)
    told_zh = models.TextField(blank=True)
    told_en = models.TextField(blank=True)
    licence = models.CharField(max_length=10, choices=Licence, blank=True)
    author = models.CharField(max_length=80, blank=True)
    shows_living = models.BooleanField(default=False)

    class Meta:
        ordering = ["no", "pk"]


class Source(models.Model):
    """Where the story stands: book, archive, record, with its page."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sources")
    no = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    where = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["no", "pk"]


class Version(models.Model):
    """An entry as it was handed in, word for word; what is signed and published is a version, never a draft.

    Attributes:
        content: All of it, as JSON.
        sha256: Of its canonical JSON.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-no"]
        constraints = [models.UniqueConstraint(fields=["entry", "no"], name="culture_one_version_a_number")]


class Signature(models.Model):
    """One of the three reviews or three proofs of a version (三审三校); each by somebody else."""

    class Step(models.TextChoices):
        """The six, in their two orders."""

        PROOF_1 = "proof_1", _("First proof")
        PROOF_2 = "proof_2", _("Second proof")
        PROOF_3 = "proof_3", _("Third proof")
        REVIEW_1 = "review_1", _("First review")
        REVIEW_2 = "review_2", _("Second review")
        REVIEW_3 = "review_3", _("Final review")

    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    step = models.CharField(max_length=8, choices=Step)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    passed = models.BooleanField()
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "step"], name="culture_one_signature_a_step"),
            models.UniqueConstraint(fields=["version", "by"], name="culture_six_signatures_six_people"),
        ]


class Publication(models.Model):
    """A version that is or was public, and what its lists are drawn from; withdrawing leaves it as a trace.

    Attributes:
        number: Of the publication slip (发布审批单).
        sought: What the search looks in, lower case.
        pictures: Hashes of what it shows: pictures, panoramas, sounds, films, captions.
        withdrawn_why_zh: What the public page says; in the language there is, where one is missing.
    """

    version = models.OneToOneField(Version, models.PROTECT, related_name="publication")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="publications")
    is_live = models.BooleanField(default=True)
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=8)
    slug = models.SlugField(max_length=60)
    category = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=12)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    sought = models.TextField()
    pictures = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    withdrawn_why_zh = models.CharField(max_length=300, blank=True)
    withdrawn_why_en = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["name_zh", "pk"]
        indexes = [models.Index(fields=["is_live", "kind", "name_zh"])]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(is_live=True), name="culture_one_live_version"
            )
        ]


class Check(models.Model):
    """A look at what is public, due every six months."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="checks")
    due_on = models.DateField()
    done_on = models.DateField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    is_right = models.BooleanField()
    note = models.CharField(max_length=500)

    class Meta:
        ordering = ["-pk"]


class BaseMap(models.Model):
    """What lies below the places, decided by somebody; the newest row counts.

    Attributes:
        area_zh: What the map shows, as the heads of the pages say it.
        approval: Approval number of the map (审图号); nothing is published without one.
        credit_zh: Whose map it is.
    """

    area_zh = models.CharField(max_length=40, blank=True)
    area_en = models.CharField(max_length=60, blank=True)
    approval = models.CharField(max_length=40)
    credit_zh = models.CharField(max_length=80)
    credit_en = models.CharField(max_length=160, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=200)

    class Meta:
        ordering = ["-pk"]


class Manifest(models.Model):
    """All files of an export with their hashes; the hash of the list stands in the public journal."""

    made_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, unique=True)
    note = models.TextField()


class Listed(models.Model):
    """One file of a manifest."""

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="files")
    path = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64, db_index=True)
