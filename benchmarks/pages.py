"""The case page as it is, without its widgets, and with the stock widget manager in their place."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from importlib.metadata import version
from pathlib import Path

from bs4 import BeautifulSoup
from ipywidgets.embed import embed_data

from benchmarks.setting import CASE, Setting
from widgets.explorer import CaseExplorer

# The stock page as Jupyter Book 1 writes it, except that its three scripts lie beside it.
PACKAGES = {
    "requirejs": ("2.3.8", "package/require.js"),
    "@jupyter-widgets/html-manager": ("1.0.15", "package/dist/embed-amd.js"),
    "anywidget": (version("anywidget"), "package/dist/index.js"),
}
WIDGET = "application/vnd.jupyter.widget"


def without_widgets(page: str) -> str:
    """Return a case page from which the widgets, their scripts and their styles are taken."""
    return str(_stripped(page))


def with_stock_manager(page: str) -> str:
    """Return a case page that holds the explorer as widget state, for the stock manager.

    The other widgets of the page are left out, in favour of the stock manager. So is the content
    security policy, under which a module out of the state could not run.
    """
    soup = _stripped(page)
    explorer = CaseExplorer(CASE)
    embedded = embed_data(views=[explorer], drop_defaults=False)
    if policy := soup.find("meta", {"http-equiv": "Content-Security-Policy"}):
        policy.decompose()
    for address, attributes in {
        "../stock/require.js": {},
        "../stock/embed-amd.js": {"data-jupyter-widgets-cdn": "../stock/"},
    }.items():
        soup.head.append(soup.new_tag("script", src=address, attrs=attributes))
    soup.find(id="explorer-goes-here").append(_data(soup, "view", embedded["view_specs"][0]))
    soup.body.append(_data(soup, "state", embedded["manager_state"]))
    return str(soup)


def stock_files(setting: Setting) -> dict[str, bytes]:
    """Return the stock scripts by their address in the book, fetched from npm the first time."""
    module = CaseExplorer(CASE)._model_module_version
    addresses = {
        "requirejs": "stock/require.js",
        "@jupyter-widgets/html-manager": "stock/embed-amd.js",
        "anywidget": f"stock/anywidget@{module}/dist/index.js",
    }
    return {address: _packed(name, setting.cache) for name, address in addresses.items()}


def _stripped(page: str) -> BeautifulSoup:
    soup = BeautifulSoup(page, "html.parser")
    for element in soup.select(".casebook-widget"):
        if element["data-casebook-widget"] == "explorer":
            element.insert_before(soup.new_tag("div", id="explorer-goes-here"))
        element.decompose()
    for element in soup.select('script[src*="/casebook/"], link[href*="/casebook/"]'):
        element.decompose()
    return soup


def _data(soup: BeautifulSoup, kind: str, content: object) -> object:
    script = soup.new_tag("script", type=f"{WIDGET}-{kind}+json")
    script.string = json.dumps(content).replace("</", "<\\/")
    return script


def _packed(name: str, cache: Path) -> bytes:
    """Return one file of an npm package."""
    number, inside = PACKAGES[name]
    package = cache / f"{name.lstrip('@').replace('/', '-')}-{number}.tgz"
    if not package.exists():
        if not shutil.which("npm"):
            raise SystemExit("npm was not found on PATH; it fetches the stock widget manager to compare with.")
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [shutil.which("npm"), "pack", "--silent", f"{name}@{number}"], cwd=cache, check=True, capture_output=True
        )
    with tarfile.open(package) as archive:
        return archive.extractfile(inside).read()
