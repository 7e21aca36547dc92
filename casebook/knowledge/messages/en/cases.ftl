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
case-value-not-reported = { $about } has a value and is marked not_reported
    .fix = remove the value, or state where it comes from
case-no-value = { $about } is marked { $provenance } and has no value
    .fix = add value: …, or write provenance: not_reported
case-assumed-no-reason = { $about } is assumed without a reason
    .fix = add note: why it is assumed
case-no-source = { $about } is marked { $provenance } without a source
    .fix = add source: {"{"}key: where in it{"}"}
case-published-option = { $option } is not an option of the question { $question }
case-options-repeated = two options have the same id
    .fix = give each its own
case-id-repeated = the id { $id } is repeated here
    .fix = give each its own
case-no-locator = { $key } has no locator
    .fix = give the place in the source, for example a figure and line
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
step-id-missing = this step does not name which of { $part } it shows
    .fix = add id: { $ids }
step-id-missing-all = this step does not name which of { $part } it shows
    .fix = add id: one of them
step-id-unknown = { $id } is not among { $part }

case-no-what-if = { $case } has no what-if { $id }
case-unknown = there is no case of this name

## The table of contents

contents-no-root = a table of contents is a mapping with root:
    .fix = start with format: and root:
contents-not-a-file = { $name } is not the name of a file
    .fix = write file: cases/colon-s1
contents-no-page = there is no page { $page }
    .fix = write the page, or remove the entry
contents-repeated = { $name } is repeated here
    .fix = the first is at { $first }
contents-case-missing = the case { $case } is not in the table of contents
    .fix = add “- file: { $case }”
contents-no-part = there is no part for cases
    .fix = add “- caption: { $caption }” with a list of chapters

## The notebook of a case

notebook-not-json = not a notebook: { $why }
    .fix = open it in JupyterLab, or undo the last edit
notebook-too-deep = not a notebook: the lists are nested too deeply
    .fix = undo the last edit
notebook-format = not a notebook of format 4
    .fix = open and save it in JupyterLab
notebook-other-kernel = the kernel is { $name }
    .fix = choose { $kernel } in JupyterLab, and save
notebook-no-kernel = no kernel is named
    .fix = choose { $kernel } in JupyterLab, and save
notebook-no-case = there is no case { $case }
notebook-case-not-shown = the notebook never shows its case { $case }
    .fix = add a cell: CaseExplorer("{ $case }")
notebook-no-output = { $missing } of { $count } cells have no stored output, this one first
    .fix = run python -m publish.notebooks { $path }
notebook-error = the stored output is an error: { $name }: { $value }
    .fix = correct the cell, then run python -m publish.notebooks { $path }

notebook-minutes = { $count ->
    [one] { $count } minute.
   *[other] { $count } minutes.
 }
notebook-patient = The patient
notebook-explorer = The explorer
notebook-explorer-published = The published patient. Each finding is marked as reported, derived, assumed or not reported. Change one to see the effect.
notebook-explorer-constructed = The constructed patient. Each finding is marked as reported, derived, assumed or not reported. Change one to see the effect.
notebook-python = With Python
notebook-python-intro = The items of SINS, with the least and the most points of each:
notebook-sources = Sources
notebook-treatment = What was done
notebook-outcome = What happened
notebook-both = What was done, what happened
notebook-decide-first = Decide first, then open.
notebook-patient-source = The patient: { $source }, { $locator }.

## A new case

authoring-steps = Steps of a presentation. Only the speaker sees: ask, error (the usual one), say, and source.
authoring-finding = is not a finding with its option
    .fix = write finding=option, for example pain=mechanical
authoring-no-reason = { $id } is assumed without a reason
    .fix = write { $text }: why
authoring-name = a case is named in small letters, digits and single hyphens
    .fix = write { $name }
authoring-name-example = a case is named in small letters, digits and single hyphens
    .fix = write for example { $example }
authoring-no-folder = there is no such folder here
    .fix = run this in the folder of the book
authoring-same-title = already has the title “{ $title }”
    .fix = choose another
variant-teaches = The effect of changes to “{ $case }”.
variant-made-from = Made from the case “{ $case }” ({ $id }) by changing findings: { $changes }. The text of the case:
variant-change = { $finding }, “{ $now }” instead of “{ $before }”
variant-note = Changed from the { variant-of }, where it is { $option } ({ $provenance }).
variant-note-not-reported = Changed from the { variant-of }, where it is not reported.
variant-of = { $of ->
    [constructed] case it was made from
   *[published] published case
 }
variant-the-name = the name
variant-same-case = is the case that this one is made from
    .fix = choose another name
variant-no-folder = there is no such folder
    .fix = create it, or name another; this is { $here }
