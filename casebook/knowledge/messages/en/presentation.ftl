### The presentation of a case: the buttons on a case page, the stage, the speaker's notes, and the one-page summary.

## The buttons on a case page

present-fetch-failed = The case could not be loaded. Try again.
present-no-explorer = This page has no explorer of its case.

## The stage

stage-label = Presentation: { $title }
stage-keys = Keys of the presentation
stage-step = { $step } of { $steps }
stage-changed = Changed: { $findings }
stage-clock-planned = of { $minutes } min
stage-clock-paused = of { $minutes } min, paused

stage-command-back = Back
stage-command-next = Next
stage-command-results = Results
stage-command-provenance = Provenance
stage-command-hands = Count hands
stage-command-reset = Back to the case
stage-command-link = Link
stage-command-notes = Notes
stage-command-start = Start clock
stage-command-stop = Stop clock
stage-command-screen = Full screen
stage-command-restart = Start over
stage-command-leave = Leave

stage-heading-vignette = The patient
stage-heading-findings = Change a finding
stage-heading-provenance = Provenance of the findings
stage-heading-scores = Which results do the scores give?
stage-heading-plan = What the rules recommend
stage-heading-treatment = Treatment
stage-heading-outcome = Outcome
stage-heading-teaching = Teaching points

stage-aims = After this case you can:
stage-what-if = Decide first: what would change, and what would not?
stage-not-applied = Not applied: the findings contradict each other.
stage-finding-changed = changed
stage-finding-note = { $provenance }. { $note }
stage-finding-change = { $finding }: { $after } (before: { $before }).
stage-not-applicable = { $score }: not applicable. { $reason }
stage-one-lesion = by segments; as one lesion { $range }
stage-undecided = Not yet decided
stage-undecided-more = Show { $count } more
stage-depends = depends on { $findings }
stage-citation = { $source }, { $locator }
stage-provenance-count = { $number } { $provenance }

stage-hands = Show of hands, { $hands } in all
stage-hands-options = Options
stage-hands-option = Option
stage-hands-column = Hands
stage-hands-count = Hands for { $option }
stage-hands-number = a whole number
stage-hands-published = published
stage-hands-rules = according to the rules
stage-hands-share = { $share }%

stage-link = Link to the state on the screen
stage-link-state = The case in exactly this state:
stage-link-qr = QR code of the link
stage-link-file = This page was opened from a file: the link works only on this machine.
stage-link-local = This page is served to this machine alone: the link works only here.

## The speaker's notes

notes-title = Notes: { $title }
notes-blocked = The browser did not open the notes window. Allow pop-ups for this page.
notes-step = Step { $step } of { $steps }
notes-time = { $minutes } min, to be finished by minute { $due }
notes-ask = Ask
notes-error = Usual error
notes-say = Say
notes-answer = The answer on the next slide
notes-answer-text = { $answer }. { $feedback }
notes-question-only = The audience sees the question without its answer.
notes-visibility = Results are { $results ->
    [shown] shown
   *[hidden] hidden
 }, provenance is { $provenance ->
    [shown] shown
   *[hidden] hidden
 }.
notes-next = Next: { $heading }
notes-next-answer = Next: the answer
notes-last = This is the last step.
notes-keys = The keys of the stage also work in this window. The window closes with the stage.

## The one-page summary

handout-changed = Changed here, and therefore no longer the patient of the case: { $findings }.
handout-patient = Patient
handout-findings = Findings
handout-scores = Scores
handout-plan = Plan
handout-no-plan = No recommendation is decided.
handout-undecided = Not yet decided
handout-teaching = Key points
handout-no-undecided = No recommendation is undecided.
handout-undecided-action = { $action }: { $stances }; depends on { $findings }
handout-undecided-further = Further: { $actions }.
handout-finding = { $finding }: { $value } { $origin }
handout-origin = ({ $provenance })
handout-origin-changed = (changed; in the case { $value })
handout-origin-unknown = (changed; in the case unknown)
handout-unknown = { $label } { $findings }.
handout-unknown-count = Unknown ({ $count }):
handout-not-applicable = { $score }: not applicable.
handout-score = { $score }: { $total } of { $minimum } to { $maximum }, { $bands }. { $note }
handout-score-one-lesion = { $score }: { $total } of { $minimum } to { $maximum }, { $bands } by segments; as one lesion { $range }. { $note }
handout-items = Items: { $items }.
handout-action = { $action }, { $particulars }
handout-disclaimer = For education only. This is not a medical device and gives no advice on any patient. The treating team decides what is done for a patient.
handout-legend = Assumed: a value with which the case works and which its source does not give. Unknown: never counted as normal. Each recommendation is that of the cited rules. Knowledge { $version }, printed { $date }.
