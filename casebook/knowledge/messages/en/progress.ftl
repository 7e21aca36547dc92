### A reader's progress, which the browser keeps.

progress-read-kept = Saved in this browser.
progress-read-refused = This browser does not save data, so your progress will not be remembered.
progress-unavailable = This browser does not save data for this page, so what you read and answer is not remembered. A private window, or a setting against site data, has this effect.
progress-summary = { progress-pages-read } { $answered ->
    [0] No question answered yet.
    [one] One question answered, { $right } correct at the last attempt.
   *[other] { $answered } questions answered, { $right } correct at the last attempt.
 }
progress-pages-read = { $read } of { $pages } pages read.
progress-page-minutes = { $page }, { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
progress-read-on = read on { $day }
progress-answered = { $answered ->
    [0] { progress-questions }, none answered
   *[other] { $answered } of { progress-questions } answered, { $right } correct and { $wrong } not correct at the last attempt
 }
progress-questions = { $count ->
    [one] { $count } question
   *[other] { $count } questions
 }
progress-repeat-on = due again on { $day }
progress-due = Due for review
progress-due-since = { $page }; since { $day }
progress-due-nothing = Nothing is due today.
progress-due-never = Nothing is due yet: a question returns here after you have answered it.
progress-due-next = { progress-questions } on { $day }.

## Save, restore, delete

backup-title = Save, restore, delete
backup-unreadable = Some saved data could not be read. The data were set aside and not deleted:
backup-unreadable-save = Save the data as a file
backup-save = Save as a file
backup-restore = Restore from a file
backup-delete = Delete everything
backup-deleted = Everything was deleted.
backup-restored = Restored from { $file }: { $summary }.
backup-too-large = The file is larger than any file that this book saves.
backup-not-restored = { $file } was not restored. { $reason } Nothing was changed.
backup-both = { $file } contains { $theirs }. This browser contains { $ours }.
backup-merge = Combine both
backup-replace = Keep only the file's
backup-keep = Change nothing
backup-unchanged = Nothing was changed.
backup-refused = This browser refused, and nothing was changed.
backup-undo = Undo
backup-undone = Undone: everything is as it was.
backup-summary = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
 } read and answers to { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
 }
backup-error-json = The file is not JSON, so it contains no progress saved from this book.
backup-error-none = The file names no version, so it contains no progress saved from this book.
backup-error-version = The file is of version { $version }; this book reads version { $expected }.
backup-error-pages = The file has no list of pages.
backup-error-answers = The file has no list of answers.
backup-error-page = The page { $page } has no day on which it was read, such as 2026-03-14.
backup-error-history = The answers to { $question } are not a list of days, each with right or wrong.

## The table of evidence

evidence-search = Search the rows
evidence-treatment = Treatment
evidence-site = Site
evidence-all = all
evidence-count = { $shown } of { $count } rows

## What is due today, on every page

due-today = { $count ->
    [one] One question is due today: { $start }
   *[other] { $count } questions are due today: { $start }
 }
due-start = start

## How often the reader was right, by how sure

calibration-title = How well you judge your answers
calibration-row = { $count ->
    [0] No answer was marked “{ $confidence }”.
    [one] One answer was marked “{ $confidence }”, and { calibration-one }.
   *[other] Of { $count } answers marked “{ $confidence }”, { calibration-right }.
 }
calibration-one = { $right ->
    [0] it was not correct
   *[other] it was correct
 }
calibration-right = { $right ->
    [0] none was correct
    [one] 1 was correct
   *[other] { $right } were correct
 }
calibration-few = Too few to draw.
calibration-open = Too few answers were marked as certain to say whether you can rely on your certainty.
calibration-reliable = When you are certain, you are usually right: at least four times in five.
calibration-unreliable = When you are certain, you are wrong more than one time in five. Read the explanations of those questions again.
calibration-key = The filled part of each bar is the share of correct answers. Only the first answer to a question on a day counts.
