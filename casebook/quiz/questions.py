"""Quiz questions: those of a case, and those of a chapter, which are in a file beside its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casebook.cases.case import Case, load_case, with_document
from casebook.cases.validation import repeated
from casebook.diagnostics.data import KeyPath
from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.diagnostics.validation import faults_of, markup_faults, named
from casebook.inference.assessment import engine
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages import message, words
from casebook.models.finding import Source
from casebook.models.question import CANNOT_TELL, AnswerOption, Kind, WrittenQuestion
from casebook.quiz.answer_key import NOBODY, QuestionFault, flaws

SUFFIX = ".questions.yml"
"""The suffix of the file of a chapter's questions, which follows the name of the page."""

Answer = str | Sequence[str]
"""The id of an option; for a question that asks for a ranking, the ids of all options from first to last."""


@dataclass(frozen=True)
class QuizQuestion:
    """A question in its setting.

    Attributes
    ----------
    name : str
        The name of the case or page to which the question belongs.
    written : WrittenQuestion
    case : Case or None
        The case of the patient; None if the question itself gives the findings.
    """

    name: str
    written: WrittenQuestion
    case: Case | None

    @property
    def id(self) -> str:
        """The id, unique in the book, such as ``colon-s1/pain``."""
        return f"{self.name}/{self.written.id}"

    @property
    def kind(self) -> Kind:
        """The kind of answer."""
        return self.written.kind

    @cached_property
    def setting(self) -> str:
        """The assumptions of the question, in words; empty if the case is used unchanged."""
        changes = _changes(self.written)
        if self.case is None:
            return message("question-given", findings=changes) if changes else ""
        supposed = message("question-suppose", findings=changes) if changes else ""
        if self.case.id == self.name:
            return supposed
        patient = message("question-patient", title=self.case.title, text=" ".join(self.case.vignette.split()))
        return f"{patient} {supposed}".rstrip()

    def public(self) -> dict[str, Any]:
        """Return what is shown before an answer.

        Returns
        -------
        dict
            Keys: id, kind, question, setting, options (each with id and label). No key, no feedback.
        """
        return {
            "id": self.id,
            "kind": self.kind,
            "question": " ".join(self.written.question.split()),
            "setting": self.setting,
            "options": [{"id": option.id, "label": self.label(option)} for option in self.written.options],
        }

    def reveal(self) -> dict[str, Any]:
        """Return what is shown after an answer.

        Returns
        -------
        dict
            Keys: key (an option id; for a ranking, all ids in order), checked (“engine” or “source”),
            source (of the key, in words, or empty), options (each with id, feedback and source in words).
        """
        written = self.written
        options = [
            {"id": option.id, "feedback": " ".join(option.feedback.split()), "source": sources_in_words(option.source)}
            for option in written.options
        ]
        key = list(written.key) if self.kind == "rank" else written.key[0]
        return {"key": key, "checked": written.checked, "source": sources_in_words(written.source), "options": options}

    def grade(self, answer: Answer) -> bool | float:
        """Return whether an answer is right; for a ranking, the proportion of pairs in the right order (0 to 1).

        Raises
        ------
        ValueError
            If the answer is not an option of the question or not a ranking of all its options.
        """
        ids = [option.id for option in self.written.options]
        key = self.written.key
        if self.kind != "rank":
            if not isinstance(answer, str) or answer not in ids:
                what = message("question-not-an-option", question=self.id, answer=repr(answer))
                raise ValueError(words.with_hint(what, did_you_mean(answer, ids)))
            return answer == key[0]
        if not isinstance(answer, list | tuple) or sorted(map(str, answer)) != sorted(ids):
            ordered = {"answer": repr(answer), "ids": words.one_after_another(ids)}
            raise ValueError(message("question-not-an-order", question=self.id, **ordered))
        pairs = list(combinations(key, 2))
        index = {id: number for number, id in enumerate(answer)}
        return sum(index[one] < index[other] for one, other in pairs) / len(pairs)

    def label(self, option: AnswerOption) -> str:
        """Return the label of an option: its own, or that of the action or finding in the knowledge."""
        if option.label:
            return option.label
        if self.kind == "plan":
            return knowledge().actions[option.id].label
        if option.id == CANNOT_TELL:
            return message("question-cannot-tell")
        finding = knowledge().vocabulary.by_id[self.written.finding]
        return finding.option(option.id).label


def questions_of(name: str | Path) -> tuple[QuizQuestion, ...]:
    """Return the questions of a case, or of a chapter.

    Parameters
    ----------
    name : str or Path
        The name of a case, its file, or the file of a chapter's questions.

    Raises
    ------
    FaultError
        With all faults of the file, or if there is no such file.
    """
    if str(name).endswith(SUFFIX):
        return questions_in(read(name), knowledge())
    case, document = with_document(name)
    faults = list(question_faults(case, document))
    if faults:
        raise FaultError(faults)
    return tuple(QuizQuestion(case.id, written, case) for written in case.questions)


def question_faults(case: Case, document: Document) -> Iterator[Fault]:
    """Yield the faults of the questions of a case.

    They are separate from the faults of the case itself, so that a patient who was changed can be explored before the
    questions are adapted to the change.
    """
    yield from repeated(document, "questions", (question.id for question in case.questions))
    for index, question in enumerate(case.questions):
        if question.case:
            where = document.where(("questions", index, "case"))
            yield Fault.of(where, "question-case-in-case", question=question.id)
        found = flaws(question, case.patient, engine(case.knowledge))
        yield from _located(found, question, document, ("questions", index))


def _located(
    found: Iterable[QuestionFault], question: WrittenQuestion, document: Document, path: KeyPath
) -> Iterator[Fault]:
    """Yield the faults of the question at a path in a document, with their positions."""
    for fault in found:
        what = message("question-about", question=question.id, what=fault.what)
        yield Fault(document.where((*path, *fault.path)), what, fault.right)


def questions_in(document: Document, known: Knowledge) -> tuple[QuizQuestion, ...]:
    """Return the questions in the file of a chapter; raise FaultError with all its faults."""
    chapter = _Chapter(document, known)
    faults = [*markup_faults(document), *chapter.faults()]
    if faults:
        raise FaultError(faults)
    return tuple(chapter.questions)


def check_chapter(path: Path, known: Knowledge | None) -> Iterator[Fault]:
    """Yield the faults of a file of questions; without knowledge, only those of form."""
    page = path.with_name(path.name.removesuffix(SUFFIX) + ".md")
    if not page.is_file():
        yield Fault.of(f"{path}:1:1", "question-no-page", page=page.name)
    elif "```{quiz}" not in page.read_text("utf-8", errors="replace"):
        yield Fault.of(f"{page}:1:1", "question-never-asked")
    try:
        document = read(path)
    except FaultError as error:
        yield from error.faults
        return
    yield from markup_faults(document)
    yield from _Chapter(document, known).faults()


class _Chapter:
    """One file of questions; those that cannot be read are left out."""

    def __init__(self, document: Document, known: Knowledge | None) -> None:
        self.document = document
        self.known = known
        self.name = document.path.name.removesuffix(SUFFIX)
        self.questions: list[QuizQuestion] = []

    def faults(self) -> Iterator[Fault]:
        data = self.document.data
        if not isinstance(data, list) or not data:
            yield Fault.of(self.document.where(), "question-list-expected")
            return
        seen: set[str] = set()
        for index, entry in enumerate(data):
            try:
                written = WrittenQuestion.model_validate(entry)
            except ValidationError as error:
                yield from faults_of(
                    error,
                    self.document,
                    (index,),
                    WrittenQuestion,
                    message("question-named", name=named(entry)).rstrip(),
                )
                continue
            if written.id in seen:
                where = self.document.where((index, "id"))
                yield Fault.of(where, "case-id-repeated", id=written.id)
            seen.add(written.id)
            if self.known:
                yield from self.judged(written, index, self.known)

    def judged(self, written: WrittenQuestion, index: int, known: Knowledge) -> Iterator[Fault]:
        yield from self.citations(written, index, known)
        try:
            case = load_case(written.case) if written.case else None
        except FaultError as error:
            where = self.document.where((index, "case"))
            [fault, *_] = error.faults
            named_so = fault.where == written.case
            names = {"question": written.id, "case": written.case}
            if named_so:
                yield Fault(where, message("question-no-case", **names), fault.right)
            else:
                yield Fault.of(where, "question-faulty-case", **names)
            return
        found = flaws(written, case.patient if case else NOBODY, engine())
        yield from _located(found, written, self.document, (index,))
        self.questions.append(QuizQuestion(self.name, written, case))

    def citations(self, written: WrittenQuestion, index: int, known: Knowledge) -> Iterator[Fault]:
        cited: list[tuple[KeyPath, Source]] = [((index, "source"), written.source)]
        cited += [((index, "options", each, "source"), option.source) for each, option in enumerate(written.options)]
        for path, source in cited:
            for key, locator in source.items():
                where = self.document.where((*path, key))
                if key not in known.sources:
                    what = message("question-unknown-source", question=written.id, key=key)
                    yield Fault(where, what, did_you_mean(key, known.sources))
                elif not locator.strip():
                    yield Fault.of(where, "question-no-locator", question=written.id, key=key)


def _changes(written: WrittenQuestion) -> str:
    """Return the findings that a question sets, in words."""
    vocabulary = knowledge().vocabulary
    changes: list[str] = []
    for id, value in written.set.items():
        finding = vocabulary.by_id[id]
        known = vocabulary.assessed(vocabulary.state({id: value})).get(id)
        option = words.inside(words.option(finding, known))
        changes.append(message("question-finding", finding=finding.label, option=option))
    return words.apart(changes) if changes else ""


def sources_in_words(source: Source) -> str:
    """Return sources in words, each with its locator, and a caution if the source itself was not read."""
    known = knowledge().sources
    cited: list[str] = []
    for key, locator in source.items():
        where = words.one_after_another([known[key].short, locator])
        cited.append(f"{where}{words.caution(known[key].seen)}")
    return words.apart(cited) if cited else ""
