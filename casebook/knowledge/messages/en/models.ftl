### What is wrong with an entry of the knowledge: conditions, findings, rules, evidence, instruments.

## Conditions

expression-unreadable = cannot read the condition “{ $condition }”; write for example: pain == mechanical and sins >= 7
expression-unreadable-near = cannot read the condition “{ $condition }” near character { $character }; write for example: pain == mechanical and sins >= 7
expression-too-deep = the condition is nested too deeply; split it into clauses
expression-not-compared = { $finding } must be compared, for example { $finding } == …
expression-unknown-name = { $name } is neither a term nor a finding
expression-not-allowed = “{ $part }” is not allowed; use and, or, not, ==, !=, in {"{"}…{"}"}, <, <=, >, >=
expression-not-comparable = { $name } is not a finding or a score
expression-no-order = { $finding } has no order; compare it with == or in {"{"}…{"}"}
expression-every-option = the comparison with { $finding } is true for every option, so it decides nothing
expression-no-option-left = the comparison with { $finding } is true for no option, so it decides nothing
expression-no-option = { $finding } has no option { $option }
expression-compare-score = compare { $score } with <, <=, ==, >= or >
expression-decides-nothing = the comparison with { $score } decides nothing: its totals run from { $low } to { $high }
expression-no-band = { $score } has no band { $band }
expression-every-band = the comparison with { $score }.band decides nothing: it is true for every band
expression-no-band-left = the comparison with { $score }.band decides nothing: it is true for no band
expression-whole-number = { $name } is compared with a whole number, not with { $offered }
expression-braces = write { $name } in {"{"}…{"}"} with braces
expression-compare-finding = compare { $name } with ==, != or in {"{"}…{"}"}
expression-not-an-option = { $offered } is not an option of { $name }

## Findings

finding-option-number = option { $option } must be a whole number
finding-option-word = option { $option } must be a word; quote it
finding-options-repeated = two options have the same id
finding-order-option = order: { $value } is not an option
finding-order-short = order: name two options or more, each once
finding-worsens-option = worsens: { $value } is not an option

## Scores and cohorts

score-options-repeated = two options of the item have the same id
score-band-start = band { $band } runs from { $low } to { $high }; the band should start at { $expected }
score-band-end = the bands end at { $high }; the items add up to at most { $maximum }
score-item-repeated = the item { $item } is given a second time
score-item-both = { $item }: the conditions of { $options } are both met by { $findings }
score-of-score = only an item of a score can read another score, here { $score }
score-circle = scores read each other in a circle: { $scores }

cohort-row = { $count ->
    [0] row { $row }: { $what }
    [one] row { $row } (and one more row): { $what }
   *[other] row { $row } (and { $count } more rows): { $what }
 }

## Rules and theorems

rule-when-or-clauses = give either when and then, or clauses
rule-condition-or-about = a rule has either a condition (when, then) or the topics on which it informs (about)
theorem-never-or-falls = a theorem has either conditions that are never true (never) or actions (falls)

## Evidence and instruments

evidence-locators = { $sources } sources and { $locators } locators; write one for each, separated by “; ”
evidence-interval = low { $low } is above high { $high }
evidence-not-csv = not valid CSV: { $why }
    .fix = check the quotes here
evidence-columns = the columns are { $columns }
    .fix = write { $right }
evidence-no-columns = the columns are missing
    .fix = write { $right }
evidence-cells = { $cells } cells for { $columns } columns
    .fix = quote commas
table-no-column = { $other }: no such column; the columns are { $columns }
