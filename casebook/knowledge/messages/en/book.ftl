### What directives and the build add to pages of the book.

## The limits of a teaching room

room-limit-heading = Limit
room-limit-maximum = Maximum
room-size-body = Body of a request
room-limit-body-value = { $bytes } bytes, to be sent within { $seconds } seconds
room-size-header = Header of a request
room-limit-header-value = { $bytes } bytes
room-size-seats = Phones in a session
room-size-phone-streams = Open streams of one phone
room-limit-phone-streams-value = { $streams }; a new one ends the oldest
room-size-streams = Open streams in all
room-size-connections = Connections
room-size-hours = Duration of a session
room-limit-hours-value = { $hours } hours unless set otherwise, at most { $maximum }
room-limit-rate-heading = Rate
room-limit-burst = At once
room-limit-after = After that
room-rate-phone_requests = Requests from a phone
room-rate-address_requests = Requests from an address
room-rate-address_joins = Joins from an address
room-rate-address_wrong_codes = Wrong codes from an address
room-rate-wrong_codes = Wrong codes in all
room-rate-address_wrong_keys = Wrong keys from an address
room-limit-per-second = { $rate } per second
room-limit-interval = one every { $seconds } seconds
room-limit-guessing = A code consists of { $length } characters out of { $letters }, so there are { $codes } possible codes. During a session of { $hours } hours, about { $attempts } wrong codes are accepted, from however many addresses: a chance of one in { $chance } of guessing the code, and with it one vote. While wrong codes are refused because of their number, nobody else can join; phones that have joined can vote.

## Labels of tables and lists

book-item = Item
book-finding = Finding
book-points = Points
book-total = Total
book-band = Band
book-meaning = Meaning
book-value = Value
book-figure = Figure
book-source = Source
book-claim = Claim
book-scope = Scope
book-result = Result
book-holds = Holds.
book-fails = Does not hold.
book-flaw = { $flaw } For example: { $example }.
book-verification = { $held } of { $claims } claims hold. They were verified again while this book was built, for version { $version } of the knowledge.
book-position = This book’s position:
book-audit = Last checked on { $date }: { $source }

book-session = { $minutes } minutes, { $steps } steps.
book-session-aims = After the session, participants can:
book-step = { $start }–{ $end } min. { $step }
book-step-aims = Aims of the case
book-step-vignette = The patient
book-step-findings = Change a finding
book-step-reading = Test yourself
book-step-provenance = Provenance of the findings
book-step-scores = The scores
book-step-plan = The plan
book-step-what_if = What if
book-step-treatment = Treatment
book-step-outcome = Outcome
book-step-teaching = Teaching points
book-note-ask = Ask:
book-note-error = Usual error:
book-note-say = Say:

rule-use = Use: { $text }
rule-misuse = Misuse: { $text }
rule-with-tier = { $text } ({ $tier })
rule-strength = Wording: { $tier }.
rule-strength-informs = Wording: { $tier }. The rule informs and has no condition.
rule-reading = Interpretation: { $text }
rule-note = Note: { $text }
rule-outcome = { $action }: { $outcome }
rule-clause = If { $condition }, then { $outcomes }.
scope-range-everywhere = At any level
scope-range-lumbosacral = From L5 to S5
scope-range-sacrum = From S1 to S5
scope-actions = { $scope }: { $actions }.
scope-withdrawn = actions of the scope { $scope }
scope-withdrawn-stance = { $action } as { $stances }
scope-switch = If { $condition } is recorded, the plan has no entry for { $withdrawn }.
condition-unless = { $condition } unless { $exception }
state-derived = Derived from the other states and from the recommendations that are still possible.

instrument-measures = Measures
instrument-range = Range
instrument-direction = Direction
instrument-formula = Formula
instrument-source = Source
instrument-use = Use
instrument-misuse = Misuse
instrument-conventions = Conventions of this book
instrument-here = In this book
instrument-unverified = Not verified
instrument-licence = Licence
instrument-mark-verified = { "" }
instrument-mark-secondary = ; read second-hand
instrument-mark-reading = ; this book’s interpretation

evidence-column-study = Study
evidence-column-treatment = Treatment
evidence-column-site = Site
evidence-column-measure = Measure
evidence-column-time = Time
evidence-column-value = Value
evidence-column-printed = As printed, and in the primary publication
evidence-column-note = Remark
evidence-column-source = Source
evidence-mark-verified = { "" }
evidence-mark-secondary = ; second-hand
evidence-mark-unverified = ; not verified
evidence-p = p { $value }
evidence-up-to = up to { $value }
evidence-printed = Printed: { $text }
evidence-primary = Primary: { $text }

## What the build adds to pages

page-sidebar = Book
page-open-book = Open the book
page-edit-case = Edit this case
page-edit-about = opens this notebook in an editor in this browser, with nothing to install: about { $megabytes } MB the first time. Your changes stay in this browser.
page-present = Present
page-print = Print one-page summary
page-code = Show the code
page-sources = Show the sources
page-read = I have read this page
page-progress = Your progress
page-contents = Pages
page-duration = { $page }, { $minutes } minutes

## Errors in pages, and warnings of the build

directive-unknown = { $name } is not the id of a known { $kind }; { $hint }
directive-no-conflict = no disagreement concerns { $subject }; remove this directive
directive-remarks = { $name } is not a kind of remark; choose one of { $kinds }
directive-no-remarks = { $score } has no { $kind }; remove this directive
directive-no-statement = no statement concerns the { $kind } { $subject }; remove this directive
directive-no-agreement = no source gives the agreement on items of { $score }; remove this directive
build-no-bundle = { $file } is missing: build the bundles first (make bundles).
build-editor-outdated = The editor was built from another state of the book, so no page links to it. Build it again with make lite.
build-no-text = (without text)
build-dead-widget = { $notebook }, cell { $number }: the output { $text } is a Jupyter widget that needs a running kernel, so it would not respond in the published page. Show a casebook widget as the last line of the cell (these widgets are live without a kernel), or tag the cell 'remove-output' to keep the widget for JupyterLab only, or clear the output.
build-external-request = { $page } would send a request to another host: { $request }. Serve the file with the book instead.

## The preview

preview-command = Serve the book on this machine, and build it again after every edit.
preview-port = The port; 0 for any free port.
preview-book = The folder of the book.
preview-port-in-use = Port { $port } cannot be used: { $reason }. Choose another: make serve PORT=8123
preview-address = The book is at { $address } (stop with Ctrl-C)
preview-no-faults = No faults are left.
preview-failed = The preview could not follow the last edit: { $error }: { $reason }
preview-build-died = The build ended without an answer. The next change will start another build.
preview-missing-title = No such page
preview-missing = The book has no page at this address yet.
preview-faults = An edit has a fault. This page is the last one that could be built.
preview-hide = Hide
preview-cell-error = { $file }: { $error }: { $reason }

## The editor in the browser

lite-command = Build the editor into the built book.
lite-book = The folder of the built book.
lite-built = The editor is in { $folder }
lite-pyodide = The kernel needs pyodide { $wanted }; node_modules has { $found }. See package.json.
lite-pyodide-missing = The kernel needs pyodide { $wanted }, which is not in node_modules. See package.json.
lite-jupyter-failed = jupyter lite build failed:
lite-esbuild-failed = esbuild failed; see above.
lite-pip-failed = pip { $command } failed; see above.
lite-compile-failed = Compiling the packages failed; see above.
lite-external = The editor would send requests to another host:
lite-app-name = The sacral casebook
lite-page-title = Edit a case · The sacral casebook
lite-title = { $case } · The sacral casebook
lite-page-heading = Edit a case in this browser
lite-about = A notebook editor with Python, served with this book: about { $megabytes } MB the first time. Nothing is installed, and your changes stay in this browser.
lite-page-script = The editor needs JavaScript.
lite-page-back = Back to the case
lite-page-case-file = Edit the case file
lite-page-download = Download the notebook
lite-page-restore = Back to the published notebook
lite-loading = Loading the editor: { $loaded } of { $total } MB
lite-opening = Opening the notebook
lite-starting = Starting Python
lite-running = Running the cells
lite-ready = Ready. Your changes are kept in this browser.
lite-frame = Editor: { $case }
lite-restore-question = Discard your changes to this notebook?
lite-download-failed = The notebook was not downloaded: { $reason }.
lite-load-failed = { $file } did not load (status { $status })
lite-timeout = the editor took too long
lite-server = The editor needs a web server: run make serve, and open the book at its address.
lite-failed = The editor did not start: { $reason }. Reload the page to try again.
