"""``casebook room`` at the command line: it says where to go, or clearly what is wrong."""

from __future__ import annotations

import re
import socket
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from rooms import ROOT
from typer.testing import CliRunner

import casebook.cli.plugins
from casebook.cli import app
from classroom import running
from classroom.cli import app as room_app
from classroom.server.qr_code import terminal
from classroom.server.server import FOLDER, Server

NAMED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["casebook.commands"]


def added(monkeypatch: pytest.MonkeyPatch, **names: str) -> None:
    entries = [EntryPoint(name, value, "casebook.commands") for name, value in names.items()]
    monkeypatch.setattr(casebook.cli.plugins, "entry_points", lambda group: entries)


def said(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(room_app, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.split())


def test_the_command_is_one_that_this_package_adds(monkeypatch):
    added(monkeypatch, **NAMED)
    listed = CliRunner().invoke(app, ["--help"]).output
    assert re.search(r"\broom\b +Serve the book and a teaching room", listed)
    assert "--lan" in CliRunner().invoke(app, ["room", "--help"]).output


def test_the_casebook_works_where_no_package_adds_anything(monkeypatch):
    added(monkeypatch)
    assert CliRunner().invoke(app, ["score", "sins", "pain=none"]).exit_code == 0
    assert CliRunner().invoke(app, ["room"]).exit_code == 2


def test_a_command_whose_package_is_not_whole_says_so_and_spoils_no_other(monkeypatch):
    added(monkeypatch, room="widgets.nowhere:app")
    broken = CliRunner().invoke(app, ["room"])
    assert broken.exit_code == 2
    assert "No module named 'widgets.nowhere'" in broken.output
    assert CliRunner().invoke(app, ["--help"]).exit_code == 0


def test_a_book_that_is_not_built_is_told(tmp_path):
    code, words = said("--book", tmp_path)
    assert code == 2
    assert "There is no built book in" in words
    assert "make build" in words


def test_a_port_in_use_is_told(book):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, words = said("--book", book, "--port", taken.getsockname()[1])
    assert code == 2
    assert "cannot be used: Address already in use. Choose another" in words


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_is_none_is_told(port, book):
    code, words = said("--book", book, "--port", port)
    assert code == 2
    assert f"Port {port} cannot be used" in words


@pytest.mark.parametrize("hours", [0, -1, 1000, "nan"])
def test_hours_that_make_no_session_are_told(hours, book):
    code, words = said("--book", book, "--hours", hours)
    assert code == 2
    assert "at most 72 hours" in words


def test_there_must_be_a_session_to_resume(book):
    code, words = said("--book", book, "--port", 0, "--resume")
    assert code == 2
    assert "There is no session to resume" in words


def test_forget_deletes_what_is_kept_but_not_what_is_running(book, agenda, monkeypatch):
    monkeypatch.setattr("classroom.server.server.Agenda", lambda _: agenda)
    with running(book) as room:
        code, words = said("--book", book, "--forget")
        assert code == 1
        assert "0 sessions deleted." in words
        assert "in use by a room that is running" in words
        assert room.state()["durable"]
    assert list((book / FOLDER).iterdir())
    assert said("--book", book, "--forget") == (0, "1 session deleted.")
    assert list((book / FOLDER).iterdir()) == []


def test_without_lan_only_this_machine_is_served_and_with_it_the_network(book, agenda, monkeypatch, tmp_path):
    monkeypatch.setattr("classroom.server.server.Agenda", lambda _: agenda)
    monkeypatch.setattr("classroom.server.listener.lan_address", lambda: "192.0.2.7")
    for lan, bound, named in ((False, "127.0.0.1", "127.0.0.1"), (True, "0.0.0.0", "192.0.2.7")):
        server = Server(book, 0, lan, folder=tmp_path)
        with server.listener.socket as listening:
            assert listening.getsockname()[0] == bound
        assert server.address.startswith(f"http://{named}:{server.listener.port}/cases/")
        assert server.address.endswith(f"#room={server.session.code}")
        assert server.console.startswith("http://127.0.0.1:")
        server.session.store.close()


def test_where_there_is_no_network_it_says_what_to_do(book, agenda, monkeypatch):
    monkeypatch.setattr("classroom.server.server.Agenda", lambda _: agenda)

    class Nowhere(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("classroom.server.listener.socket.socket", Nowhere)
    monkeypatch.setattr("classroom.server.listener.socket.getaddrinfo", lambda *_: [(0, 0, 0, "", ("127.0.1.1", 0))])
    code, words = said("--book", book, "--lan")
    assert code == 2
    assert "hotspot" in words


def test_the_code_in_the_terminal_is_the_address(tmp_path):
    lines = terminal("http://192.0.2.7:8421/cases/colon-s1.html#room=ABCDEF").splitlines()
    assert len({len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines}) == 1
    assert any(block in "".join(lines) for block in "▀▄█")


def test_a_room_says_where_to_go_and_keeps_its_session_at_the_end(book, tmp_path: Path):
    from processes import Process

    process = Process(book, background=True)
    try:
        assert f"Phones open {process.base}/cases/" in " ".join(process.said.split())
        assert "Only this machine can reach the room" in process.said
        assert "The session is stored until" in process.stop()
    finally:
        process.kill()
    assert said("--book", book, "--forget") == (0, "1 session deleted.")
