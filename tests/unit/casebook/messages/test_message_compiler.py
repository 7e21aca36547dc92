import shutil

import pytest

from casebook.messages import store
from casebook.messages.compiler import CatalogueError, compile_files, texts


def compiled(folder, text):
    path = folder / "area.ftl"
    path.write_text(text, encoding="utf-8")
    return compile_files([path])


def test_what_is_committed_is_made_of_the_files_beside_it():
    for path, text in texts().items():
        assert path.read_text(encoding="utf-8") == text, f"run casebook messages: {path.name} is stale"


def test_references_are_written_out_and_terms_are_left_out(tmp_path):
    text = "-book-name = casebook\npage-open = Open the { -book-name }\npage-hint = { page-open } now.\n"
    assert compiled(tmp_path, text) == {"page-open": "Open the casebook", "page-hint": "Open the casebook now."}


def test_a_selection_keeps_its_variants_and_its_default(tmp_path):
    text = "page-votes = { $count ->\n    [0] No votes\n    [one] One vote\n   *[other] { $count } votes\n }\n"
    variants = {"0": "No votes", "one": "One vote", "other": [["count"], " votes"]}
    assert compiled(tmp_path, text) == {"page-votes": [["count", variants, "other"]]}


def test_an_attribute_is_named_behind_a_dot(tmp_path):
    assert compiled(tmp_path, "page-undo = Undo\n    .title = Undo a change\n") == {
        "page-undo": "Undo",
        "page-undo.title": "Undo a change",
    }


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("page-open = { $a\n", "2:1", "this is not Fluent"),
        ("page-open = a\npage-open = b\n", "2:1", "page-open is defined twice"),
        ("page-open = See { page-away }\n", "1:19", "there is no message page-away"),
        ("page-a = { page-b }\npage-b = { page-a }\n", "", "refers to itself"),
        ("page-open = { NUMBER($a) }\n", "1:15", "this part of Fluent is not used here"),
        (
            "page-open = { $a ->\n    [one] a\n    [1] b\n   *[other] c\n }\n",
            "3:5",
            "a number follows a plural category",
        ),
        ("open = Open\n", "1:1", "the id open has no area"),
    ],
)
def test_what_the_subset_does_not_have_is_a_fault_with_its_place(tmp_path, text, where, what):
    with pytest.raises(CatalogueError) as caught:
        compiled(tmp_path, text)
    assert what in str(caught.value)
    assert f"area.ftl:{where}" in str(caught.value)


def test_a_stale_catalogue_is_compiled_in_memory(tmp_path):
    shutil.copytree(store.FOLDER / "en", tmp_path / "en")
    shutil.copy(store.compiled(), tmp_path)
    assert store.load(folder=tmp_path) == store.load()
    assert not store.stale(folder=tmp_path)
    lists = tmp_path / "en" / "lists.ftl"
    lists.write_text(lists.read_text(encoding="utf-8").replace(" and ", " & "), encoding="utf-8")
    assert store.stale(folder=tmp_path)
    assert store.load(folder=tmp_path)["list-and"] == [["first"], " & ", ["last"]]
