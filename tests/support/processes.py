"""A room in a process of its own, which can be killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from rooms import ROOT

TOLD = re.compile(
    r"Code +(?P<code>\w+)\nConsole +(?P<base>http://127\.0\.0\.1:\d+)/room/#key=(?P<key>\S+)\n(?P<rest>.*)"
)


class Process:
    """``python -m classroom``, identified among other runs by its book and its port.

    Parameters
    ----------
    book : Path
    *options : str
    port : int
    background : bool
        Whether it starts as a shell starts what goes on in the background: deaf to Ctrl-C.

    Attributes
    ----------
    code, key, base : str
        As it prints them.
    """

    def __init__(self, book: Path, *options: str, port: int = 0, background: bool = False) -> None:
        command = [sys.executable, "-m", "classroom", "--book", str(book), "--port", str(port), *options]
        if background:
            command = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *command]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        self.said = ""
        while not self.said.endswith("Ctrl-C.\n"):
            line = self.process.stdout.readline().decode()
            if not line:
                raise AssertionError(f"the room did not start: {self.said}")
            self.said += line
        told = TOLD.search(self.said)
        self.code, self.base, self.key = told["code"], told["base"], told["key"]

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    def kill(self) -> None:
        """End it as a loss of power does."""
        self.process.kill()
        self.process.communicate()

    def stop(self) -> str:
        """Press Ctrl-C; give what it says after that."""
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=90)[0].decode()
        assert self.process.returncode == 0, (self.process.returncode, said)
        return said
