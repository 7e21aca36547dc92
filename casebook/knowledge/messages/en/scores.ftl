### Scores, calculators and the Oswestry Disability Index, in the page and in its static text.

score-total = { $total } of { $minimum } to { $maximum }, { $bands }
score-total-one-lesion = { score-total } { score-one-lesion }
score-one-lesion = by segments; as one lesion { $one_total } { $one_bands }
score-none = Not applicable
score-reason = not applicable: { $reason }
score-worse = { $worse ->
    [high] Higher is worse.
   *[low] Lower is worse.
 }
score-bar = { $score } { $total } on a scale from { $minimum } to { $maximum }; { $worse ->
    [high] higher is worse
   *[low] lower is worse
 }. Bands: { $bands }.
score-bar-band = { $band } { $range }
score-bar-better = better
score-bar-worse-low = ← worse
score-bar-worse-high = worse →
score-unknown = { $count } of { $items } items not known
score-details = { $notes ->
    [0] Items and bands
    [one] Items, bands and one more note
   *[other] Items, bands and { $notes } more notes
 }
score-about = { $name }. { $question }
score-items = { $score }: items
score-item = Item
score-option = Option
score-points = Points
score-option-points = { $option } ({ $points })
score-item-unknown = not known
score-item-from = from { $findings }
score-item-value = { $finding }: { $value }
score-source = Points and bands: { $sources }

calculator-result = { $total }, { $bands }.
calculator-chosen = (chosen)

disability-section = Section { $number }
disability-unset = not answered
disability-percent = { $value } %
disability-answered = { $answered } of { $count } sections answered. An unanswered section is left out of the sum and of its maximum.
disability-sections = Sections 1 to { $count }: { $values }.
disability-by-hand = Give each of the { $count } sections its value, 0 to { $most }. { $label } in per cent:
disability-band = { $low } to { $high } %: { $band }

# Below a calculator in a page. The text is for a note on a patient, such as “SINS 9 (location 3, …), potentially unstable”.
calculator-copy = Copy as text
calculator-copied = Copied: { $text }
calculator-not-copied = Copying was refused. The text: { $text }
calculator-note = { $score } { $total } ({ $items }), { $bands }
calculator-note-item = { $item } { $points }
calculator-note-unknown = { $item } not assessed
