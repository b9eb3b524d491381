"""People and posts: who held what on a date."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.look.tables import Column
from qingfeng.organization.forms import AppointForm, EndForm, PersonChangeForm, PersonForm, RoleForm
from qingfeng.organization.models import Person, Post, PostRole
from qingfeng.organization.people import add_person, appoint, change_person, end_post, end_role, give_role
from qingfeng.organization.permissions import needs_role
from qingfeng.organization.showing import NamedTable, lines, nothing, period, role_name, row_acts, show
from qingfeng.organization.views.asking import Question, ask, data_of, day_asked

PAGE = 100


@needs_role("security_admin", "auditor")
def people_list(request: HttpRequest) -> HttpResponse:
    """Show people with what they held on a day."""
    on = day_asked(request)
    roles = Prefetch("roles", PostRole.objects.held_on(on), to_attr="roles_then")
    posts = Post.objects.held_on(on).select_related("unit").prefetch_related(roles)
    people = Person.objects.prefetch_related(Prefetch("posts", posts, to_attr="posts_then"))
    columns = [
        Column(
            "name",
            _("person's name"),
            link=lambda row: reverse("organization:person", args=[row.number]),
            is_head=True,
        ),
        Column("number", _("person number"), "exact"),
        lines(lambda row: [str(post) for post in row.posts_then], _("posts")),
        lines(
            lambda row: [role_name(one.role) for post in row.posts_then for one in post.roles_then],
            _("roles"),
        ),
    ]
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    empty = nothing(_("Nobody on record yet"), _("Add people one by one, or import a workbook."))
    table = NamedTable(columns, page, _("People and posts"), empty=empty, ident="people")
    acts = (
        [(_("Add a person"), reverse("organization:person_add"))]
        if request.viewer.has("security_admin")
        else []
    )
    return show(request, _("People and posts"), table, acts=acts, day=on)


@needs_role("security_admin", "auditor")
def person_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one person: every post with its roles, past and present, and the account."""
    person = get_object_or_404(Person.objects.select_related("account"), number=number)
    on, may = day_asked(request), request.viewer.has("security_admin")
    held = set(person.posts.held_on(on).values_list("pk", flat=True))
    columns = [
        Column("unit.name", _("unit"), is_head=True),
        Column("title", _("title of the post")),
        Column(lambda post: period(post.from_on, post.until_on), _("period")),
        Column(lambda post: pgettext("post", "held") if post.pk in held else "", _("on that day"), "tag"),
        Column(lambda post: _roles(post, may=may), _("roles"), template="organization/cells/roles.html"),
    ]
    if may:
        columns.append(row_acts(_post_acts))
    rows = person.posts.select_related("unit").prefetch_related("roles").order_by("-from_on")
    empty = nothing(
        _("No post on record"), _("Appoint the person to a post; its roles open what they may read.")
    )
    table = NamedTable(columns, rows, _("Posts"), empty=empty, ident="posts")
    account = getattr(person, "account", None)
    facts = [
        (_("person number"), person.number),
        (_("ID number"), f"…{person.id_last4}" if person.id_last4 else ""),
        (_("sign-in name"), account.username if account else ""),
        *_parting(person),
    ]
    acts = [
        (_("Appoint"), reverse("organization:post_begin", args=[number])),
        (_("Correct what is on record"), reverse("organization:person_change", args=[number])),
    ]
    return show(request, person.name, table, acts=acts if may else [], facts=facts, day=on)


def _parting(person: Person) -> list[tuple[str, str]]:
    """Return when somebody who left was asked to take along their own, or answered; never what there was."""
    last = person.partings.first()
    if last is None:
        return []
    told = _("asked on %(day)s") % {"day": last.begun_on}
    answered = _("answered on %(day)s") % {"day": last.answered_on}
    return [(_("own things on leaving"), answered if last.answered_on else told)]


def _roles(post: Post, *, may: bool) -> list[tuple[str, str, str]]:
    return [
        (
            role_name(given.role),
            ""
            if given.from_on == post.from_on and given.until_on == post.until_on
            else period(given.from_on, given.until_on),
            reverse("organization:role_end", args=[given.pk]) if may and given.until_on is None else "",
        )
        for given in post.roles.all()
    ]


def _post_acts(post: Post) -> list[tuple[str, str]]:
    if post.until_on is not None and post.until_on < timezone.localdate():
        return []
    return [
        (_("Give a role"), reverse("organization:role_give", args=[post.pk])),
        (_("End the post"), reverse("organization:post_end", args=[post.pk])),
    ]


@needs_role("security_admin")
def person_add(request: HttpRequest) -> HttpResponse:
    """Put a person on record."""
    question = Question(_("Add a person"), _("Add"), reverse("organization:people"))

    def act(**entered: str) -> HttpResponse:
        person = add_person(by=request.user, **entered)
        return redirect("organization:person", person.number)

    return ask(request, PersonForm(data_of(request)), question, act)


def _of(number: str) -> tuple[Person, str]:
    return get_object_or_404(Person, number=number), reverse("organization:person", args=[number])


@needs_role("security_admin")
def person_change(request: HttpRequest, number: str) -> HttpResponse:
    """Correct what is on record about a person."""
    person, back = _of(number)
    form = PersonChangeForm(data_of(request), initial={"name": person.name})
    question = Question(_("Correct what is on record"), _("Save"), back)
    return ask(request, form, question, lambda **entered: change_person(person, by=request.user, **entered))


@needs_role("security_admin")
def post_begin(request: HttpRequest, number: str) -> HttpResponse:
    """Appoint somebody."""
    person, back = _of(number)
    question = Question(_("Appoint %(name)s") % {"name": person.name}, _("Appoint"), back)
    form = AppointForm(data_of(request))
    return ask(request, form, question, lambda **entered: appoint(person, by=request.user, **entered))


def _post(pk: int) -> tuple[Post, str]:
    post = get_object_or_404(Post.objects.select_related("person", "unit"), pk=pk)
    return post, reverse("organization:person", args=[post.person.number])


@needs_role("security_admin")
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post."""
    post, back = _post(pk)
    question = Question(
        _("End the post: %(post)s") % {"post": post},
        _("End"),
        back,
        note=_("Every role it gives ends with it."),
    )
    form = EndForm(data_of(request))
    return ask(request, form, question, lambda until_on: end_post(post, until_on, by=request.user))


@needs_role("security_admin")
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post one more role."""
    post, back = _post(pk)
    question = Question(_("Give a role: %(post)s") % {"post": post}, _("Give"), back)
    form = RoleForm(data_of(request))
    return ask(request, form, question, lambda role, **days: give_role(post, role, by=request.user, **days))


@needs_role("security_admin")
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    given = get_object_or_404(PostRole.objects.select_related("post__person", "post__unit"), pk=pk)
    question = Question(
        _("End the role: %(post)s") % {"post": given.post},
        _("End"),
        reverse("organization:person", args=[given.post.person.number]),
    )
    form = EndForm(data_of(request))
    return ask(request, form, question, lambda until_on: end_role(given, until_on, by=request.user))
