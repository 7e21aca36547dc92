### What is wrong with a file, and what would be right. Each is printed as “file:line:column: what; right”.

check-messages-stale = the messages were edited after this file was compiled
check-messages-compile = run casebook messages

check-rulebook-stale = the rulebook was not compiled from the knowledge as it is now
check-rulebook-renew = run casebook schemas
# Variables: $share, in per cent
rulebook-worth-sifting = Another order of the findings would make the rulebook { $share } % smaller: run casebook schemas --sift.
