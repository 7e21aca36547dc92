"""The search page, and the marks of found words in the pages that it leads to; the build is in `publish/pages/search.py`."""
