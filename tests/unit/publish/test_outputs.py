"""What may and may not be printed from a notebook."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from publish.pages.outputs import WIDGET_VIEW, dead_outputs, read


def cell(tags=(), **data):
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "outputs": [{"output_type": "display_data", "data": data}],
    }


def stock(tags=()):
    return cell(tags, **{WIDGET_VIEW: {"model_id": "1"}, "text/plain": ["IntSlider(value=0)"]})


def live():
    return cell(
        **{WIDGET_VIEW: {"model_id": "2"}, "text/html": ['<div class="casebook-widget" ', "data-state='{}'></div>"]}
    )


def read_notebook(notebook, tmp_path):
    app = SimpleNamespace(srcdir=tmp_path, env=SimpleNamespace(doc2path=lambda name: str(tmp_path / f"{name}.ipynb")))
    source = [json.dumps(notebook)]
    read(app, "cases/one", source)
    return json.loads(source[0])


def test_a_stock_widget_is_found_with_its_cell_number():
    notebook = {"cells": [{"cell_type": "markdown", "metadata": {}}, live(), stock()]}
    assert list(dead_outputs(notebook)) == [(3, "IntSlider(value=0)")]


def test_a_casebook_widget_may_be_printed():
    assert not list(dead_outputs({"cells": [live()]}))


@pytest.mark.parametrize("tag", ["remove-output", "remove-cell"])
def test_a_stock_widget_that_is_not_printed_may_stay(tag):
    assert not list(dead_outputs({"cells": [stock([tag])]}))


def test_the_build_names_notebook_cell_and_what_to_do(tmp_path):
    with pytest.raises(ExtensionError, match=r"one\.ipynb, cell 2: .*IntSlider(.|\n)*remove-output"):
        read_notebook({"cells": [live(), stock()]}, tmp_path)


def test_stored_widget_state_stays_out_of_the_page(tmp_path):
    notebook = {"metadata": {"widgets": {"state": "long"}, "kernelspec": {}}, "cells": [live()]}
    assert read_notebook(notebook, tmp_path)["metadata"] == {"kernelspec": {}}


def test_pages_that_are_not_notebooks_are_left_alone():
    source = ["# Prose"]
    read(SimpleNamespace(env=SimpleNamespace(doc2path=lambda name: str(Path(f"{name}.md")))), "page", source)
    assert source == ["# Prose"]
