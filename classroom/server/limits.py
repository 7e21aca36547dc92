"""The limits of a teaching room, in one table, which the book prints."""

from __future__ import annotations

from typing import NamedTuple


class Rate(NamedTuple):
    """A limit on how often something may happen.

    Attributes
    ----------
    burst : float
        How many may come at once.
    per_second : float
        How many more are allowed each second after that.
    """

    burst: float
    per_second: float


# A whole lecture hall may share one address. Limits for an address therefore allow for 300 phones that reconnect in the
# same second; limits for a phone allow for one finger.
BODY_BYTES = 4096
BODY_SECONDS = 10.0
HEADER_BYTES = 16_384
SEATS = 400
STREAMS_PER_PHONE = 4
STREAMS = 1000
CONNECTIONS = 2000
SEND_SECONDS = 10.0
HOURS = 8.0
MAXIMUM_HOURS = 72.0

RATES = {
    "phone_requests": Rate(20, 4),
    "address_requests": Rate(2000, 300),
    "address_joins": Rate(400, 20),
    "address_wrong_codes": Rate(60, 0.2),
    "wrong_codes": Rate(120, 0.5),
    "address_wrong_keys": Rate(10, 1 / 30),
}

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that cannot be confused on a screen: no I, L, O, 0 or 1."""

CODE_LENGTH = 6
