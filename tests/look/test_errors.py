"""Pages for what went wrong: what happened, what was saved, what to do, a number that is in the log."""

import logging
import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from qingfeng.look import errors

NUMBER = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (errors.bad_request, 400, "无法识别该请求"),
        (errors.forbidden, 403, "不能在此办理"),
        (errors.not_found, 404, "没有这个页面"),
        (errors.failed, 500, "程序在处理时出错"),
        (errors.csrf_failed, 403, "表单已失效"),
    ],
)
def test_an_error_says_what_happened_what_was_saved_and_what_to_do(answer, status, words, caplog):
    request = RequestFactory().get("/")

    with caplog.at_level(logging.WARNING, logger="qingfeng.errors"):
        page = answer(request)

    text = page.content.decode()
    assert page.status_code == status
    assert words in text
    assert "您可以" in text
    number = NUMBER.search(text)[0]
    assert number in caplog.text


def test_an_error_page_asks_nothing_of_the_database():
    request = RequestFactory().get("/")
    blocked = []

    def refuse(execute, sql, params, many, context):
        blocked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        page = errors.failed(request)

    assert page.status_code == 500
    assert blocked == []


def test_an_error_page_keeps_theme_and_size_and_nothing_is_stored():
    request = RequestFactory().get("/")
    request.COOKIES = {"qingfeng_theme": "dark", "qingfeng_size": "150"}

    page = errors.not_found(request)

    assert 'data-theme="dark" data-size="150"' in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_the_cause_is_never_shown():
    page = errors.not_found(RequestFactory().get("/"), Exception("table fuel is locked"))

    assert "fuel" not in page.content.decode()


@pytest.mark.django_db
def test_an_address_that_does_not_exist_gives_our_page():
    page = Client().get("/nowhere/at/all/")

    assert page.status_code == 404
    assert NUMBER.search(page.content.decode())


@pytest.mark.django_db
def test_a_form_without_its_token_gives_our_page():
    page = Client(enforce_csrf_checks=True).post("/look/theme/", {"theme": "dark"})

    assert page.status_code == 403
    assert "表单已失效" in page.content.decode()
