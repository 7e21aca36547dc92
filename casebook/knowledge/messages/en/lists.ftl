### How words are joined: lists, ranges, counts and sources. Used through casebook/messages/words.py and
### widgets/engine/words.ts.

list-next = { $first }, { $next }
list-and = { $first } and { $last }
list-or = { $first } or { $last }
list-sources = { $first }; { $next }
list-rest = { $count } more

list-range = { $low } to { $high }
