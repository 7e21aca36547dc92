"""Questions as they are written in a file: what is asked, what may be answered, and what is right."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import Field, WithJsonSchema, field_serializer, field_validator

from casebook.models.finding import Part, Source

Kind = Literal["single", "rank", "finding", "plan"]
"""Single best answer; put in order; read this finding; choose the plan."""

CANNOT_TELL = "cannot_tell"
"""The answer to a finding that the facts given do not decide."""


class AnswerOption(Part):
    """One answer that may be given, with what is said of it afterwards and where that stands.

    What makes it right is said in one of three ways. `holds`: a condition that is true whatever the
    findings not assessed turn out to be. `open`: a condition that they still decide. `by`: what it is
    ranked by, the points of an option of a score (``sins.pain.mechanical``), the total of a score, or an
    action: its stance, then its time. Where the options are patients, `set` gives what is known of this one.
    """

    id: str
    label: str = ""
    feedback: str = Field(min_length=1)
    source: Source = Field(min_length=1)
    holds: str = ""
    open: str = ""
    by: str = ""
    set: dict[str, Any] = Field(default_factory=dict)


Key = Annotated[
    tuple[str, ...],
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 2}]}),
]


class WrittenQuestion(Part):
    """A question.

    `set` changes the findings of the case, a null takes one away; in a chapter without a case it is all
    that is known. The engine checks the key, unless the question says ``checked: source``: then it cites
    what its key rests on.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: Kind
    question: str = Field(min_length=1)
    case: str = ""
    set: dict[str, Any] = Field(default_factory=dict)
    finding: str = ""
    options: tuple[AnswerOption, ...] = Field(min_length=2)
    first: Literal["most", "least"] = "most"
    key: Key
    checked: Literal["engine", "source"] = "engine"
    source: Source = Field(default_factory=dict)

    @field_validator("key", mode="before")
    @classmethod
    def _one_option_is_an_order_of_one(cls, key: object) -> object:
        return cast("object", key) if isinstance(key, list | tuple) else [key]

    @field_serializer("key")
    def _as_it_is_written(self, key: tuple[str, ...]) -> str | list[str]:
        return list(key) if self.kind == "rank" else key[0]
