"""The API: the same door, the same access. Session sign-in with CSRF.

Every error says what, where and what next.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import File, NinjaAPI, Router, Schema, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.files import UploadedFile
from ninja.security import django_auth
from pydantic import Field as Value

from qingfeng.desk import listing, shaped
from qingfeng.desk.kinds import kind_of
from qingfeng.desk.seen import Seen, seen_of
from qingfeng.documents.attachments import keep
from qingfeng.documents.refusal import NoRoom, Refused
from qingfeng.matters import access, door
from qingfeng.matters.answers import Answer, Refusal, Waiting
from qingfeng.matters.guarding import note_read
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Mechanism
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

STATUS = {"absent": 404, "conflict": 409, "key": 409, "role": 403, "separation": 403}
router = Router()


class Wrong(Schema):
    """What went wrong: what happened, where, what to do next."""

    what: str
    where: str
    next: str
    why: str = ""
    errors: dict[str, list[str]] = Value(default_factory=dict)
    gates: list[str] = Value(default_factory=list)
    law: list[str] = Value(default_factory=list)


class Opening(Schema):
    """What opening a matter hands in."""

    title: str
    owner: int = Value(description="Id of the unit that answers for it")
    facts: dict[str, Any] = Value(default_factory=dict)
    parties: dict[str, list[int]] = Value(default_factory=dict)
    files: dict[str, list[int]] = Value(default_factory=dict)
    confidentiality: str = ""
    key: str | None = Value(None, max_length=64, description="The same key acts once")


class Acting(Schema):
    """What an act hands in; what its form asks for stands in /kinds."""

    facts: dict[str, Any] = Value(default_factory=dict)
    parties: dict[str, list[int]] = Value(default_factory=dict)
    lines: dict[str, list[dict[str, Any]]] = Value(default_factory=dict)
    changes: dict[str, dict[int, dict[str, Any]]] = Value(default_factory=dict)
    files: dict[str, list[int]] = Value(default_factory=dict)
    reason: str = ""
    opens: list[str] = Value(default_factory=list)
    overrides: dict[str, str] = Value(default_factory=dict)
    key: str | None = Value(None, max_length=64, description="The same key acts once")
    seen: int | None = Value(None, description="Revision of the matter that you saw")


class Stored(Schema):
    """A stored file; its id is handed in with an act within a day."""

    id: int
    name: str
    size: int
    sha256: str


class Kind(Schema):
    """A kind of matter: its stages, and its acts with what they ask for."""

    key: str
    word: str
    name: str
    term: str
    purpose: str
    may_open: bool
    stages: list[dict[str, Any]]
    asks: list[dict[str, Any]]
    acts: list[dict[str, Any]]


class Card(Schema):
    """What everybody may know of a matter who may know of it at all."""

    kind: str
    number: str
    slug: str
    stage: str
    standing: str
    is_open: bool
    owner: str
    opened_on: str
    closed_on: str | None
    due_on: str | None
    revision: int
    view: str
    title: str | None = None


class Whole(Card):
    """A matter as far as one sees it."""

    confidentiality: str
    facts: dict[str, Any]
    parties: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    ledgers: dict[str, list[dict[str, Any]]]
    story: list[dict[str, Any]]
    slips: list[dict[str, Any]]
    links: list[dict[str, Any]]
    acts: list[dict[str, Any]]
    note: str = Value("", description="Whether texts were left out because they would name a source")


class Cards(Schema):
    """A page of matters; `more` says whether there is another, `note` whether texts were left out."""

    matters: list[Card]
    page: int
    more: bool
    note: str = ""


class Acted(Schema):
    """What came of an act: `done`, `again` (had been done already) or `waiting` for the second signature."""

    result: str
    number: str
    slug: str
    stage: str
    revision: int
    opened: list[str] = Value(default_factory=list)


def _viewer(request: HttpRequest) -> Viewer:
    return request.viewer


def _kind(request: HttpRequest, word: str) -> Mechanism:
    found = kind_of(word)
    if found is None or not listing.knows(_viewer(request), found):
        raise Http404
    return found


def _seen(request: HttpRequest, word: str, slug: str) -> Seen:
    kind, viewer = _kind(request, word), _viewer(request)
    matter = access.visible(viewer).filter(mechanism=kind.key, slug=slug).select_related("owner").first()
    seen = seen_of(viewer, matter) if matter else None
    if seen is None:
        raise Http404
    return seen


@router.get("/kinds", response=list[Kind], summary="Kinds of matters")
def kinds(request: HttpRequest) -> Any:
    """Return the kinds of matter that exist for you, with what opening and every act ask for."""
    viewer = _viewer(request)
    return [shaped.kind(viewer, one) for one in mechanisms() if listing.knows(viewer, one)]


@router.get("/matters/{word}", response=Cards, summary="List matters")
def matters(request: HttpRequest, word: str, page: int = 1) -> Any:
    """Return matters of a kind by its plural, `directives`.

    Filters as on its page: stage, owner, light, state, mine, text, sort.
    """
    kind, viewer = _kind(request, word), _viewer(request)
    wanted = listing.Wanted.read(request.GET, kind, viewer.on)
    found = listing.page_of(viewer, kind, wanted, number=page)
    rows = listing.rows_of(viewer, kind, list(found.object_list))
    out = shaped.leaving(kind)
    cards = out.values([shaped.card(row.matter, row.view) for row in rows])
    return {"matters": cards, "page": found.number, "more": found.has_next(), "note": out.note}


@router.get("/matters/{word}/{slug}", response=Whole, summary="One matter")
def matter(request: HttpRequest, word: str, slug: str) -> Any:
    """Return a matter as far as you see it; reading a restricted one is kept."""
    seen = _seen(request, word, slug)
    note_read(seen.viewer, seen.matter, "api")
    return shaped.whole(seen)


@router.post("/matters/{word}", response={201: Acted}, summary="Open a matter")
def open_matter(request: HttpRequest, word: str, handed: Opening) -> Any:
    """Open a matter."""
    kind, viewer = _kind(request, word), _viewer(request)
    owner = Unit.objects.filter(pk=handed.owner, is_ours=True).first()
    if owner is None:
        said = _("There is no such unit.")
        return _refused(request, Refusal("facts", said, errors={"owner": (said,)}))
    answer = door.open_matter(
        kind.key,
        by=viewer,
        title=handed.title,
        owner=owner,
        key=handed.key,
        facts=handed.facts,
        parties=handed.parties,
        files=handed.files,
        confidentiality=shaped.level(kind, handed.confidentiality),
    )
    return _answered(request, answer, status=201)


@router.post("/matters/{word}/{slug}/acts/{act}", response=Acted, summary="Perform an act")
def perform(request: HttpRequest, word: str, slug: str, act: str, handed: Acting) -> Any:
    """Perform an act on a matter."""
    seen = _seen(request, word, slug)
    given = handed.dict()
    given["opens"] = tuple(given["opens"])
    return _answered(request, door.perform(act, seen.matter, by=seen.viewer, **given), status=200)


@router.post("/files", response={201: Stored}, summary="Store a file")
def store(request: HttpRequest, file: UploadedFile = File(...)) -> Any:  # noqa: B008 - how ninja says it
    """Store a file, so that an act can hand it in by its id."""
    try:
        kept = keep(file, file.name or "", by=request.user)
    except Refused as refusal:
        return _wrong(request, 422, what=refusal.what, then=refusal.then, why=refusal.code)
    except NoRoom as full:
        return _wrong(request, 507, what=str(full), then=_("Try again later."), why="no_room")
    return Status(201, kept)


def _answered(request: HttpRequest, answer: Answer, *, status: int) -> Any:
    if isinstance(answer, Refusal):
        return _refused(request, answer)
    matter = answer.matter
    result = "waiting" if isinstance(answer, Waiting) else "again" if answer.again else "done"
    opened = [] if isinstance(answer, Waiting) else [one.number for one in answer.opened]
    told = {
        "result": result,
        "number": matter.number,
        "slug": matter.slug,
        "stage": matter.stage,
        "revision": matter.revision,
        "opened": opened,
    }
    return Status(status, told)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.why == "absent":
        raise Http404
    return _wrong(
        request,
        STATUS.get(refusal.why, 422),
        what=str(refusal.reason),
        then=NEXT.get(refusal.why, ""),
        why=refusal.why,
        errors={key: [str(one) for one in said] for key, said in refusal.errors.items()},
        gates=list(refusal.gates),
        law=[str(one) for one in refusal.law],
    )


def _wrong(request: HttpRequest, status: int, *, what: str, then: str = "", **more: Any) -> HttpResponse:
    body = Wrong(what=what, where=request.path, next=str(then) or _("Correct it and send it again."), **more)
    return api.create_response(request, body.dict(), status=status)


NEXT = {
    "conflict": gettext_lazy("Read the matter again, then act on what it says now."),
    "role": gettext_lazy("Ask somebody who has this part."),
    "separation": gettext_lazy("Ask a colleague who had no part in it."),
    "recusal": gettext_lazy("Name somebody else."),
    "gate": gettext_lazy("See to what is missing first."),
    "stage": gettext_lazy("Read the matter again: it stands elsewhere now."),
    "key": gettext_lazy("Send it with a new key."),
}
api = NinjaAPI(
    title="Qingfeng",
    version="1",
    description="The same door and the same access as the pages.",
    docs_url=None,
    urls_namespace="api",
    auth=django_auth,
)
api.add_router("", router)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, exc: Http404) -> HttpResponse:
    del exc
    return _wrong(
        request,
        404,
        what=_("There is no such address."),
        then=_("Check the address or the number."),
        why="absent",
    )


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    errors = {
        ".".join(str(part) for part in one["loc"][2:] or one["loc"]): [str(one["msg"])] for one in exc.errors
    }
    return _wrong(
        request,
        422,
        what=_("What was sent does not fit the description of the API."),
        errors=errors,
        why="facts",
    )


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
    del exc
    return _wrong(
        request, 401, what=_("Nobody is signed in."), then=_("Sign in first, then send it again."), why="role"
    )


@api.exception_handler(HttpError)
def _http(request: HttpRequest, exc: HttpError) -> HttpResponse:
    said = {403: _("The form was too old or did not come from this site.")}.get(
        exc.status_code, str(exc.message)
    )
    return _wrong(request, exc.status_code, what=said)
