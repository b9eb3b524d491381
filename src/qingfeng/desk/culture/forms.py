"""What the desk of culture pages asks: an entry, a picture, a base map, slots, a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.culture.booking import is_personal
from qingfeng.culture.content import content_of, digest_of
from qingfeng.culture.coordinates import DATUMS, WGS84, to_wgs84
from qingfeng.culture.files.cells import OF_THE_DESK, SLUG
from qingfeng.culture.files.reading import LARGEST
from qingfeng.culture.life import under_review
from qingfeng.culture.models import Entry, Hall, Medium, Place, Route, Stop
from qingfeng.desk.keeping import fields
from qingfeng.organization.models import Person

TEXTS = ("name_zh", "name_en", "abstract_zh", "abstract_en", "text_zh", "text_en", "theme", "consent")
OF_PLACE = (
    "category",
    "address_zh",
    "address_en",
    "opens_at",
    "closes_at",
    "rest_days",
    "wheelchair",
    "contact_zh",
    "contact_en",
)
LARGEST_GROUND = 8 * 1024 * 1024
DATUM_CHOICES = [(one, one) for one in DATUMS]
OF_ROUTE = (
    "mode", "audience_zh", "audience_en", "season_zh", "season_en", "office_zh", "office_en", "starts_at",
    "capacity",
)  # fmt: skip


class Written(fields.Form):
    """An entry in both languages with its sources; a place with coordinates, a route with stops."""

    def __init__(self, kind: str, entry: Entry | None, *args: Any, **kwargs: Any) -> None:
        self.kind, self.entry = kind, entry
        super().__init__(*args, initial=_initial(kind, entry), **kwargs)
        self.fields["base"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=base_of(entry)
        )
        if entry is None:
            self.fields["slug"] = forms.RegexField(
                f"^{SLUG.pattern}$", label=_("Address of the page"), max_length=60,
                help_text=_("Lower-case words with hyphens; it never changes."),
            )  # fmt: skip
        self._texts()
        if kind == "place":
            self._place()
        elif kind == "route":
            self._route()
        self.fields["sources"] = fields.long_text(
            _("Sources, one a line"), most=2000, needed=False, help_text=_("Book, archive or record | page")
        )
        self.fields["names_living"] = forms.BooleanField(
            label=_("It names somebody who lives"), required=False
        )
        self.fields["consent"] = fields.text(
            _("Where their consent lies"),
            needed=False,
            help_text=_("Paper and day; it is not shown in public."),
        )

    def _texts(self) -> None:
        self.fields["name_zh"] = fields.text(_("Name, Chinese"), most=60)
        self.fields["name_en"] = fields.text(_("Name, English"), most=120)
        self.fields["theme"] = forms.ChoiceField(
            label=pgettext("culture", "Theme"), choices=Entry.Theme.choices
        )
        self.fields["abstract_zh"] = fields.long_text(_("Abstract, Chinese"), most=120, rows=2)
        self.fields["abstract_en"] = fields.long_text(_("Abstract, English"), most=300, rows=2)
        self.fields["text_zh"] = fields.long_text(
            _("Story, Chinese"), most=800, rows=8, help_text=_("At most 800 signs.")
        )
        self.fields["text_en"] = fields.long_text(_("Story, English"), most=3000, rows=8)

    def _place(self) -> None:
        self.fields["category"] = forms.ChoiceField(
            label=pgettext("culture", "Kind"), choices=Place.Category.choices
        )
        self.fields["lon"] = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
        self.fields["lat"] = forms.FloatField(label=_("Latitude"), min_value=-85, max_value=85)
        self.fields["datum"] = forms.ChoiceField(
            label=_("These coordinates are"), choices=DATUM_CHOICES,
            help_text=_("They are kept in WGS-84, whatever they are typed in."),
        )  # fmt: skip
        for name, label in (
            ("address_zh", _("Place in words, Chinese")),
            ("address_en", _("Place in words, English")),
        ):
            self.fields[name] = fields.text(label, most=80, needed=False)
        for name, label in (("opens_at", _("Opens at")), ("closes_at", _("Closes at"))):
            self.fields[name] = forms.TimeField(label=label, required=False, widget=_clock())
        self.fields["rest_days"] = forms.RegexField(
            "^[1-7]{0,6}$", label=_("Closed on weekdays"), required=False,
            help_text=_("1 Monday to 7 Sunday: 12 is Monday and Tuesday."),
        )  # fmt: skip
        self.fields["wheelchair"] = forms.ChoiceField(label=_("Wheelchair"), choices=Place.Access.choices)
        for name, label, most in (
            ("contact_zh", _("Who answers, Chinese"), 60), ("contact_en", _("Who answers, English"), 120),
        ):  # fmt: skip
            self.fields[name] = fields.text(
                label, most=most, needed=False, help_text=_("An office, no private number.")
            )
        self.fields["is_closed"] = forms.BooleanField(label=_("Closed for the time being."), required=False)

    def _route(self) -> None:
        self.fields["mode"] = forms.ChoiceField(label=_("How one gets on"), choices=Route.Mode.choices)
        self.fields["starts_at"] = forms.TimeField(label=_("Begins at"), widget=_clock())
        self.fields["capacity"] = forms.IntegerField(label=_("Group of at most"), min_value=1, max_value=500)
        for name, label in (
            ("audience_zh", _("For whom, Chinese")), ("audience_en", _("For whom, English")),
            ("season_zh", _("Season, Chinese")), ("season_en", _("Season, English")),
            ("office_zh", _("Who answers, Chinese")), ("office_en", _("Who answers, English")),
        ):  # fmt: skip
            self.fields[name] = fields.text(label, most=40 if name.endswith("zh") else 80, needed=False)
        self.fields["stops"] = fields.long_text(
            _("Stops in their order, one a line"), most=6000, rows=8,
            help_text=_("address of the place | minutes | what to say, Chinese | English")
            + _(" | km | minutes on the way, where somebody measured them"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse private numbers of whoever answers."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("contact_zh", "contact_en", "office_zh", "office_en"):
            if is_personal(given.get(name, "")):
                self.add_error(name, _("Leave out telephone and identity numbers."))
        return given

    def clean_slug(self) -> str:
        """Refuse an address that is taken."""
        slug = str(self.cleaned_data["slug"])
        if slug in OF_THE_DESK or Entry.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("There is such an address already: %(slug)s") % {"slug": slug})
        return slug

    def clean_stops(self) -> list[dict[str, Any]]:
        """Read the lines of the stops, and say which names no place."""
        found: list[dict[str, Any]] = []
        for line in filter(str.strip, self.cleaned_data["stops"].splitlines()):
            slug, minutes, zh, en, km, leg = ([one.strip() for one in line.split("|")] + [""] * 5)[:6]
            place = Place.objects.filter(entry__slug=slug).first()
            if place is None or not minutes.isdigit() or not 0 < int(minutes) < 600:
                raise forms.ValidationError(_("Not a stop: %(line)s") % {"line": line})
            if any(one["place"].pk == place.pk for one in found):
                raise forms.ValidationError(_("One place stands twice: %(line)s") % {"line": line})
            found.append(
                {"place": place, "minutes": int(minutes), "guide_zh": zh[:300], "guide_en": en[:900]}
                | _leg(line, km, leg)
            )
        return found

    @transaction.atomic
    def keep(self, *, by: Person) -> Entry | None:
        """Keep the draft, and return its entry; None where somebody else wrote in it since, which is told."""
        given = self.cleaned_data
        if self.entry is not None:
            held = Entry.objects.select_for_update().get(pk=self.entry.pk)
            if under_review(held) or given["base"] not in {"", base_of(held)}:
                self.add_error(None, changed_meanwhile())
                return None
            self.entry = held
        entry = self.entry or Entry(kind=self.kind, slug=given["slug"], made_by=by)
        for name in TEXTS:
            setattr(entry, name, given[name])
        entry.names_living = given["names_living"]
        entry.save()
        if self.kind == "place":
            lon, lat = to_wgs84((given["lon"], given["lat"]), given["datum"])
            own = {name: given[name] for name in (*OF_PLACE, "is_closed")} | {"lon": lon, "lat": lat}
            Place.objects.update_or_create(entry=entry, defaults=own)
        elif self.kind == "hall":
            Hall.objects.get_or_create(entry=entry)
        else:
            route, _made = Route.objects.update_or_create(
                entry=entry, defaults={name: given[name] for name in OF_ROUTE}
            )
            route.stops.all().delete()
            for no, stop in enumerate(given["stops"], 1):
                route.stops.create(no=no, **stop)
        entry.sources.all().delete()
        for no, line in enumerate(filter(str.strip, given["sources"].splitlines()), 1):
            title, _bar, where = line.partition("|")
            entry.sources.create(no=no, title=title.strip()[:160], where=where.strip()[:80])
        return entry


def base_of(entry: Entry | None) -> str:
    """Return the hash of what the form writes of a draft, by which two who write at once are known."""
    content = content_of(entry) if entry else {}
    return digest_of({key: one for key, one in content.items() if key != "media"}) if entry else ""


def changed_meanwhile() -> str:
    """Return what is said to the second of two who write at once."""
    return _("Somebody else kept a change meanwhile, or handed it in: copy your text, then open it anew.")


class Pictured(fields.Form):
    """A picture with its licence, author and words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"] = forms.FileField(
            label=_("Picture"),
            help_text=_("JPEG, PNG or WebP; what it knows of place and time is taken off."),
        )
        self.fields["licence"] = forms.ChoiceField(
            label=_("Licence"), choices=[("", "—"), *Medium.Licence.choices], required=False
        )
        self.fields["author"] = fields.text(_("Author"), most=80, needed=False)
        self.fields["alt_zh"] = fields.text(_("What it shows, Chinese"), most=120, needed=False)
        self.fields["alt_en"] = fields.text(_("What it shows, English"), most=300, needed=False)
        self.fields["shows_living"] = forms.BooleanField(
            label=_("It shows somebody who lives"), required=False
        )


class Slots(fields.Form):
    """Slots on chosen days of the week."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"] = fields.day(_("Slots from"))
        self.fields["until"] = fields.day(_("To"))
        self.fields["days"] = forms.RegexField(
            "^[1-7]{1,7}$",
            label=_("Days of the week"),
            help_text=_("1 Monday to 7 Sunday: 12 is Monday and Tuesday."),
        )
        self.fields["at"] = forms.TimeField(label=_("Begins at"), widget=_clock())
        self.fields["minutes"] = forms.IntegerField(
            label=_("Minutes of a visit"), min_value=15, max_value=600, initial=180
        )
        self.fields["capacity"] = forms.IntegerField(label=_("Group of at most"), min_value=1, max_value=500)
        self.fields["guide"] = fields.text(_("Guide on duty"), most=40, needed=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch that is the wrong way round or longer than a year."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and not since <= until <= since + timedelta(days=366):
            raise forms.ValidationError(_("The last day comes after the first, within a year."))
        return given

    def starts(self) -> list[datetime]:
        """Return when the slots begin."""
        given: Mapping[str, Any] = self.cleaned_data
        at: time = given["at"]
        days = [
            given["since"] + timedelta(days=no) for no in range((given["until"] - given["since"]).days + 1)
        ]
        return [
            timezone.make_aware(datetime.combine(one, at))
            for one in days
            if str(one.isoweekday()) in given["days"]
        ]


class Sheet(fields.Form):
    """The base map: whose, of what, under which number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_zh"] = fields.text(_("Area, Chinese"), most=40)
        self.fields["area_en"] = fields.text(_("Area, English"), most=60)
        self.fields["approval"] = fields.text(
            _("Map approval number"), most=40, help_text=_("Without it nothing is published.")
        )
        self.fields["credit_zh"] = fields.text(_("Whose map it is, Chinese"), most=80)
        self.fields["credit_en"] = fields.text(_("Whose map it is, English"), most=160)
        self.fields["reason"] = fields.text(_("Reason"), most=200)
        self.fields["ground"] = forms.FileField(
            label=_("Base map as GeoJSON"),
            required=False,
            help_text=_("WGS-84, each feature with its layer. Without a file the present map stays."),
        )

    def clean_ground(self) -> Any:
        """Refuse a base map that every page would be slow with: all of them draw it."""
        ground = self.cleaned_data["ground"]
        if ground and ground.size > LARGEST_GROUND:
            said = _("The base map has more than 8 MB: leave out what is too small to be seen.")
            raise forms.ValidationError(said)
        return ground


class Brought(fields.Form):
    """A file of places, routes or halls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=_("GeoJSON or CSV"),
            help_text=_("As the exports write it; a column route makes it routes, a column hall halls."),
        )
        self.fields["datum"] = forms.ChoiceField(
            label=_("Coordinates that do not say their datum are"), choices=DATUM_CHOICES, initial=WGS84,
            required=False, help_text=_("AMap and Tencent use GCJ-02, Baidu BD-09, a GPS WGS-84."),
        )  # fmt: skip

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        if self.cleaned_data["file"].size > LARGEST:
            raise forms.ValidationError(_("The file has more than 40 MB: split it."))
        return self.cleaned_data["file"]

    def clean_datum(self) -> str:
        """Return the datum, WGS-84 where none was chosen."""
        return self.cleaned_data["datum"] or WGS84


def _leg(line: str, km: str, minutes: str) -> dict[str, Any]:
    """Read a leg that somebody measured; none where neither part is said."""
    if not km and not minutes:
        return {"leg_km": None, "leg_minutes": None}
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", km) or not re.fullmatch(r"[0-9]{1,4}", minutes):
        raise forms.ValidationError(_("Not a stop: %(line)s") % {"line": line})
    return {"leg_km": float(km), "leg_minutes": int(minutes)}


def _told(stop: Stop) -> str:
    return "" if stop.leg_km is None else f" | {round(stop.leg_km, 3):g} | {stop.leg_minutes}"


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _initial(kind: str, entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {"capacity": 30, "starts_at": "09:00", "datum": WGS84, "wheelchair": "partly"}
    said = {name: getattr(entry, name) for name in (*TEXTS, "names_living")}
    said["sources"] = "\n".join(f"{one.title} | {one.where}" for one in entry.sources.all())
    if kind == "place":
        place = entry.place
        own = {name: getattr(place, name) for name in (*OF_PLACE, "lon", "lat", "is_closed")}
        return {**said, **own, "datum": WGS84}
    if kind == "hall":
        return said
    stops = entry.route.stops.select_related("place__entry")
    lines = [
        f"{one.place.entry.slug} | {one.minutes} | {one.guide_zh} | {one.guide_en}{_told(one)}"
        for one in stops
    ]
    return {**said, **{name: getattr(entry.route, name) for name in OF_ROUTE}, "stops": "\n".join(lines)}
