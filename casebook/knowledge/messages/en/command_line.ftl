### What the command line prints, asks and explains.

command-help = Scores and options for sacral metastases, from findings. For teaching, not for treating.
command-help-json = Print JSON for a program to read.
command-input-ended = standard input ended before the last question; answer by options, with --yes
command-standard-input = standard input
command-wrote = Wrote { $path }
command-repeated = gives { $id } twice
    .fix = give each once
command-finding = { $finding } { $option }

## assess, score, show

assess-help-file = A case, or a file of findings (YAML or JSON); - reads standard input.
assess-findings-expected = findings are expected here
    .fix = write one a line, for example pain: mechanical
score-help-name = Which score, for example sins.
score-help-items = Items as item=option; a missing item is unknown.
score-not-an-item = is not an item with its option
    .fix = write item=option, for example pain=mechanical
score-line-unknown = unknown
score-line = { $label } { $points } of { $maximum }: { $bands }
score-line-as-one = { $label } { $points } of { $maximum }: { $bands } by segments; as one lesion { $one }, { $one_bands }
score-line-not-applicable = { $label }: not applicable. { $reason }
score-line-item = { $item }: { $option } ({ $points })
score-line-note = Note: { $note }
score-line-odi = { $label } { $total } %: { $band }
score-line-odi-unknown = { $label } unknown, 0 to 100 %
plan-line = { $option }: { $rules }
plan-rule = { $title } [{ $sources }]
plan-line-against = against: { $rule }
plan-line-conflict = sources disagree: { $title }
plan-line-depends = depends on { $findings }
plan-undecided = Not yet decided
plan-line-undecided = { $option }: { $possible }; depends on { $findings }
plan-line-at-least = { $option }: at least { $least }; { $possible }; depends on { $findings }
show-help-case = A case by its name, or its file.
column-score = Score
column-points = Points
column-band = Band
show-scores = Scores
column-stance = Stance
column-option = Option
column-why = Why
show-plan = Plan
show-of-maximum = { $points } of { $maximum }
show-as-one = { $points } of { $maximum } by segments, { $one } as one lesion
show-at-least = at least { $least }: { $possible }
show-undecided = not yet decided: { $possible }
show-findings = Findings: { $reported } reported, { $derived } derived, { $assumed } assumed, { $unknown } not reported. For teaching, not for treating.

## check, verify, schemas

check-help-files = Cases, notebooks, the table of contents; without any, all of the book here.
check-found = { $count ->
    [0] Nothing wrong was found.
    [one] { $count } fault found.
   *[other] { $count } faults found.
 }
verify-holds = holds  { $claim } ({ $covers })
verify-fails = FAILS  { $claim } ({ $covers })
schemas-help-sift = Search for a better order for the decision diagrams of the rulebook.
schemas-not-written = cannot be written: { $why }
    .fix = check your permission to write there
schemas-up-to-date = The schemas in { $folder } are up to date.

## diff

diff-help-edition = A file, a folder, or a git revision such as HEAD~1.
diff-none = No difference.
diff-written = Changes in the files
diff-everyone = All patients
diff-left-out = Only one of the two has { $finding }: { $options }. No patient with one of them is counted.
diff-reordered = the order of { $kind }s has changed
diff-named = { $id } “{ $label }”
diff-changed = { $kind } { $name } { $how ->
    [added] added
    [removed] removed
   *[changed] changed
 }
diff-at = { $change } ({ $where })
diff-value = { $name }: { $before } → { $now }
diff-nothing = nothing
diff-incomparable = cannot be compared: { $why }
diff-option-of-one = { $finding }: only one of the two has the option { $option }
diff-same-plan = For the patient as recorded, the plan is the same.
diff-nearest = The nearest patient who gets another plan has { $findings }: { $change }
diff-case-with = { $case } with { $findings }
diff-what = { $what ->
    [completions] completions
   *[states] states
 }
diff-none-changed = None of { $states } { diff-what } gets another plan.
diff-some-changed = { $changed } of { $states } { diff-what } get another plan.
diff-shift = { $change }: { $states } { diff-what }; for example { $example }
diff-shift-always = { $change }: { $states } { diff-what }, whatever the other findings are
diff-rest = { $label }, in { $count ->
    [one] { $count } other way
   *[other] { $count } other ways
 }: { $states } { diff-what }
diff-outcome = { $label } { $how }: { $before } → { $now }
diff-how-appears = appears
diff-how-vanishes = is removed
diff-how-changes-stance = changes stance
diff-how-changes-time-or-side = changes time or side
diff-how-becomes-undecided = becomes undecided
diff-how-becomes-decided = becomes decided
diff-how-is-open-between-others = is undecided between other outcomes

## new

new-help-name = Small letters, digits and hyphens, for example colon-s1.
new-help-title = The title of the page; it must be unique.
new-help-teaches = What a reader learns, in one sentence.
new-help-minutes = How long it takes; { $minutes }, if not given.
new-help-source = Where the patient was published: “key: place in the source”.
new-help-vignette = The patient, in your own words.
new-help-treatment = What was done.
new-help-outcome = What happened.
new-help-aim = What a reader can do afterwards; two to four times.
new-help-reported = A finding that the source states: finding=option.
new-help-derived = One that follows from it: finding=option.
new-help-assumed = One that the case assumes: “finding=option: why”.
new-help-constructed = No such patient was published; the source is that of the teaching points.
new-help-yes = Ask nothing; anything missing is a fault.
new-help-force = Replace files of this name.
new-replace = { $files } exist. Replace?
new-exists = already exists, and was not changed
    .fix = choose another name, or --force
new-not-written = cannot be written: { $why }
    .fix = the case is printed above; save it yourself
new-next = Next: run python -m publish.notebooks { $notebook }, to store what it shows; then casebook check, and casebook show { $id }.
new-no-locator = { $key } has no locator
    .fix = write { $key }: a figure, a section, a line
new-option-missing = is missing
    .fix = add --{ $field } "…"
new-answer-missing = is missing
    .fix = write a few words
new-ask-title = Title
new-ask-teaches = What does it teach, in one sentence?
new-ask-source = Where was the patient published? (key: place in the source)
new-ask-vignette = The patient, in your own words
new-ask-treatment = What was done?
new-ask-outcome = What happened?
new-ask-minutes = How many minutes does it take?
new-ask-aims = What can a reader do afterwards? Two to four short lines; an empty line ends.
new-ask-aim = Aim
new-this-aim = This aim
new-aim-too-long = is too long
    .fix = write it in { $most } characters
new-aim-alone = is the only one
    .fix = add another
new-ask-findings = What is known? One finding a line, for example pain=mechanical; an empty line ends.
new-ask-findings-help = ? lists the findings; the name of one, for example pain, lists what each option means.
new-ask-finding = Finding
new-ask-provenance = Where does it come from?
new-why-derived = How does it follow?
new-why-assumed = Why is it assumed?
new-finding = { $id }: { $label } ({ $options })
new-option = { $finding }={ $id }: { $label }
new-options-between = { $first } … { $last }

## What verify proves

verify-example = { $where }: { $what } For example: { $example }.
verify-covers-states = every state of the findings that some rule reads: { $states }
verify-covers-sources = { $count } sources
verify-covers-inputs = inputs: { $inputs }
verify-inputs-of = { $count } of { $score }
verify-scores = Every input of every score has a total and exactly one band.
verify-some-plan = Some plan is reached.
verify-declared = No action is both recommended and refused without a declared order between the two rules.
verify-live-rules = Every rule applies to some patient.
verify-no-repetition = No rule only repeats another, unless the rule names it.
verify-emergencies = No emergency is outranked.
verify-sources-read = No source has been left unread too long.
verify-no-band = { $score } has no single band here.
verify-no-plan = no rule recommends anything.
verify-undeclared = “{ $rule }” recommends { $action }, “{ $other }” refuses it, and no order is declared.
verify-dead-rule = “{ $rule }”: no patient fulfils “{ $condition }”.
verify-repetition = “{ $rule }” adds nothing on { $action } to “{ $other }”; remove it, or state that it echoes { $id }.
verify-outranked = the emergency “{ $rule }” is outranked.
verify-refuted = { $theorem } is not true: { $condition }.
verify-less-urgent = { $actions } becomes less urgent when { $finding } changes from { $milder } to { $graver }.
verify-unread = { $source } was last read on { $date }; read it again.
verify-any-patient = any patient
number-about = about { $number }
number-million = { $number } million
number-billion = { $number } billion
