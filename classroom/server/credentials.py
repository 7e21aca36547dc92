"""The secrets of a session: its code, the presenter's key and token, and the tokens of readers."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from classroom.server.limits import CODE_LENGTH, CODE_LETTERS


def new_code() -> str:
    """Return a random code for phones to join with."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def new_secret() -> str:
    """Return 256 random bits as text, for a key or a token."""
    return secrets.token_urlsafe(32)


def new_reader() -> int:
    """Return a random number for a reader."""
    return secrets.randbits(62)


def presenter_token(key: str) -> str:
    """Return the token that a presenter's browser receives for the key; the same after a restart."""
    return hashlib.sha256(b"presenter " + key.encode()).hexdigest()


def hashed(token: str) -> bytes:
    """Return the hash of a token; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).digest()


def equal(offered: str, secret: str) -> bool:
    """Return whether two secrets are equal, in a time that does not depend on how many characters match."""
    return hmac.compare_digest(offered.encode(errors="replace"), secret.encode())
