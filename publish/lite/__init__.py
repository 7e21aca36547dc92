"""The editor in the browser: a JupyterLite with this book's cases and packages, served with the book.

- `wheels` gathers the Python packages that run in the browser;
- `site` puts JupyterLite, Pyodide, wheels and cases together, and makes sure that no other host is named;
- `open.html` and `open.ts` are the page that loads it all, once a reader has asked for it.

`python -m publish.lite` builds it into the built book (`make lite`).
"""
