import json
import subprocess
from itertools import product
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource

from casebook.messages import message, message_parts
from casebook.messages.compiler import arguments_of
from casebook.messages.files import sources
from casebook.messages.store import catalogue

NUMBERS = (0, 1, 2, 7)


def selectors(pattern) -> dict[str, set[str]]:
    """Return the arguments that select in a pattern, each with its keys."""
    found: dict[str, set[str]] = {}
    for part in [] if isinstance(pattern, str) else pattern:
        if len(part) > 1 and not isinstance(part, str):
            found.setdefault(part[0], set()).update(part[1])
            for variant in part[1].values():
                for name, keys in selectors(variant).items():
                    found.setdefault(name, set()).update(keys)
    return found


def samples() -> list[tuple[str, dict[str, str | int]]]:
    """Return every message with every choice of its variants, and one that has none of its own."""
    result = []
    for id, pattern in catalogue().items():
        choices: dict[str, list[str | int]] = {name: [f"<{name}>"] for name in arguments_of(pattern)}
        for name, keys in selectors(pattern).items():
            words = {key for key in keys - {"one", "other"} if not key.isdigit()}
            numbers = {int(key) for key in keys if key.isdigit()}
            choices[name] = [*sorted(words), *sorted(numbers | set(NUMBERS)), "something else"]
        result += [(id, dict(zip(choices, values, strict=True))) for values in product(*choices.values())]
    return result


@pytest.fixture(scope="module")
def bundle() -> FluentBundle:
    bundle = FluentBundle(["en-GB"], use_isolating=False)
    for path in sources():
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def test_python_renders_every_message_as_the_runtime_of_fluent_does(bundle):
    for id, given in samples():
        name, _, attribute = id.partition(".")
        found = bundle.get_message(name)
        text, faults = bundle.format_pattern(found.attributes[attribute] if attribute else found.value, given)
        assert faults == [], (id, given)
        assert message(id, **given) == text, (id, given)


def test_the_page_renders_every_message_as_python_and_as_the_runtime_of_fluent():
    given = json.dumps({"files": list(map(str, sources())), "samples": samples()})
    script = Path(__file__).parent / "render.mjs"
    done = subprocess.run(["node", script], input=given, capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    assert result["faults"] == []
    for (id, arguments), (page, fluent) in zip(samples(), result["rendered"], strict=True):
        assert page == fluent == message(id, **arguments), (id, arguments)


def test_the_parts_of_a_message_keep_what_is_not_a_text():
    bold = object()
    assert message_parts("list-and", first=bold, last="weakness") == [bold, " and ", "weakness"]


def test_a_wrong_id_and_a_missing_argument_are_refused():
    with pytest.raises(KeyError):
        message("list-of-nothing")
    with pytest.raises(KeyError):
        message("list-and", first="pain")
