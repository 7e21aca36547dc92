### What is wrong with the folder of knowledge as a whole: names, citations, precedence.

knowledge-entry = { $kind ->
    [emergencies] emergencies, first line
    [shown] first view { $name }
   *[other] { $kind } { $name }
 }
knowledge-first-view = first view { $number }
knowledge-list-empty = this file of { $kind }s is empty
    .fix = write [] if there are none
knowledge-key-missing = “{ $key }” is missing
    .fix = start the list with “{ $key }:”
knowledge-list-expected = a list of { $kind }s is expected here
    .fix = start each with “- id: …”
knowledge-score-empty = this file is empty
    .fix = start with id: and label:
knowledge-sources-expected = a mapping of sources is expected here
    .fix = start each with “key: {"{"}short: …{"}"}”
knowledge-findings-expected = a list of findings is expected here
knowledge-defined-twice = { $kind } { $id } is defined twice
    .fix = the first definition is at { $first }
knowledge-not-of-kind = { $about }: { $id } is not { $kind ->
    [action] an action
    [finding] a finding
    [group] a group
    [rule] a rule
    [score] a score
   *[source] a source of sources.yml
 }
knowledge-no-locator = { $about }: { $key } has no locator
    .fix = give the place in the source, for example a section and line
knowledge-circle = { $about }: the precedence of { $rules } on { $action } is circular
    .fix = remove one of these
knowledge-state-missing = the state { $state } is missing from the states of a patient
    .fix = add - id: { $state }
knowledge-rule-silent = { $about }: { $rule } has no recommendation on { $action }
    .fix = take it out of this precedence
knowledge-figure-unknown = { $about }: { $statistic } { $value } of item { $item } is in no line on reliability
    .fix = write the figure as the line with the same source does
