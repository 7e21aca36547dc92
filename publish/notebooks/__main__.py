"""Run notebooks and store their outputs: ``python -m publish.notebooks cases/*.ipynb``."""

import sys
from pathlib import Path

from casebook.distribution.extras import required_by

with required_by("python -m publish.notebooks", __name__):
    from publish.notebooks.execution import run

for name in sys.argv[1:]:
    run(Path(name))
