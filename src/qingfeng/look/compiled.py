"""Parts of pages that are compiled: Jinja2, one environment a language.

Pages and layouts are Django's. What stands on them in numbers (components, the rows of a list, the acts of
a story) is a part under `jinja2/` of its floor, for Django looks every name up anew each time it is met:
most of the time of a long page went there (docs/decisions/0021).

A component is a macro in a file of its own, and a function that prepares what the macro needs:

    @component("tag")
    def tag(words, kind=""):
        return {"words": words, "kind": kind}

It is a tag of `{% load look %}` and a function of every part. `draw` renders a larger part once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.template.utils import get_app_template_dirs
from django.utils import timezone, translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

Drawing = Callable[..., Markup]
Prepare = Callable[..., dict[str, Any]]

_FUNCTIONS: dict[str, Callable[[str], Callable[..., Any]]] = {}
_FILTERS: dict[str, Callable[..., Any]] = {}


def component(name: str, *, takes_context: bool = False) -> Callable[[Prepare], Drawing]:
    """Make a component of the function that prepares it; `look/parts/<name>.html` has the macro `<name>`.

    With `takes_context` the function is given the context of the page first, Django's or a part's.
    """

    def made(prepare: Prepare) -> Drawing:
        @wraps(prepare)
        def drawn(*args: Any, **options: Any) -> Markup:
            return macro(f"look/parts/{name}.html", name)(**prepare(*args, **options))

        def of(language: str) -> Drawing:
            part: list[Drawing] = []

            def here(*args: Any, **options: Any) -> Markup:
                if not part:
                    part.append(_macro(language, f"look/parts/{name}.html", name))
                return part[0](**prepare(*args, **options))

            return pass_context(here) if takes_context else here

        _FUNCTIONS[prepare.__name__] = of
        _forget()
        return drawn

    return made


def function(called: Callable[..., Any], name: str = "") -> Callable[..., Any]:
    """Let every part call a function, by its own name or another."""
    _FUNCTIONS[name or called.__name__] = lambda _language: called
    _forget()
    return called


def filters(**called: Callable[..., Any]) -> None:
    """Let every part pipe values through these."""
    _FILTERS.update(called)
    _forget()


def _forget() -> None:
    """Begin anew: what was compiled before does not know what came since."""
    _environment.cache_clear()
    _macro.cache_clear()


def draw(file: str, context: dict[str, Any]) -> Markup:
    """Draw a part once, in the reader's language.

    Raises:
        jinja2.UndefinedError: If the part names what the context does not have.
    """
    return Markup(_environment(_language()).get_template(file).render(context))  # noqa: S704 - autoescaped


def macro(file: str, name: str) -> Drawing:
    """Return a macro of a file, in the reader's language.

    Raises:
        jinja2.TemplateNotFound: If no floor has the file.
    """
    return _macro(_language(), file, name)


@cache
def is_part(file: str) -> bool:
    """Return whether a file is a compiled part; one that is not may be a template of Django's."""
    return any((folder / file).is_file() for folder in get_app_template_dirs("jinja2"))


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


@cache
def _macro(language: str, file: str, name: str) -> Drawing:
    found: Drawing = getattr(_environment(language).get_template(file).module, name)
    return found


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(get_app_template_dirs("jinja2")),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=settings.DEBUG,
    )
    said = _said(language)
    install = made.install_gettext_callables  # type: ignore[attr-defined] # of the extension
    install(said["gettext"], said["ngettext"], newstyle=False, pgettext=said["pgettext"])
    made.globals |= {"_": said["gettext"], "language": language}
    made.globals |= {name: of(language) for name, of in _FUNCTIONS.items()}
    made.filters |= _FILTERS | {"iso": _iso}
    return made


def _said(language: str) -> dict[str, Callable[..., Any]]:
    """Return how texts are said in one language; each is looked up once.

    Words of the catalogue are ours and may hold an entity, as in Django's own templates.
    """

    @cache
    def gettext(text: str) -> Markup:
        with translation.override(language):
            return Markup(translation.gettext(text))  # noqa: S704 - our own words

    @cache
    def pgettext(context: str, text: str) -> Markup:
        with translation.override(language):
            return Markup(translation.pgettext(context, text))  # noqa: S704 - our own words

    @cache
    def ngettext(one: str, many: str, number: int) -> Markup:
        with translation.override(language):
            return Markup(translation.ngettext(one, many, number))  # noqa: S704 - our own words

    return {"gettext": gettext, "pgettext": pgettext, "ngettext": ngettext}


def _iso(value: Any) -> str:
    """Return an instant for `datetime=`, Asia/Shanghai."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return str(local.isoformat())
