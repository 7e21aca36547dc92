### The live preview, and the editor in the browser.

preview-no-fault = No fault is left.
preview-failed = The preview could not follow the last edit: { $error }: { $why }
preview-port = Port { $port } cannot be used: { $why }. Choose another: make serve PORT=8123
preview-ready = The book is at { $address }  (stop with Ctrl-C)
preview-help-port = 0 takes any that is free
preview-help-book = the folder of the book
preview-build-ended = The build ended without a result.
preview-build-ended-retry = The build ended without a result; it will be tried again at the next change.
preview-no-page = No such page
preview-no-page-yet = The book has no page at this address yet.

lite-name = The sacral casebook
lite-help-book = the built book
lite-ready = The editor is in { $folder }
lite-other-pyodide = The kernel needs pyodide { $wanted }; node_modules has { $found }. See package.json.
lite-build-failed = jupyter lite build failed:
lite-failed = { $what } failed; see above.
lite-outside = The editor would ask another host:
lite-title = { $title } · The sacral casebook
lite-frame = Editor: { $title }
lite-loading = Loading the editor: { $read } of { $all } MB
lite-opening = Opening the notebook
lite-starting = Starting Python
lite-running = Running the cells
lite-done = Ready. Your changes are kept in this browser.
lite-restore = Discard your changes to this notebook?
lite-not-downloaded = The notebook was not downloaded: { $why }.
lite-not-loaded = { $address } did not load ({ $status })
lite-too-long = it took too long
lite-not-started = The editor did not start: { $why }. Reload the page to try again.
lite-needs-server = The editor needs a web server: run make serve, and open the book at its address.
