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
