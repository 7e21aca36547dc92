"""What pyproject.toml cannot say: the cases inside the package, and a README that can be read anywhere."""

from __future__ import annotations

import re
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
CASES = "casebook/cases/installed"
"""Where `casebook.cases` finds them by name; in a checkout they are in the folder cases/."""

LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?!https?:|#)(?P<path>[^)\s]+)\)")
ADDRESS = re.compile(r'^repository:\n\s+url: "?(?P<address>https://[^\s"]+)', re.MULTILINE)


class BuildWithCases(build_py):
    """Copies the cases into the package, where they are built and not where they are edited."""

    def run(self) -> None:
        """Build the packages, then add the cases."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib, CASES)
        self.mkpath(str(target))
        for path in sorted(ROOT.glob("cases/*.yml")):
            self.copy_file(str(path), str(target / path.name))


def long_description(readme: str, settings: str) -> str:
    """Return the README with links that lead to the repository from any place.

    Parameters
    ----------
    readme : str
        Markdown with links relative to the repository.
    settings : str
        _config.yml, which gives the repository's address. Where it gives none, text takes the place of each link.
    """
    found = ADDRESS.search(settings)

    def link(match: re.Match[str]) -> str:
        if found is None:
            return "" if match["image"] else match["text"]
        view = "raw" if match["image"] else "blob"
        return f"{match['image']}[{match['text']}]({found['address'].rstrip('/')}/{view}/HEAD/{match['path']})"

    return re.sub(r"\n{3,}", "\n\n", LINK.sub(link, readme))


def text(name: str) -> str:
    """Return a file of the repository, or nothing where a part of it is built without that file."""
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    setup(
        long_description=long_description(text("README.md"), text("_config.yml")),
        long_description_content_type="text/markdown",
        cmdclass={"build_py": BuildWithCases},
    )
