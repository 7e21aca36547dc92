"""What the casebook costs, and what its checks miss: each figure beside its budget.

``make bench`` runs them all, ``python -m benchmarks live change`` some of them. They are measured
here and never in a test, because a time depends on the machine and on what else it is doing, and
to count the mutants takes a minute or two.

- `bytes` weighs what a case page loads for its widgets;
- `live` times navigation to live, against the same page without widgets and with the stock ones;
- `change` times a changed finding until it is painted;
- `assess` times the engine in Python;
- `mutants` counts how many small faults in the rules no check would notice;
- `build` times a clean build of the book.
"""
