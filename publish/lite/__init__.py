"""The editor in the browser: JupyterLite with the cases and packages of this book, served with the book.

- `wheels` collects the Python packages that run in the browser;
- `site` assembles JupyterLite, Pyodide, wheels and cases, and checks that no other host is named;
- `open.html` and `open.ts` are the page that loads the editor when a reader asks for it.

`python -m publish.lite` builds the editor into the built book (`make lite`).
"""
