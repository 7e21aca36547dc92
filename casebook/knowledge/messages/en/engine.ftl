### What the engine says: results, explanations, the first line, refusals. Rendered by Python and by the page.

## Recommendations

stance-emergency = Emergency
stance-recommended = Recommended
stance-consider = Consider
stance-caution = Caution
stance-not_indicated = Not indicated
stance-contraindicated = Contraindicated
stance-none = No rule applies

limit-hours = within { $count ->
    [one] { $count } hour
   *[other] { $count } hours
 }
limit-days = within { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
limit-side = { $side ->
    [left] on the left
    [right] on the right
   *[other] on the { $side }
 }

# The time limit and the side behind a recommendation, if there are any.
outcome-limit = { $limit ->
    [none] { "" }
   *[other] { " " }{ $limit }
 }
outcome-name = { $stance ->
    [emergency] emergency
    [recommended] recommended
    [consider] consider
    [caution] caution
    [not_indicated] not indicated
    [contraindicated] contraindicated
    [none] no rule applies
   *[undecided] undecided
 }{ outcome-limit }
outcome-possible = undecided ({ $outcomes })
# As the predicate of a sentence about an option.
outcome-is = { $stance ->
    [emergency] is an emergency
    [recommended] is recommended
    [consider] is worth considering
    [caution] calls for caution
    [not_indicated] is not indicated
    [contraindicated] is contraindicated
    [none] is not listed
   *[undecided] is undecided
 }{ outcome-limit }
outcome-would-be = { $stance ->
    [emergency] would be an emergency
    [recommended] would be recommended
    [consider] would be worth considering
    [caution] would call for caution
    [not_indicated] would not be indicated
    [contraindicated] would be contraindicated
    [none] would not be listed
   *[undecided] would be undecided
 }{ outcome-limit }

## Findings and scores

finding-not_assessed = not assessed
score-not_applicable = not applicable

## What a change of findings changes

change-nothing = No score and no recommendation changes.
change-state = State of the patient: { $before } → { $now }.
change-score = { $label }: { $before } → { $now }.
change-score-band = { $label }: { $before } → { $now } ({ $bands }).
change-score-many-bands = { $label }: { $before } → { $now } (one of { $count } bands).
change-score-begins = { $label } now applies: { $now } ({ $bands }).
change-score-ends = { $label } no longer applies.
change-action = { $label }: { $before } → { $now }.
change-action-because = { $label }: { $before } → { $now }, because of the rule “{ $rule }” { $sources }.
change-action-ended = { $label }: { $before } → { $now }, because the rule “{ $rule }” no longer applies { $sources }.
change-not-listed = not listed
change-no-longer-listed = no longer listed
change-only-left = { $count ->
    [one] One option is no longer listed.
   *[other] { $count } options are no longer listed.
 }
change-more = { $count ->
    [one] There is one further change.
   *[other] There are { $count } further changes.
 }

## The argument for and against an option

argument-now = { $label } { outcome-is }.
argument-side-for = In favour: { $rule }
argument-side-against = Against: { $rule }
argument-more-for = { $count ->
    [one] One more rule supports this option.
   *[other] { $count } more rules support this option.
 }
argument-more-against = { $count ->
    [one] One more rule advises against this option.
   *[other] { $count } more rules advise against this option.
 }
argument-depends = The result still depends on { $findings }.
argument-wish = Based on { $sources }, this option { outcome-would-be } if { $conditions }.
argument-wish-also = The rule also requires that { $conditions }.
argument-leaf = { $subject }: { $wanted } (here: { $here })
argument-leaf-not = { $subject }: not { $wanted } (here: { $here })

# Conditions that are not met, behind “if”.
condition-term = there were { $term }
condition-term-not = { $term } were absent
condition-is = { $subject } were { $options }
condition-is-not = { $subject } were not { $options }
condition-either = either { $conditions }
condition-more-all = { $count } more conditions were met
condition-more-any = one of { $count } more conditions were met

## The smallest changes that change a result

counterfactual-action = { $label } { outcome-would-be } if { $conditions }.
counterfactual-score = { $label } would change to “{ $band }” if { $conditions }.
counterfactual-score-opens = { $label } could be in more than one band if { $conditions }.
counterfactual-also = The same result would follow if { $conditions }.
counterfactual-also-more = The same result would follow if { $conditions }, and in { $count ->
    [one] { $count } more way
   *[other] { $count } more ways
 }.
counterfactual-together-action = With { $changes ->
    [2] two
   *[3] three
 } changes, { $label } { outcome-would-be } if { $conditions }.
counterfactual-together-score = With { $changes ->
    [2] two
   *[3] three
 } changes, { $label } would change to “{ $band }” if { $conditions }.
counterfactual-none = { $extent ->
    [single] No single change
    [further] No other single change
    [two] No change to one or two findings
   *[three] No change to up to three findings
 } { $effect ->
    [changes] would change the result for { $label }
    [decides] would decide the result for { $label }
   *[differs] would give another decided result for { $label }
 }.
counterfactual-condition = { $finding } were { $options }
counterfactual-anything = anything else
counterfactual-reported = { $finding } (reported)

## Sensitivity to the reading of one finding

sensitivity-fixed = No other reading is compatible with the other findings.
sensitivity-nothing = One step away ({ $options }), nothing changes.
sensitivity-scores = One step away ({ $options }), { sensitivity-bands }.
sensitivity-actions = One step away ({ $options }), { sensitivity-recommendations }.
sensitivity-both = One step away ({ $options }), { sensitivity-bands } and { sensitivity-recommendations }.
sensitivity-bands = { $count ->
    [one] the band of { $scores } changes
   *[other] the bands of { $scores } change
 }
sensitivity-recommendations = { $actions ->
    [one] one recommendation changes
   *[other] { $actions } recommendations change
 }
sensitivity-agreement = Agreement between observers: { $statistic } { $value } { $sources }.
sensitivity-none-assessed = No finding is assessed.
sensitivity-none-fragile = No finding would change a band or the plan if it were read one step differently.
sensitivity-fragile = { $fragile } of { $count ->
    [one] { $count } finding
   *[other] { $count } findings
 } would change a band or the plan if read one step differently.
sensitivity-most = The plan depends most on { $findings }.

## What is open, and what to assess next

open-summary = { $decided ->
    [one] One recommendation is
   *[other] { $decided } recommendations are
 } decided and { $undecided ->
    [0] none is
    [one] one is
   *[other] { $undecided } are
 } open.
open-ask = Ask about { $finding } first.

question-decides = An answer decides { $decides } of { question-undecided }.
question-decides-may = An answer decides { $decides } of { question-undecided } and may decide { $may } more.
question-may = An answer may decide { $may } of { question-undecided }.
question-undecided = { $undecided ->
    [one] { $undecided } open recommendation
   *[other] { $undecided } open recommendations
 }
question-affects = An answer affects { $actions }.
question-scores = Needed to score { $scores }.

## Findings that cannot be read

error-hint = { $what }; { $hint }
error-near = did you mean { $near }?
error-choose = one of { $values }
error-choose-between = from { $first } to { $last }
error-no-finding = there is no finding { $id }
error-no-action = there is no action { $id }
error-no-target = there is no action or score { $id }
error-no-score = there is no score { $id }
error-no-item = { $score } has no item { $id }
error-finding-option = finding { $id }: { $offered } is not an option
error-item-option = { $score } item { $id }: { $offered } is not an option
error-contradiction = { $findings }: { $why }
error-contradiction-finding = { $label } ({ $id }) { $value }

## Oswestry Disability Index

oswestry-none-answered = None of the { $count } sections is answered.
oswestry-answered = Calculated from { $answered } of { $count } sections.
oswestry-no-item = odi has no item { $id }; it has sections
oswestry-values = { $count } values
oswestry-sections = odi sections: { $given }; give { $count }, each 0 to { $most } or None
oswestry-section = odi section { $section }: { $value } is not a whole number from 0 to { $most }, nor None
counterfactual-how-many = changes is { $changes }; it is 1, 2 or 3
