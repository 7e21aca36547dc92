"""Run notebooks and store their outputs: ``python -m publish.notebooks cases/*.ipynb``."""

import sys
from pathlib import Path

from publish.notebooks import run

for name in sys.argv[1:]:
    run(Path(name))
