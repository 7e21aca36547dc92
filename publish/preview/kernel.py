"""Execution of notebooks after a change, each in a kernel of its own that was started in advance."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError

from casebook.messages import message
from publish.notebooks.execution import client, read, store

WARM_UP = """import pandas, widgets
from casebook import explain
from casebook.export.browser import bundle
from casebook.knowledge_base import knowledge
bundle(), explain.firmness({}), explain.closest({}, next(iter(knowledge().actions)))
del pandas, widgets, explain, bundle, knowledge"""
"""What is slow in every notebook. Cases are not loaded in advance, because their files may change."""

TIMEOUT = 60


class Kernels:
    """One spare kernel, used for one notebook and then replaced, so that no run affects the next."""

    def __init__(self) -> None:
        self.spare: asyncio.Task[tuple[AsyncKernelManager, AsyncKernelClient]] | None = None

    def prepare(self) -> asyncio.Task[tuple[AsyncKernelManager, AsyncKernelClient]]:
        """Start a spare kernel unless there is one, and return its task."""
        if self.spare is None:
            self.spare = asyncio.create_task(_start_kernel())
        return self.spare

    async def discard(self) -> None:
        """Shut the spare kernel down, because what it has loaded has changed."""
        spare, self.spare = self.spare, None
        if spare is not None:
            manager, kernel_client = await spare
            kernel_client.stop_channels()
            await manager.shutdown_kernel(now=True)

    async def run(self, path: Path) -> bool:
        """Run a notebook, store its outputs, and return whether they have changed.

        Raises
        ------
        CellExecutionError
            If a cell fails; the file is left as it was.
        """
        spare, self.spare = self.prepare(), None
        manager, kernel_client = await spare
        try:
            notebook = read(path)
            await _execute(kernel_client, f"import os; os.chdir({str(path.parent)!r})")
            runner = client(notebook, path.parent, km=manager)
            runner.kc = kernel_client
            # Cell by cell, because running the whole notebook would take Ctrl-C away from the preview.
            runner.reset_execution_trackers()
            for index, cell in enumerate(notebook.cells):
                await runner.async_execute_cell(cell, index, execution_count=runner.code_cells_executed + 1)
            return store(notebook, path)
        finally:
            kernel_client.stop_channels()
            await manager.shutdown_kernel(now=True)


def cell_faults(error: CellExecutionError, path: Path) -> list[str]:
    """Return why a cell failed: the faults of a case, or the error in one line."""
    if error.ename != "FaultError":
        return [message("preview-cell-error", file=str(path), error=error.ename, reason=error.evalue)]
    # The notebook runs in the folder of the cases, so that their file names have no folder.
    return [
        f"{path.parent / line}" if (path.parent / line.partition(":")[0]).is_file() else line
        for line in error.evalue.splitlines()
    ]


async def _start_kernel() -> tuple[AsyncKernelManager, AsyncKernelClient]:
    manager = AsyncKernelManager(kernel_name="python3")
    await manager.start_kernel(extra_arguments=["--HistoryManager.hist_file=:memory:"], stderr=subprocess.DEVNULL)
    kernel_client = manager.client()
    kernel_client.start_channels()
    await kernel_client.wait_for_ready(timeout=TIMEOUT)
    # Silent, so that the first cell still has the number 1. If this fails, so does the cell that needs it.
    await _execute(kernel_client, WARM_UP)
    return manager, kernel_client


async def _execute(kernel_client: AsyncKernelClient, code: str) -> None:
    # The annotations of jupyter_client omit two arguments of this method, and that its reply is awaited.
    execute = cast("Callable[..., Awaitable[object]]", kernel_client.execute)
    await execute(code, silent=True, reply=True, timeout=TIMEOUT)
