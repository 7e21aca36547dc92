### How words are joined: lists, ranges and sources. Used through casebook/messages/words.py and widgets/engine/words.ts.

list-next = { $first }, { $next }
list-and = { $first } and { $last }
list-or = { $first } or { $last }
list-or-if = { $first }, or if { $next }
list-apart = { $first }; { $next }
list-rest = { $count } more
list-range = { $low } to { $high }

# Names that keep their capital inside a sentence.
list-names = Frankel, Karnofsky, Mirels, Tokuhashi, Tomita

# A statement and its sources. $text ends without its full stop in the first, and in another mark in the second.
source-brackets = ({ $sources })
source-behind = { $text } { source-brackets }.
source-behind-mark = { $text } { source-brackets }
seen-secondary = { " " }(seen second-hand)
seen-unverified = { " " }(unverified)
