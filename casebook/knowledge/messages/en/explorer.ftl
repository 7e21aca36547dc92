### The explorer of a case, in the page and in its static text.

explorer-findings = Findings
explorer-result = Result
explorer-state = State of the patient
explorer-plan = Plan
explorer-one-at-a-time = One at a time
explorer-scores = Scores
explorer-sensitivity = Sensitivity analysis

## What can be done with the whole case

explorer-known = Of { $count } findings: { $reported } reported, { $derived } derived, { $assumed } assumed, { $not_reported } not reported.
explorer-reset = { $case ->
    [constructed] Reset to the case
   *[published] Reset to published
 }
explorer-reported = Reported only
explorer-copy = Copy link
explorer-copied = The link is copied, and is also in the address bar.
explorer-not-copied = The link is in the address bar.
explorer-link-errors = Part of the link could not be read and was left out:
explorer-link-more = { $count ->
    [one] One more part of the link could not be read.
   *[other] { $count } more parts of the link could not be read.
 }

explorer-differences = { $case ->
    [constructed] Differences from the constructed case: { explorer-number }
   *[published] Differences from the published case: { explorer-number }
 }
explorer-number = { $count ->
    [0] none
   *[other] { $count }
 }
explorer-difference = { $now }; in the case: { $before }
explorer-difference-provenance = { explorer-difference } ({ $provenance })

explorer-save = Save as a new case
explorer-save-name = Name of the new case
explorer-save-replace = Replace the existing case
explorer-saved = Saved in { $path }
explorer-save-exists = a case of this name already exists and was not changed
explorer-save-exists-hint = choose another name, or pass replace=True
explorer-save-denied = the file cannot be written: { $reason }
explorer-save-denied-hint = name another folder

## What the last change did

explorer-hint = Change a finding to see its effect here.
explorer-did-open = You opened a link.
explorer-did-reset = { $case ->
    [constructed] You reset the findings to those of the case.
   *[published] You reset the findings to the published ones.
 }
explorer-did-reported = You kept only the reported findings.
explorer-did-clear = You cleared all findings.
explorer-did-restore = Your changes of { $day } are here again.
explorer-restored-back = { $case ->
    [constructed] Back to the case
   *[published] Back to the published case
 }
explorer-change-steps = { $count ->
    [one] Rule and source
   *[other] All { $count } changes
 }
explorer-alarm = A red flag is recorded: treat this as an emergency until the findings are corrected.
explorer-alarm-short = Red flag recorded: treat as an emergency until the findings are corrected.
explorer-refused = Not applied: these findings contradict each other. The result shown is that of the previous findings.
explorer-refused-short = Not applied. Previous result:

explorer-refused-finding = { $label } “{ $value }”
explorer-unset = Leave “{ $finding }” not assessed

## The bar at the foot of a phone

explorer-bar-open = Open the whole result
explorer-bar-close = Close the result
explorer-bar-score = { $score } { $total }
explorer-bar-score-band = { $score } { $total } { $band }

## Findings

explorer-assessed = { $assessed } of { $count } assessed
explorer-relevant = What matters here
explorer-more = All findings
explorer-filter = Filter by name or option
explorer-filter-count = { $count ->
    [0] No finding matches.
    [one] 1 finding matches.
   *[other] { $count } findings match.
 }
explorer-survival = For the survival scores
explorer-changed = changed
explorer-printed = { $value }, { $provenance }
explorer-details-of = details of { $finding }
explorer-here = In this case:
explorer-here-value = { $value } ({ $provenance }).
explorer-here-sensitivity = Sensitivity:
explorer-finding = Finding
explorer-value = Value
explorer-provenance = Provenance
explorer-changed-here = changed here; in the case: { $before }
explorer-provenance-note = { $provenance }. { $note }

## What to assess next

explorer-next = What to assess next

## The plan

explorer-plan-empty = No rule of this book applies to these findings.
explorer-plan-decided = Holds whatever the missing findings are:
explorer-plan-least = At least
explorer-plan-open = Not yet decided
explorer-plan-none = No recommendation is decided yet. Each option below names the findings on which it depends.
explorer-plan-more = More options
explorer-plan-against = Not advised, or with caution
explorer-plan-counted = { $label } ({ $count })
explorer-plan-silent = No rule applies ({ $count })
explorer-entry-outcome = { $stance } { $limit }
explorer-entry-earliest = { $limit } at the earliest
explorer-entry-limit = { $action }, { $limit }
explorer-entry-open = { $outcomes }; depends on { $findings }
explorer-entry-open-least = at least { $least }: { $outcomes }; depends on { $findings }
explorer-entry-disagree = sources disagree
explorer-because = Because:
explorer-against = Against:

## The argument for and against an option

explorer-obstacles = Reasons against, and missing conditions

explorer-use = Use:
explorer-misuse = Misuse:
explorer-rules-for = Rules in favour
explorer-rules-against = Rules against
explorer-rules-failing = { $count ->
    [one] One rule that does not apply here
   *[other] { $count } rules that do not apply here
 }
explorer-decided-by = Deciding principle:
explorer-decided-conflict = this book's position on “{ $title }”, below.
explorer-decided-rule = an exception that the source itself makes: { $title }.
explorer-truth-holds = met
explorer-truth-fails = not met
explorer-truth-unknown = not known
explorer-clause = { $outcome }: { $truth ->
    [holds] conditions met
    [fails] conditions not met
   *[unknown] conditions not known
 }
explorer-clause-always = { $outcome }: for every patient in this book
explorer-rule-strength = Strength
explorer-rule-source = Source
explorer-rule-reading = Interpretation
explorer-rule-note = Note

## What would change a result

explorer-change = What would change this result?
explorer-change-ways = { $count ->
    [one] The possible change
   *[other] All { $count } possible changes
 }
explorer-change-three = Consider three changes together
explorer-change-reported = { $label } (reported): { $values }
explorer-change-and = { $first }; and { $next }

## Disagreements

explorer-disagree = Where sources disagree
explorer-disagree-minor-count = Minor disagreements ({ $count })
explorer-disagree-on = Sources disagree: { $title }
explorer-position = This book's position:

## Sensitivity

explorer-step-plan = the next option would change the plan
explorer-step-score = the next option would change a score
explorer-step-nothing = the next option would change nothing
explorer-squares-note = Each square is an assessed finding. Full: the next option would change the plan. Half: the next option would change a score only. Empty: the next option would change nothing.
explorer-squares = { $size ->
    [plan] Full
    [score] Half
   *[nothing] Empty
 }: { $findings }.

## Map of the plan

explorer-map = Map of the plan by two findings
explorer-map-rows = Rows
explorer-map-columns = Columns
explorer-map-show = Show
explorer-map-first = State and first recommendation
explorer-map-caption = { $row } in rows, { $column } in columns
explorer-map-letters = Map
explorer-map-words = Map in words
explorer-map-here = this patient
explorer-map-refused = Not possible: the findings contradict each other
explorer-map-undecided = No recommendation is decided
explorer-map-score = { $total }, { $bands }
explorer-map-entry = { $standing }: { $action }

## What is loaded later

explorer-texts-missing = Some texts could not be loaded. Check the connection, then open this part again.
explorer-change-missing = The effect of this change could not be loaded. Check the connection, then try again.
explorer-change-retry = Try again
