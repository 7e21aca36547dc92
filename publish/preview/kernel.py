"""Notebooks run again after a change, each in a kernel of its own that was started in advance."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError

from publish.notebooks.execution import client, read, store

WARM = """import pandas, widgets
from casebook import explain
from casebook.export.browser import bundle
bundle(), explain.firmness({}), explain.closest({}, "decompression")
del pandas, widgets, explain, bundle"""
"""What takes long in every notebook. Cases are read when a cell asks for them, never before."""

PATIENCE = 60


class Kernels:
    """One spare kernel, used for one notebook and then replaced, so that no run leaves anything to the next."""

    def __init__(self) -> None:
        self.spare: asyncio.Task[tuple[AsyncKernelManager, AsyncKernelClient]] | None = None

    def prepare(self) -> asyncio.Task[tuple[AsyncKernelManager, AsyncKernelClient]]:
        """Begin to warm a spare kernel, unless there is one, and return it."""
        if self.spare is None:
            self.spare = asyncio.create_task(_warm())
        return self.spare

    async def forget(self) -> None:
        """End the spare kernel: what it has loaded has changed."""
        spare, self.spare = self.spare, None
        if spare is not None:
            manager, talk = await spare
            talk.stop_channels()
            await manager.shutdown_kernel(now=True)

    async def run(self, path: Path) -> bool:
        """Run a notebook, store its outputs, and return whether they are others than before.

        Raises
        ------
        CellExecutionError
            If a cell fails; the file is left as it was.
        """
        spare, self.spare = self.prepare(), None
        manager, talk = await spare
        try:
            notebook = read(path)
            await _executed(talk, f"import os; os.chdir({str(path.parent)!r})")
            runner = client(notebook, path.parent, km=manager)
            runner.kc = talk
            # Cell by cell: to run it whole would take Ctrl-C away from the preview.
            runner.reset_execution_trackers()
            for place, cell in enumerate(notebook.cells):
                await runner.async_execute_cell(cell, place, execution_count=runner.code_cells_executed + 1)
            return store(notebook, path)
        finally:
            talk.stop_channels()
            await manager.shutdown_kernel(now=True)


def told(error: CellExecutionError, path: Path) -> list[str]:
    """Return what a cell failed with: the faults of a case, each with its line, or the error in a line."""
    if error.ename != "FaultError":
        return [f"{path}: {error.ename}: {error.evalue}"]
    # The notebook runs among the cases and names them without their folder.
    return [
        f"{path.parent / line}" if (path.parent / line.partition(":")[0]).is_file() else line
        for line in error.evalue.splitlines()
    ]


async def _warm() -> tuple[AsyncKernelManager, AsyncKernelClient]:
    manager = AsyncKernelManager(kernel_name="python3")
    await manager.start_kernel(extra_arguments=["--HistoryManager.hist_file=:memory:"], stderr=subprocess.DEVNULL)
    talk = manager.client()
    talk.start_channels()
    await talk.wait_for_ready(timeout=PATIENCE)
    # Silent, so that the first cell is still the first; where it fails, so does the cell that needs it, and says why.
    await _executed(talk, WARM)
    return manager, talk


async def _executed(talk: AsyncKernelClient, code: str) -> None:
    # The client gives this method two arguments more, and an answer to wait for, than its annotations say.
    execute = cast("Callable[..., Awaitable[object]]", talk.execute)
    await execute(code, silent=True, reply=True, timeout=PATIENCE)
