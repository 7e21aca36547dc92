"""What counts as asking another host."""

from types import SimpleNamespace

import pytest

from publish.pages.external_requests import hosts_named, is_outside, requests_outside


def asset(filename="", body=None):
    return SimpleNamespace(filename=filename, attributes={} if body is None else {"body": body})


@pytest.mark.parametrize(
    "element",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<script src="//cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="https://fonts.example/a.css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<img src="http://example/a.png">',
        '<iframe src="https://example/"></iframe>',
    ],
)
def test_an_element_that_fetches_elsewhere_is_found(element):
    assert len(requests_outside(f"<html><head>{element}</head></html>")) == 1


@pytest.mark.parametrize(
    "element",
    [
        '<a href="https://doi.org/10.1000/1">paper</a>',
        '<link rel="canonical" href="https://example/page.html">',
        '<script src="../_static/a.js"></script>',
        '<script>const text = "https://example";</script>',
        '<img src="data:image/png;base64,AAAA">',
    ],
)
def test_what_fetches_nothing_elsewhere_is_left(element):
    assert requests_outside(element) == []


@pytest.mark.parametrize(
    "script",
    [
        asset("https://unpkg.example/require.js"),
        asset(body='const THEBE_JS_URL = "https://unpkg.example/thebe.js"'),
        asset("_static/sphinx-thebe.css"),
    ],
)
def test_scripts_from_elsewhere_are_taken_out(script):
    assert is_outside(script)


def test_scripts_of_the_book_are_kept():
    assert not is_outside(asset("_static/doctools.js"))
    assert not is_outside(asset(body="let toggleHintShow = 'Show';"))


def test_an_address_is_found_however_deep_it_lies_in_settings():
    settings = {"kernel": {"urls": ["./all.json", "https://cdn.example/pyodide.mjs"]}, "version": 0, "label": "a: b"}
    assert hosts_named(settings) == ["https://cdn.example/pyodide.mjs"]
