"""A preview of the book on this machine, built again after every edit: ``python -m publish.preview``.

- `kernel` runs the notebook of a case whose file has changed, in a kernel that was started in advance;
- `book` builds the pages that have changed, in a process that has loaded everything already;
- `server` serves the pages to this machine alone, and notifies open pages of newer versions.
"""
