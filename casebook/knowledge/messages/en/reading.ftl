### A reader's own reading of a case, what-ifs, and passages that stay folded.

reading-question = { $number } of { $count }. { $question }
reading-submit = Submit my answers
reading-again = Start again
reading-private = Your answers stay in this page and are not sent anywhere.
reading-missing = Not yet answered: { $question }
reading-submitted = { $case ->
    [constructed] Submitted. The answers according to the rules are shown beside yours.
   *[published] Submitted. The published answers are shown beside yours.
 }
reading-yours = You
reading-theirs = { $case ->
    [constructed] Rules
   *[published] Published
 }
reading-no-answer = no answer
reading-same = { $answer } (same as yours)
reading-differs = { $answer } (differs from yours)
reading-static = { $case ->
    [constructed] The reading according to the rules
   *[published] The published reading
 }

supposition-set = Set the explorer to this
supposition-show = Show the answer
supposition-hide = Hide the answer
supposition-shown = The explorer now shows this change.
supposition-go = Go to the explorer
supposition-answer = Answer
supposition-back = Back to the case
supposition-before = Before
supposition-after = After
supposition-more = { $count ->
    [one] The explorer lists 1 further change.
   *[other] The explorer lists { $count } further changes.
 }

section-treatment = What was done?
section-outcome = What happened?
