"""Addresses for tests of the scripts: a long form that counts how often it came, a search, a job."""

from types import SimpleNamespace

from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path

CAME = []
LONG_FORM = """{% extends "look/desk.html" %}{% block heading %}表单{% endblock %}{% block content %}
<form class="form" method="post" data-draft="7:extension">{% csrf_token %}
<label for="reason">理由</label><textarea class="form-control" id="reason" name="reason"></textarea>
<div data-sealed><label for="source">来源</label><input class="form-control" id="source" name="source"></div>
<label for="code">口令</label><input class="form-control" type="password" id="code" name="code">
<button class="btn btn-primary" id="send">报结</button></form>
<form method="post" action="/out/" data-clears-drafts>{% csrf_token %}
<button class="btn" id="out">退出</button></form>
<ul data-rows><li><a href="#1" data-row>一</a></li><li><a href="#2" data-row>二</a></li></ul>
<a class="btn" href="/done/" data-key="b">办结</a>{% endblock %}"""
JOB = """{% extends "look/desk.html" %}{% load look %}{% block heading %}导入{% endblock %}
{% block content %}{% progress job %}{% endblock %}"""
STEPS = []


def _page(request, text, **context):
    return HttpResponse(engines["django"].from_string(text).render(context, request))


def long_form(request):
    """Show the form; keep what came."""
    if request.method == "POST":
        CAME.append(request.POST.dict())
        if not request.POST["reason"]:
            return _page(request, LONG_FORM)
        return HttpResponseRedirect("/done/")
    return _page(request, LONG_FORM)


def done(request):
    """Say that it was done."""
    return _page(request, '{% extends "look/desk.html" %}{% block heading %}已办结{% endblock %}')


def job(request):
    """Show a job that ends at the third question; a fragment for htmx."""
    STEPS.append(bool(request.htmx))
    share = min(1, len(STEPS) / 3)
    doing = SimpleNamespace(
        ident="1", words="正在导入", share=share, is_done=share == 1, href="/job/", then="/done/", problem=""
    )
    return _page(request, "{% load look %}{% progress job %}" if request.htmx else JOB, job=doing)


desk = ([path("", done, name="search")], "desk")
urlpatterns = [
    path("form/", long_form),
    path("done/", done),
    path("out/", done),
    path("job/", job),
    path("search/", include(desk)),
    path("look/", include("qingfeng.look.urls")),
]
