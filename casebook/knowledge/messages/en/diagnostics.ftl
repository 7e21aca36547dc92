### What is wrong with a file, and what would be right. Each is printed as “file:line:column: what; right”.

check-messages-stale = the messages were edited after this file was compiled
    .fix = run casebook messages
check-rulebook-stale = the rulebook was not compiled from the knowledge as it is now
    .fix = run casebook schemas
# Variables: $share, in per cent
rulebook-worth-sifting = Another order of the findings would make the rulebook { $share } % smaller: run casebook schemas --sift.
check-no-folder = there is no such folder here
    .fix = run this in the folder of the book, or name case files
check-same-name = { $first } has questions of the same name
    .fix = rename the page and this file
check-same-title = the title “{ $title }” is also that of { $other }
    .fix = choose another
check-no-notebook = this case has no notebook
    .fix = add { $notebook } beside it
check-no-case-file = this notebook has no case file
    .fix = add { $file } beside it

## Versions of a book that are compared

revision-folder = this folder has neither knowledge (findings.yml) nor cases (*.yml)
    .fix = name a folder of a book, its { $knowledge } or its { $cases }
revision-file = this is neither a case nor a file of the knowledge
    .fix = name it as in { $knowledge }, for example findings.yml
revision-unknown = there is no such file or folder, and git has no such revision here
    .fix = name a file, a folder, or a revision such as HEAD~1
revision-without-knowledge = this revision has no { $knowledge } here
    .fix = run this in the folder of the book, or name a later revision
revision-no-git = git is not installed here
    .fix = name files or folders instead
revision-unreadable = cannot be read: { $why }
    .fix = check the file

## Files

file-is-folder = cannot be read: { $why }
    .fix = name the file inside it
file-unreadable = cannot be read: { $why }
    .fix = check the name of the file, and your permission to read it
file-too-large = the file has more than { $most } bytes
    .fix = is it the right file? Divide it if it is
file-longer-than-read = the file has { $bytes } bytes
    .fix = at most { $most } are read
file-not-utf8 = this line is not UTF-8 text
    .fix = save the file as UTF-8
file-exists = a file of this name already exists

## YAML

yaml-tabs = not valid YAML: { $why }
    .fix = indent with spaces, not tabs
yaml-invalid = not valid YAML: { $why }
    .fix = check indentation, colons and quotes here
yaml-unreadable = not valid YAML: { $why }
yaml-too-deep = the lists or mappings are nested too deeply
    .fix = write it flatter
yaml-character = the character { $character } is not allowed in YAML
    .fix = remove it
yaml-too-many-values = from here on the file contains more than { $most } values
    .fix = write out what the aliases repeat
yaml-circular-alias = an alias refers to the value that contains it
    .fix = write the value out
yaml-tag = the tag { $tag } has no meaning here
    .fix = remove it
yaml-key-not-text = a key must be a single word or text
    .fix = quote it
yaml-key-repeated = the key “{ $key }” is repeated here
    .fix = keep one of the two
yaml-not-a-number = “{ $value }” cannot be read as a number
    .fix = write a plain number, or quote it as text

## Fields of an entry

field-about = { $about }: { $what }
field-entry = { $label } ({ $id })
field-label-with-html = the label “{ $label }” contains HTML, which would be printed as it is
    .fix = write it without { $html }
field-missing = “{ $name }” is missing
    .fix = add { $name }: …
field-unknown = “{ $name }” is not a key here
    .fix = remove it
field-not-one-of = { $name }: { $offered } is not one of { $values }
field-not-text = { $name }: { $offered } is not text
    .fix = put it in quotes: "{ $text }"
field-text-expected = { $name }: text is expected here
    .fix = write words
field-not-a-whole-number = { $name }: { $offered } is not a whole number
    .fix = write a number such as 3
field-mapping-expected = { $name }: a mapping is expected here
    .fix = write key: value
field-list-expected = { $name }: a list is expected here
    .fix = start each entry with “- ”, or write […]
field-too-short = { $name }: this is empty, or too short
    .fix = add what belongs here
