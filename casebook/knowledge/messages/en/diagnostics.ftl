### What is wrong with a file, and what would be right. Each is printed as “file:line:column: what; right”.

check-messages-stale = the messages were edited after this file was compiled
check-messages-compile = run casebook messages
