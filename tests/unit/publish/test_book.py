"""A small book, built with the extension alone: what its pages hold."""

import ast
import json
import re

import pytest
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace

import casebook
from casebook.export.browser import bundle

REFERENCES = "\n".join(
    f"@misc{{{key}, title = {{Title}}, shorthand = {{{key.upper()}}}}}"
    for key in casebook.knowledge_base.knowledge().sources
)
PAGES = {
    "index": "# Index\n\n```{toctree}\nscore\nplain\nknown\ndrawn\nreferences\n```\n",
    "score": "# Score\n\n```{score-items} tomita\n```\n\n```{score-bands} tomita\n```\n\n```{score-calculator} tomita\n```\n",
    "plain": "# Plain\n\nNothing that lives.\n\n```{conflicts} tomita\n```\n\n```{precedence}\n```\n",
    "known": "# Known\n\n```{instrument} odi\n```\n\n```{verification}\n```\n\n```{all-rules}\n```\n\n"
    "```{conflicts}\n```\n\n```{evidence-table}\n```\n\n```{disability-calculator}\n```\n",
    "drawn": "# Drawn\n\n```{patient-drawings}\ncaption: Two operations.\ndrawings:\n- label: One\n  view: behind\n"
    "  plan: {decompression: ''}\n- label: Other\n  view: behind\n  findings: {level: S3}\n```\n",
    "references": "# References\n\n```{bibliography}\n```\n",
}


def build(folder, pages):
    source = folder / "source"
    source.mkdir()
    for name, text in pages.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    (source / "references.bib").write_text(REFERENCES, encoding="utf-8")
    with docutils_namespace():
        application(source, folder).build()
    return folder / "html"


def application(source, folder):
    return Sphinx(
        source,
        None,
        folder / "html",
        folder / "doctrees",
        "html",
        confoverrides={
            "extensions": ["myst_parser", "sphinxcontrib.bibtex", "publish"],
            "bibtex_bibfiles": ["references.bib"],
            "bibtex_default_style": "casebook",
            "bibtex_reference_style": "label",
            "html_theme": "basic",
            "root_doc": "index",
        },
        status=None,
        warningiserror=True,
    )


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    return build(tmp_path_factory.mktemp("book"), PAGES)


def page(html, name):
    return (html / f"{name}.html").read_text(encoding="utf-8")


def test_every_point_of_the_score_is_printed(html):
    rows = re.findall(r"<td><p>([^<]*)</p></td>\s*<td><p>(\d+)</p></td>\s*</tr>", page(html, "score"))
    score = casebook.knowledge_base.knowledge().scores["tomita"]
    expected = [(option.label, str(option.points)) for item in score.items for option in item.options]
    assert [(text.replace("&amp;", "&"), points) for text, points in rows[: len(expected)]] == expected


def test_a_citation_links_to_the_references_by_its_short_form(html):
    assert re.search(r'href="references\.html#id\d+"[^>]*>TOMITA2001</a>', page(html, "score"))


def test_a_disagreement_has_an_address_of_its_own(html):
    assert 'id="conflict-c28"' in page(html, "plain")


def test_only_a_page_with_a_widget_loads_the_scripts(html):
    with_widget = re.findall(r'<script defer="defer" src="[^"]*casebook/([a-z.]+)\?v=', page(html, "score"))
    assert with_widget[:4] == ["knowledge.js", "titles.js", "page.js", "calculators.js"]
    assert "score.js" in with_widget
    assert "casebook/score.js" not in page(html, "plain")
    assert "casebook/page.js" not in page(html, "plain")


def test_the_scripts_of_a_page_do_not_wait_for_those_of_the_theme(html):
    text = page(html, "score")
    assert max(text.index("casebook/knowledge.js"), text.index("casebook/page.js")) < text.index("_static/")


def read(html, name):
    first, second = (html / "casebook" / f"{name}.js").read_text(encoding="utf-8").splitlines()
    assert first == "window.casebook = window.casebook || {};"
    # A string of JSON between single quotes escapes the same in Python as in the browser.
    return json.loads(ast.literal_eval(second.removeprefix(f"window.casebook.{name} = JSON.parse(").removesuffix(");")))


def laid_over(part, later):
    """Lay what is loaded later over a part of the knowledge, as a page does."""
    pairs = enumerate(later) if isinstance(later, list) else later.items()
    for key, value in pairs:
        if isinstance(part, dict) and key not in part:
            part[key] = value
        elif isinstance(value, list | dict) and not value:
            continue
        else:
            laid_over(part[key], value)


def test_the_knowledge_and_what_is_loaded_later_are_classic_scripts_and_together_the_bundle(html):
    knowledge = read(html, "knowledge")
    assert "conditions" not in knowledge
    assert "title" not in knowledge["rules"][0]
    knowledge["conditions"] = read(html, "arguments")
    prose = read(html, "prose")
    titles = read(html, "titles")
    for rule, texts in zip(titles["rules"], prose["rules"], strict=True):
        assert rule.pop("source") == [[key] for key, _ in texts["source"]]
    laid_over(knowledge, prose)
    laid_over(knowledge, titles)
    assert knowledge == json.loads(json.dumps(bundle()))


def test_an_instrument_is_printed_with_bands_misuse_and_doubts(html):
    text, odi = page(html, "known"), casebook.knowledge_base.knowledge().instruments["odi"]
    assert all(f"{band.low}–{band.high}" in text for band in odi.bands)
    assert all(address in text for address in ('id="odi-misuse"', 'id="odi-unverified"', 'id="odi-licence"'))


def test_every_proof_is_printed_with_its_result(html):
    assert page(html, "known").count("<p>Holds.</p>") >= 8


def test_a_rule_is_printed_with_condition_and_outcome(html):
    text = page(html, "known")
    assert 'id="rule-r027"' in text
    assert re.search(r"Decompression[^<]*: emergency", text)


def test_a_remark_on_the_evidence_leads_to_its_disagreement(html):
    assert re.search(r'href="#conflict-c16"[^>]*><span[^>]*>C16</span>', page(html, "known"))


def test_only_the_page_of_the_table_loads_its_filter(html):
    assert "casebook/evidence.js" in page(html, "known")
    assert "casebook/evidence.js" not in page(html, "score")


def test_the_disability_index_reads_without_a_script(html):
    assert "sum of the answered sections" in page(html, "known")


@pytest.mark.parametrize("name", ["index", "score", "plain", "search", "genindex"])
def test_the_policy_stands_before_every_script_and_style(html, name):
    head = page(html, name)
    policy = head.index("Content-Security-Policy")
    assert policy < min(head.index(tag) for tag in ("<script", "<link", "<title"))
    assert "connect-src 'self' file:;" in head


def test_drawings_of_a_chapter_are_normal_where_nothing_is_named_and_cannot_be_pressed(html):
    drawn = page(html, "drawn")
    assert drawn.count("<svg") == 2
    assert drawn.count("<style>") == 1 + drawn.partition("<svg")[0].count("<style>")
    assert re.findall(r'<title id="plate[^>]*>([^<]*)<', drawn) == ["One", "Other"]
    assert "unknown" not in "".join(re.findall(r"<svg[^>]*>", drawn))
    assert "data-part" not in drawn
    assert "<figcaption>Two operations.</figcaption>" in drawn
    ids = re.findall(r' id="(plate[^"]*)"', drawn)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#(plate[^"]*)"', drawn)) <= set(ids)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- label: One\n  findings: {levle: S1}", "did you mean level"),
        ("- label: One\n  findings: {level: S9}", "S9"),
        ("- label: One\n  plan: {sacroplasti: ''}", "did you mean sacroplasty"),
        ("- label: One\n  view: above", "behind"),
        ("- label One", "label"),
    ],
)
def test_a_drawing_of_what_nothing_is_called_says_what_would_be_right(tmp_path, content, message):
    text = f"# Drawn\n\n```{{patient-drawings}}\ncaption: One.\ndrawings:\n{content}\n```\n"
    with pytest.raises(SphinxError, match=message):
        build(tmp_path, {"index": text, "references": PAGES["references"]})


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("score-items sinns", "did you mean sins"),
        ("score-notes sins abuse", "choose one of use, misuse"),
        ("statements score nothing", "remove this directive"),
        ("rules decompresion", "did you mean decompression"),
        ("instrument ody", "did you mean odi"),
        ("agreement-figures tomita", "remove this directive"),
        ("session-plan colon-s9", "colon-s9"),
    ],
)
def test_a_directive_with_a_wrong_name_says_what_would_be_right(tmp_path, directive, message):
    name, arguments = directive.split(" ", 1)
    with pytest.raises(SphinxError, match=message):
        build(tmp_path, {"index": f"# Index\n\n```{{{name}}} {arguments}\n```\n"})
