"""Questions as written in a file: the question, its options and its key."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import Field, WithJsonSchema, field_serializer, field_validator

from casebook.models.finding import Part, Source

Kind = Literal["single", "rank", "finding", "plan"]
"""Single best answer; rank the options; read a finding from the case; choose the plan."""

CANNOT_TELL = "cannot_tell"
"""The id of the answer that the value of a finding cannot be derived from the facts given."""


class AnswerOption(Part):
    """One option of a question, with the feedback on it and the source of the feedback.

    One of three fields states when the option is right. `holds`: a condition that is true whatever the unknown
    findings are. `open`: a condition whose truth value depends on the unknown findings. `by`: the quantity by which
    options are ranked, which is the points of an option of a score (``sins.pain.mechanical``), the total of a
    score, or the outcome of an action, by stance and then by time. If the options are patients, `set` gives the
    findings of this patient.
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

    `set` changes findings of the case, where null makes a finding unknown; in a chapter without a case, `set` gives
    all that is known. The key is verified by the engine, unless the question has ``checked: source`` and cites the
    source of its key.
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
    def _single_option_is_a_list(cls, key: object) -> object:
        return cast("object", key) if isinstance(key, list | tuple) else [key]

    @field_serializer("key")
    def _as_written(self, key: tuple[str, ...]) -> str | list[str]:
        return list(key) if self.kind == "rank" else key[0]
