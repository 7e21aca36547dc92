### The teaching room: the server's answers, the command and the notebook widget, the phone, and the console on the wall.

## Refusals that the server sends

room-refusal-fields = An answer must contain exactly these fields: { $fields }.
room-refusal-option = The answer to { $field } must be one of { $options }.
room-refusal-ranking = The answer to { $field } must contain all options in order, each of them once.
room-refusal-agenda = This book has no such question; the agenda lists what can be asked.
room-refusal-key = This is not the key of the session. The address with the key was printed where the room was started.
room-refusal-code = No session has this code. The code is on the screen.
room-refusal-full = The room is full: all { $seats } seats are taken.
room-refusal-streams = Too many phones are connected.
room-refusal-not-joined = Join the session first, with the code on the screen.
room-refusal-presenter = Only the presenter may do this. Open the console by the address that contains the key.
room-refusal-no-round = There is no such round.
room-refusal-closed = Voting on this question is closed.
room-refusal-still-open = Round { $round } is still open; close it first.
room-refusal-question = Give kind, case and, for a quiz, question as text.
room-refusal-second-vote = A second vote is possible only on a question whose first vote is closed.
room-refusal-other-question = The second vote must ask the same question as round { $round }.
room-refusal-third-vote = There has been a second vote on round { $round } already.
room-refusal-ended = This session has ended.
room-refusal-stopped = This room no longer runs. Unless its session was ended, casebook room continues it and casebook room --forget deletes it.
room-refusal-rate = Too many requests. Wait a moment and try again.
room-refusal-host = This room is available only at http://{ $host }/.
room-refusal-origin = Pages of other origins may not use this room.
room-refusal-no-origin = A request that changes something must name its origin.
room-refusal-content-type = Send JSON, with the content type application/json.
room-refusal-too-long = A request may be at most { $bytes } bytes long.
room-refusal-too-slow = The request arrived too slowly.
room-refusal-json = The request is not JSON.
room-refusal-body = Send { $fields }, and no other field.
room-refusal-empty = Send an empty object.

## The file of a session

room-store-in-use = { $path } is in use by a room that is running.
room-store-unreadable = { $path } cannot be read: { $reason }.
room-store-not-a-session = { $path } is not the session of a room: { $reason }.
room-store-not-writable = { $path } cannot be written: { $reason }. The room continues in memory: votes from now on are lost if this program ends. They will be stored as soon as there is space on the disk.
room-store-writable-again = { $path } can be written again: everything is stored.

## Reasons why a room cannot be started

room-start-port = Port { $port } cannot be used: { $reason }. Choose another, such as --port { $other }; with 0, any free port is used.
room-start-not-a-port = it is not a port number
room-start-no-network = This machine has no address that phones can reach. Join the network of the room, or open a hotspot on this machine or on a phone, and start again. Without --lan, the room is available on this machine alone.
room-start-no-book = There is no built book in { $folder }. Build it first (make build), or name its folder with --book.
room-start-hours = A session must last more than 0 and at most { $hours } hours.
room-start-no-session = There is no session to resume in { $folder }.
room-start-outdated = Session { $code } contains votes on questions that this book no longer asks. Start a new session with --new.

## The command

room-command = Serve the book and a teaching room from this machine; nothing leaves it.
room-command-book = The folder of the book, which must have been built.
room-command-port = The port to listen on; 0 for any free port.
room-command-lan = Open the room to phones in this network.
room-command-hours = Hours after which a new session expires and is deleted.
room-command-resume = Only resume a session, or start a new one; without either, whichever is possible.
room-command-forget = Delete all stored sessions and stop.
room-command-deleted = { $count ->
    [one] 1 session deleted.
   *[other] { $count } sessions deleted.
 }
room-command-phones = Phones open  { $address }
room-command-code = Code         { $code }
room-command-console = Console      { $address }
room-command-new = New session, stored until { $time } in { $path }.
room-command-resumed = { $rounds ->
    [one] Resumed session with 1 round, stored until { $time } in { $path }.
   *[other] Resumed session with { $rounds } rounds, stored until { $time } in { $path }.
 }
room-command-local = Only this machine can reach the room; start it with --lan to let phones in.
room-command-stop = Stop with Ctrl-C.
room-command-ended = The session has ended and has been deleted.
room-command-kept = The session is stored until { $time }. casebook room resumes it, casebook room --new starts another, casebook room --forget deletes it.
room-static = A teaching room. Code, questions and results appear here while a kernel is running.

## Ballots and results

room-kind-reading = SINS reading
room-kind-plan = Plan
room-kind-quiz = Question
room-agenda-reading = Reading of each { $score } item
room-agenda-plan = Plan
room-plan-question = What would you do first?
room-cannot-tell = cannot tell
room-plan-same = same plan as the published case
room-plan-action = { $action }: { $stance }
room-plan-contradiction = no plan, because the reading contradicts another finding: { $reason }
room-question = { $kind }: { $title }
room-question-second-vote = { $kind }: { $title }, second vote

room-votes = { $votes ->
    [one] 1 vote
   *[other] { $votes } votes
 }
room-votes-first-second = { room-votes-first }, then { $second }
room-votes-first = { $first ->
    [one] 1 vote
   *[other] { $first } votes
 }
room-votes-column = Votes
room-votes-first-column = First vote
room-votes-second-column = Second vote
room-option = Option
room-rank = Rank { $rank }
room-your-answer = yours
room-key-mark = ✓ key
room-key = ✓ Key: { $answer }
room-key-next = { $first }, then { $next }
room-key-checked = checked by the rules of this book
room-key-summary = Answer key and reasons
room-share = { $share } %
room-band = Band
room-bands = { $score } band
room-plans = Resulting recommendations
room-plan = Recommendation
room-totals = { $score } total of each reading
room-total = Total
room-total-scale = Position between { $low } and { $high }
room-total-exact = exact total
room-total-range = range

## Agreement

room-agreement = Agreement
room-agreement-item = Item
room-agreement-pairs = Agreeing pairs
room-agreement-pairs-first = Agreeing pairs, first vote
room-agreement-pairs-second = Agreeing pairs, second vote
room-agreement-no-pairs = fewer than 2 votes
room-agreement-kappa = κ in this room
room-agreement-published = Published
room-agreement-none-published = none
room-agreement-figure = { $statistic } { $value }
room-agreement-sources = Published figures: { $sources }. They come from other patients and other readers.
room-agreement-caution = The share of agreeing pairs is not corrected for chance. It is never lower than κ of the same votes, so the two must not be compared. Readers who agree may all be wrong.
room-kappa-undefined = not defined
room-kappa-interval = { $value } ({ $low } to { $high })
room-kappa-band = Fleiss’ κ for the { $score } band: { $kappa }, from { $readers } readers of { $patients } patients. The interval is a 95 % interval (jackknife over readers, t distribution).
room-kappa-one-patient = κ compares agreement with chance over several patients. With one patient it is not meaningful, so the share of agreeing pairs of readers is shown instead.
room-kappa-few-readers = κ needs at least two readers who have read every patient.
room-kappa-no-variation = Every reader gave the same answer for every patient, so agreement cannot be compared with chance.

## The phone

room-name = Room { $code }
room-label = Teaching room
room-status-refused = not in the room
room-status-offline = no connection, trying again
room-status-joining = joining
room-status-waiting = waiting for a question
room-status-submitted = submitted · { $votes } of { $phones }
room-status-open = a question is open
room-status-closed = result
room-status-ended = ended
room-spoken-offline = The connection to the room is lost.
room-spoken-open = A question is open: { $title }
room-spoken-closed = Voting is closed. Result of: { $title }
room-spoken-ended = The room has ended.
room-offline = The connection to the room is lost; this page tries again by itself.
room-offline-pending = The connection to the room is lost; this page tries again by itself. Your vote is stored on this device and will be sent as soon as the connection is back.
room-offline-draft = The connection to the room is lost; this page tries again by itself. Your choices are stored on this device and have not been sent yet.
room-offline-sent = The connection to the room is lost; this page tries again by itself. The room has your vote.
room-not-durable = The room cannot write its votes to disk; it continues in memory.
room-waiting = You have joined. The next question will appear here.
room-counting = Voting is closed. The votes are being counted.
room-ended = The room has ended. Its votes have been deleted.
room-leave = Leave the room
room-privacy = Only your choices are stored: no name, no address.
room-submitted-count = { $votes } of { $phones } have submitted
room-second-vote-note = Second vote, after the discussion
room-open-page = Open the page of this question
room-submit = Submit
room-submit-change = Submit the change
room-missing = Not yet answered: { $field }
room-vote-hidden = Votes are hidden until voting is closed.
room-vote-changed = Changed here, but not yet submitted.
room-vote-submitted = Submitted. You may change your vote until voting is closed.
room-vote-late = Voting was closed before your vote arrived, so it does not count.
room-choose = Choose
room-server-error = The server of the room answered with status { $status }.

## The console and the wall

room-console-title = Teaching room · The sacral casebook
room-console-script = The presenter’s console needs JavaScript.
room-console-offline = The server of the room does not answer yet.
room-console-opening = Opening the room …
room-console-ended = The room has ended
room-console-deleted = Its file and all votes have been deleted.
room-console-lost = The connection to the server of the room is lost; this window tries again by itself.
room-console-no-answer = The server of the room does not answer. Nothing was changed.
room-console-not-durable = The votes cannot be written to disk. The room continues in memory, and the votes are lost if the server is stopped now. Free some space, or export the votes before the end.
room-code = Room { $code }
room-phones = { $phones ->
    [one] { $number } phone
   *[other] { $number } phones
 }
room-views = Views
room-view-question = Question
room-view-agenda = Agenda
room-view-join = How to join
room-light = Light
room-dark = Dark
room-choose-question = Choose a question
room-stage-second-vote = second vote
room-vote-again = Second vote
room-next-question = Next question
room-close-vote = Close voting
room-result-hidden = The result appears when voting is closed.
room-submitted = Submitted
room-part-readings = Readings
room-part-answers = Answers
room-part-consequences = Totals, bands, plans
room-part-plan = In the plan of the book
room-part-key = Key and reasons
room-part-agreement = Agreement

room-join-title = Join with a phone
room-join-network = Connect to the same network as this laptop.
room-join-address = Point the camera at the QR code, or type { $address }
room-join-code = The code is { $code }
room-join-code-short = Code { $code }
room-join-privacy = No account and no name are needed. The book is on the laptop, and nothing leaves this room.
room-join-phones = { $phones ->
    [one] { $number } phone has joined
   *[other] { $number } phones have joined
 }
room-qr = QR code of { $address }
room-guest-title = Join the room
room-guest-code = The code on the screen
room-guest-join = Join
room-guest-presenter = To present, open the address with the key that the server printed.
room-guest-no-answer = The server of the room does not answer. Try again.

room-agenda = Agenda
room-agenda-open = A question is open. Close it before you open the next one.
room-agenda-loading = The agenda is being loaded.
room-agenda-questions = Questions
room-agenda-held = Questions so far
room-agenda-phase-open = open
room-session = The session
room-export = Export the votes (CSV)
room-export-numbers = Each reader has a random number, which differs from one export to the next.
room-end = End the room…
room-end-question = End the room and delete its file with all votes? Only exported votes will remain.
room-end-confirm = End and delete
room-end-cancel = Keep the room

## The widget in a notebook

room-lab-question = Question
room-lab-open = Open
