### What directives and the build add to pages of the book.

## The limits of a teaching room

room-limit-heading = Limit
room-limit-maximum = Maximum
room-size-body = Body of a request
room-limit-body-value = { $bytes } bytes, to be sent within { $seconds } seconds
room-size-header = Header of a request
room-limit-header-value = { $bytes } bytes
room-size-seats = Phones in a session
room-size-phone-streams = Open streams of one phone
room-limit-phone-streams-value = { $streams }; a new one ends the oldest
room-size-streams = Open streams in all
room-size-connections = Connections
room-size-hours = Duration of a session
room-limit-hours-value = { $hours } hours unless set otherwise, at most { $maximum }
room-limit-rate-heading = Rate
room-limit-burst = At once
room-limit-after = After that
room-rate-phone_requests = Requests from a phone
room-rate-address_requests = Requests from an address
room-rate-address_joins = Joins from an address
room-rate-address_wrong_codes = Wrong codes from an address
room-rate-wrong_codes = Wrong codes in all
room-rate-address_wrong_keys = Wrong keys from an address
room-limit-per-second = { $rate } per second
room-limit-interval = one every { $seconds } seconds
room-limit-guessing = A code consists of { $length } characters out of { $letters }, so there are { $codes } possible codes. During a session of { $hours } hours, about { $attempts } wrong codes are accepted, from however many addresses: a chance of one in { $chance } of guessing the code, and with it one vote. While wrong codes are refused because of their number, nobody else can join; phones that have joined can vote.
