### What is wrong with what a cell of a notebook gives a widget, and what would be right.

widget-not-built = The scripts of the widgets are not built: run make bundles.
error-no-question = there is no question { $question }; { $hint }
error-no-answer = question { $question }: { $answer } is not an option; { $hint }
error-answer-list = question { $question }: { $answer } is not a list; write [{ $answer }]
error-not-answered = question { $question } is not answered yet; answer the question first
error-no-questions = there are no questions here
error-no-questions-hint = add questions: …, or remove the cell
error-no-supposition = { $case } has no what-if { $supposition }; { $hint }
error-no-part = a case has no part { $part }; one of vignette, treatment, outcome, teaching
error-part-missing = this constructed case has no { $part ->
    [outcome] outcome
   *[treatment] treatment
 }
error-part-missing-hint = remove the cell
