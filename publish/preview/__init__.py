"""The book on this machine, built again while it is edited: ``python -m publish.preview``.

- `kernel` runs the notebook of a case whose file has changed, in a kernel that was warm already;
- `book` builds the pages that this changes, in a process that has the book's programs loaded;
- `server` gives them to this machine alone, and tells every open page when it is no longer the newest.
"""
