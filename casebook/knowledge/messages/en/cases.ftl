### What is wrong with the file of a case, its notebook and the table of contents, and what a new case says.

case-not-a-mapping = a case is a mapping
    .fix = start with id: and title:
case-id-not-name = the id { $id } is not the name of the file
    .fix = write id: { $name }, or rename the file
case-constructed-outcome = a constructed case cannot have an outcome
    .fix = remove outcome
case-constructed-scores = a constructed case cannot have published scores
    .fix = remove published_scores
case-published-part-missing = “{ $name }” is missing
    .fix = add { $name }: …, or constructed: true if no such patient was published
case-finding-missing = { $label }: the finding { $id } is missing
    .fix = add { $id }: {"{"}provenance: not_reported{"}"}, or what is known of it
case-value-not-reported = { $about } has a value and is called not_reported
    .fix = remove the value, or say where it comes from
case-no-value = { $about } is called { $provenance } and has no value
    .fix = add value: …, or write provenance: not_reported
case-assumed-no-reason = { $about } is assumed without a reason
    .fix = add note: why it is assumed
case-no-source = { $about } is called { $provenance } without a source
    .fix = add source: {"{"}key: where in it{"}"}
case-published-option = { $option } is not an option of the question { $question }
case-options-repeated = two options have the same id
    .fix = give each its own
case-id-repeated = the id { $id } is repeated here
    .fix = give each its own
case-no-locator = { $key } has no locator
    .fix = say where in it, for example a figure and line
case-not-among-sources = { $key } is cited here and is not among the sources of the case
    .fix = add { $key } to sources
case-unknown-source = { $key } is not a source of this book
case-what-if = the what-if { $id }
case-published-total = the published { $score } is { $total }; the findings give { $given }
    .fix = correct the total, or the findings on which it is based

## The steps in which a case is presented

step-findings-unused = a step that shows { $show } names findings
    .fix = show: findings, or remove them
step-no-finding = this step shows no finding
    .fix = add findings: [pain, …]
step-part-missing = the case has no { $part } to show
    .fix = add { $part }: …, or remove the step
step-id-unused = a step that shows { $show } names { $id }
    .fix = only { $named } have an id: remove it
step-id-missing = this step does not say which of { $part } it shows
    .fix = add id: { $ids }
step-id-missing-all = this step does not say which of { $part } it shows
    .fix = add id: one of them
step-id-unknown = { $id } is not among { $part }
