### What the pages of the book print beside prose: tables, lists, controls, and what is wrong with a directive.

## Directives

directive-unknown-score = { $id } is not a score
directive-unknown-instrument = { $id } is not an instrument
directive-unknown-action = { $id } is not an action
directive-no-disagreement = no disagreement concerns { $id }; remove this directive
directive-no-remark-kind = { $kind } is not a kind of remark; choose one of { $kinds }
directive-no-remarks = { $score } has no { $kind }; remove this directive
directive-no-statement = no statement is about { $kind } { $id }; remove this directive
directive-no-agreement = no source prints agreement on the items of { $score }; remove this directive

book-position = This book's position:
book-last-checked = Last checked on { $date }: { $against }
book-column-item = Item
book-column-figure = Figure
book-column-value = Value
book-column-source = Source
book-column-band = Band
book-column-meaning = Meaning
book-column-claim = Claim
book-column-covers = Covers
book-column-result = Result

## Rules

rules-reading = Read as: { $remark }
rules-note = Note: { $remark }
rules-wording = Wording: { $tier }.
rules-wording-informs = Wording: { $tier }. This rule informs; no finding decides it.
rules-outcome = { $action }: { $outcome }
rules-when = When { $condition } → { $outcomes }.
rules-scope-everywhere = At any level: { $actions }.
rules-scope-lumbosacral = From L5 to S5: { $actions }.
rules-scope-sacrum = From S1 to S5: { $actions }.
rules-of-scope = actions of the scope { $scope }
rules-as-stances = { $action } as { $stances }
rules-switch = Where { $condition } is recorded, the plan has no entry for { $gone }.
rules-unless = { $condition } unless { $other }
rules-follows = Follows from the other states and from what is still possible in the plan.

## Evidence and instruments

evidence-column-study = Study
evidence-column-treatment = Treatment
evidence-column-site = Site
evidence-column-measure = Measure
evidence-column-time = Time
evidence-column-value = Value
evidence-column-printed = As printed, and in the primary
evidence-column-note = Remark
evidence-column-source = Source
evidence-mark-secondary = ; second-hand
evidence-mark-unverified = ; not verified
evidence-up-to = up to { $high }
evidence-printed = Printed: { $text }
evidence-primary = Primary: { $text }
instrument-section-use = Use
instrument-section-misuse = Misuse
instrument-section-conventions = Conventions of this book
instrument-here = In this book
instrument-unverified = What is not verified
instrument-licence = Licence
instrument-measures = Measures
instrument-range = Range
instrument-direction = Direction
instrument-formula = Formula
instrument-mark-secondary = ; read second-hand
instrument-mark-reading = ; this book's reading

## Proofs

proofs-summary = { $held } of { $count } claims hold. They were proved again while this book was built, for version { $version } of the knowledge.
proofs-holds = Holds.
proofs-fails = Does not hold.
proofs-example = { $what } For example: { $example }.

## Session plans

teaching-length = { $teaches } { $minutes } minutes, { $steps } steps.
teaching-aims = After this session, the participants can:
teaching-step = { $begins }–{ $ends } min. { $shown }
teaching-shown-aims = What the case is for
teaching-shown-vignette = The patient
teaching-shown-findings = Change a finding
teaching-shown-reading = Your reading
teaching-shown-provenance = Where the findings come from
teaching-shown-scores = The scores
teaching-shown-plan = The plan
teaching-shown-what_if = What if
teaching-shown-treatment = What was done
teaching-shown-outcome = What happened
teaching-shown-teaching = To take away
teaching-note-ask = Ask:
teaching-note-error = Usual error:
teaching-note-say = Say:

## What a teaching room refuses

limits-what = What
limits-at-most = At most
limits-of-body = body of a request
limits-of-head = head of a request
limits-of-phones = phones in a session
limits-of-lines-of-a-phone = open lines of one phone
limits-of-lines = open lines of all
limits-of-connections = connections
limits-of-life = life of a session
limits-body = { $bytes } bytes, sent within { $seconds } seconds
limits-bytes = { $bytes } bytes
limits-oldest-dropped = { $count }, the oldest is dropped for a new one
limits-hours = { $hours } hours, at most { $most }
limits-rate-what = How often
limits-rate-at-once = At once
limits-rate-after = After that
limits-a-second = { $count } a second
limits-one-in-seconds = one in { $seconds } seconds
limits-guessing = A code is { $length } characters out of { $letters }, one of { $codes }. Someone who guesses for all { $hours } hours, from any number of addresses, has about { $tries } attempts: a chance of one in { $chance } of a seat, and with it one vote. While wrong codes are refused for their number, nobody new can join; participants who have joined continue to vote.

## Pages

page-present = Present
page-print = Print one-page summary
page-minutes = { $alone } minutes alone, and about { $group } with a group.
page-aims = After this case you can:
page-edit-link = Edit this case
page-edit = { $link } opens this notebook in an editor in this browser, with nothing to install: about { $size } MB the first time. What you change stays in this browser.
page-editor-stale = The editor was made from another state of the book, so no page leads to it: make lite builds it again.
page-read = I have read this page
page-progress = Your progress
page-list-minutes = , { $count } minutes
page-open = Open the book
page-outside = { $page } would ask another host: { $request }. Serve the file with the book instead.
page-no-bundle = { $file } is missing: build the bundles first (make bundles).
page-without-text = (without text)
page-dead-widget = { $notebook }, cell { $number }: the output { $text } is a Jupyter widget that needs a running kernel. In the published page it would not work. Either show a casebook widget by itself as the last line of the cell (these work without a kernel), or tag the cell 'remove-output' to keep the widget for JupyterLab only, or clear the output.
