"""Where visitors take part: quiz, booking, a remark. Kept are sums, a group, a code; no name or number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from icalendar import Calendar, Event

from qingfeng.culture import booking
from qingfeng.culture.counting import add_now
from qingfeng.culture.visit_models import Booking, Remark
from qingfeng.look.said import day
from qingfeng.public.culture import pages, shown
from qingfeng.public.culture.ways import way_of

FOLDER = "public/culture/"
MOST_A_DAY = 200
GETS = ["GET", "HEAD", "POST"]


class Asking(forms.Form):
    """A group asks for a slot."""

    use_required_attribute = False

    def __init__(self, slots: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {str(one.pk): one for one in slots}
        choices = [(str(one.pk), self._words(one)) for one in slots]
        self.fields["slot"] = forms.ChoiceField(label=_("Day and hour"), choices=choices)
        self.fields["group"] = forms.CharField(
            label=_("Name of the group"),
            max_length=60,
            help_text=_("A unit, class or association; no person, no number."),
        )
        self.fields["heads"] = forms.IntegerField(label=_("How many come"), min_value=1, max_value=500)

    @staticmethod
    def _words(slot: Any) -> str:
        at = timezone.localtime(slot.starts_at)
        return f"{day(at)} {at:%H:%M} · " + _("%(n)d places left") % {"n": slot.places}


class Said(forms.Form):
    """A visitor says how it was."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scores = [(str(n), f"{'★' * n}{'☆' * (5 - n)} {n}/5") for n in range(5, 0, -1)]
        self.fields["score"] = forms.ChoiceField(
            label=_("How was it?"), choices=scores, widget=forms.RadioSelect
        )
        self.fields["text"] = forms.CharField(
            label=_("In a sentence, if you like"), max_length=300, required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Without names or numbers. It is read by the editor and not shown here."),
        )  # fmt: skip

    def clean_text(self) -> str:
        """Refuse numbers by which somebody could be found."""
        text = str(self.cleaned_data["text"]).strip()
        if booking.is_personal(text):
            raise forms.ValidationError(_("Leave out telephone and identity numbers."))
        return text


@never_cache
@require_http_methods(GETS)
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the questions of a route, and say what was right and why; only sums are kept."""
    way, row = way_of(request), shown.one_or_404(pages.ROUTE, slug)
    said = shown.card_of(row.version.content, way.language)
    if not said["quiz"]:
        raise Http404
    told: list[dict[str, Any]] = []
    if request.method == "POST":
        for no, one in enumerate(said["quiz"], 1):
            given = request.POST.get(f"q{no}", "")
            is_right = given == str(one["right"])
            told.append({**one, "given": given, "is_right": is_right, "answer": one["answers"][one["right"]]})
            if given:
                add_now(f"quiz:{slug}:{no}:{'right' if is_right else 'other'}")
    context = {
        "title": said["name"],
        "route": said,
        "row": row,
        "told": told,
        "right": sum(one["is_right"] for one in told),
    }
    return render(request, FOLDER + "quiz.html", pages.frame(way) | context)


@never_cache
@require_http_methods(GETS)
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a group ask for a slot; the answer is a code to keep."""
    way, row = way_of(request), shown.one_or_404(pages.ROUTE, slug)
    slots = booking.open_slots(row.entry)
    form = Asking(slots, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        made = booking.book(form.slots[given["slot"]], group=given["group"], heads=given["heads"])
        if isinstance(made, Booking):
            return redirect("public:culture_booking", slug=made.code)
        for one in made.reasons:
            form.add_error(one.key if one.key in form.fields else "slot", one.says)
    said = shown.card_of(row.version.content, way.language)
    context = {"title": _("Book for a group"), "route": said, "row": row, "form": form, "slots": slots}
    return render(
        request, FOLDER + "book.html", pages.frame(way) | context, status=422 if form.errors else 200
    )


@never_cache
@require_http_methods(GETS)
def booked(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a booking to whoever has its code, and let it be cancelled."""
    found = Booking.objects.filter(code=slug).select_related("slot__entry").first()
    if found is None:
        raise Http404
    if request.method == "POST":
        booking.cancel(slug)
        return redirect("public:culture_booking", slug=slug)
    may_cancel = found.state in (Booking.State.ASKED, Booking.State.CONFIRMED)
    context = {
        "title": _("Your booking"),
        "booking": found,
        "entry": found.slot.entry,
        "may_cancel": may_cancel,
    }
    return render(request, FOLDER + "booked.html", pages.frame(way_of(request)) | context)


@never_cache
@require_http_methods(["GET", "HEAD"])
def booking_ics(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give a booking as an entry of a calendar."""
    found = Booking.objects.filter(code=slug).select_related("slot__entry").first()
    if found is None:
        raise Http404
    event = Event()
    event.add("uid", f"{found.code}@qingfeng")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", found.slot.starts_at)
    event.add("dtend", found.slot.ends_at)
    event.add("summary", f"{found.slot.entry.name_zh} · {found.group}")
    event.add("status", "CONFIRMED" if found.state == Booking.State.CONFIRMED else "TENTATIVE")
    calendar = Calendar()
    calendar.add("prodid", "-//Qingfeng//culture//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


@never_cache
@require_http_methods(GETS)
def remark(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a remark in: score, sentence, day."""
    row = shown.live().filter(slug=slug).select_related("version", "entry").first()
    if row is None:
        raise Http404
    form, is_done, today = (
        Said(request.POST if request.method == "POST" else None),
        False,
        timezone.localdate(),
    )
    is_full = Remark.objects.filter(entry=row.entry, on=today).count() >= MOST_A_DAY
    if form.is_bound and form.is_valid() and not is_full:
        Remark.objects.create(
            entry=row.entry, on=today, score=int(form.cleaned_data["score"]), text=form.cleaned_data["text"]
        )
        is_done = True
    way = way_of(request)
    said = shown.card_of(row.version.content, way.language)
    context = {
        "title": _("How was it?"),
        "item": said,
        "row": row,
        "form": form,
        "is_done": is_done,
        "is_full": is_full,
    }
    return render(
        request, FOLDER + "remark.html", pages.frame(way) | context, status=422 if form.errors else 200
    )
