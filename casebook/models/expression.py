"""The language of `when`: Python's boolean expressions over findings, terms and scores.

A condition is read once with the standard `ast` module, checked against the vocabulary, and
compiled into a tree of plain JSON that Python and the page both evaluate:

``True`` or ``False`` · ``{"all": [...]}`` · ``{"any": [...]}`` · ``{"not": tree}`` ·
``{"finding": id, "in": [options]}`` · ``{"score": id, "low": n, "high": n}`` ·
``{"term": id, "label": words, "is": tree}``
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol

from casebook.diagnostics.data import KeyPath
from casebook.diagnostics.suggestions import did_you_mean
from casebook.messages import message
from casebook.messages.words import with_hint
from casebook.models.finding import Finding, Value

Tree = bool | dict[str, Any]
Truth = bool | None
"""True, False, or None if the truth value depends on findings that are unknown."""


class ScoreScale(Protocol):
    """What a condition needs of a score: its scale and the limits of its bands."""

    @cached_property
    def minimum(self) -> int:
        """The least total."""
        ...

    @cached_property
    def maximum(self) -> int:
        """The greatest total."""
        ...

    def limits(self, band: str) -> tuple[int, int] | None:
        """Return the least and greatest total of a band, or None."""
        ...

    @cached_property
    def band_ids(self) -> tuple[str, ...]:
        """Ids of the bands."""
        ...


class ConditionError(ValueError):
    """Raised for a condition that cannot be read; the message names the fault and the correction.

    Attributes
    ----------
    path : tuple of str and int
        The path of the condition in its entry; empty if unknown.
    """

    def __init__(self, message: str, path: KeyPath = ()) -> None:
        super().__init__(message)
        self.path = path


class Language:
    """Reads conditions against a vocabulary.

    Parameters
    ----------
    findings : mapping of str to Finding
    scores : mapping of str to ScoreScale
    """

    def __init__(self, findings: Mapping[str, Finding], scores: Mapping[str, ScoreScale] | None = None) -> None:
        self.findings = findings
        self.scores = dict(scores or {})
        self.terms: dict[str, Tree] = {}

    def define(self, term: str, label: str, text: str) -> Tree:
        """Read the condition `text` and define `term` as its name in conditions that are read later."""
        tree = {"term": term, "label": label, "is": self.read(text, "is")}
        self.terms[term] = tree
        return tree

    def read(self, text: str, *path: str | int) -> Tree:
        """Compile one condition.

        Parameters
        ----------
        text : str
        *path : str or int
            The path of the condition in its entry, for the error.

        Returns
        -------
        tree : bool or dict
            JSON, as described at the head of this module.

        Raises
        ------
        ConditionError
        """
        try:
            return self._tree(ast.parse(text.strip(), mode="eval").body)
        except ConditionError as error:
            error.path = path
            raise
        except (SyntaxError, ValueError) as error:
            if isinstance(error, SyntaxError) and error.offset:
                what = message("expression-unreadable-near", condition=text, character=error.offset)
            else:
                what = message("expression-unreadable", condition=text)
            raise ConditionError(what, path) from None
        except (RecursionError, MemoryError):
            raise ConditionError(message("expression-too-deep"), path) from None

    def _tree(self, node: ast.expr) -> Tree:
        match node:
            case ast.Constant(value=bool(truth)):
                return truth
            case ast.BoolOp(op=ast.And(), values=parts):
                return {"all": [self._tree(part) for part in parts]}
            case ast.BoolOp(op=ast.Or(), values=parts):
                return {"any": [self._tree(part) for part in parts]}
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return {"not": self._tree(part)}
            case ast.Name(id=name) if name in self.terms:
                return self.terms[name]
            case ast.Name(id=name):
                if name in self.findings:
                    raise ConditionError(message("expression-not-compared", finding=name))
                what = message("expression-unknown-name", name=name)
                raise ConditionError(with_hint(what, did_you_mean(name, [*self.terms, *self.findings])))
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pairs = zip([left, *rights], ops, rights, strict=False)
                leaves = [self._comparison(a, op, b) for a, op, b in pairs]
                return leaves[0] if len(leaves) == 1 else {"all": leaves}
            case _:
                raise ConditionError(message("expression-not-allowed", part=ast.unparse(node)))

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Tree:
        if isinstance(left, ast.Constant) and type(op) in _MIRRORED:
            left, op, right = right, _MIRRORED[type(op)](), left
        match left:
            case ast.Attribute(value=ast.Name(id=name), attr="band") if name in self.scores:
                return self._band(name, op, right)
            case ast.Name(id=name) if name in self.scores:
                return self._total(name, op, right)
            case ast.Name(id=name) if name in self.findings:
                return self._finding(self.findings[name], op, right)
            case _:
                what = ast.unparse(left)
                hint = did_you_mean(what, [*self.findings, *self.scores])
                raise ConditionError(with_hint(message("expression-not-comparable", name=what), hint))

    def _finding(self, finding: Finding, op: ast.cmpop, right: ast.expr) -> Tree:
        if type(op) in _ORDER:
            if finding.type != "number":
                raise ConditionError(message("expression-no-order", finding=finding.id))
            limit = _number(right, finding.id)
            chosen = [value for value in finding.values if _ORDER[type(op)](value, limit)]
        else:
            chosen = [self._option(finding, word) for word in _words(op, right, finding.id)]
            if isinstance(op, (ast.NotEq, ast.NotIn)):
                chosen = [value for value in finding.values if value not in chosen]
        if not chosen or len(chosen) == len(finding.values):
            id = "expression-every-option" if chosen else "expression-no-option-left"
            raise ConditionError(message(id, finding=finding.id))
        return {"finding": finding.id, "in": chosen}

    @staticmethod
    def _option(finding: Finding, word: Value) -> Value:
        index = finding.index.get(str(word))
        if index is None:
            what = message("expression-no-option", finding=finding.id, option=word)
            raise ConditionError(with_hint(what, did_you_mean(word, finding.values)))
        return finding.values[index]

    def _total(self, name: str, op: ast.cmpop, right: ast.expr) -> Tree:
        score, limit = self.scores[name], _number(right, name)
        low, high = score.minimum, score.maximum
        match op:
            case ast.Lt():
                high = limit - 1
            case ast.LtE():
                high = limit
            case ast.Gt():
                low = limit + 1
            case ast.GtE():
                low = limit
            case ast.Eq():
                low = high = limit
            case _:
                raise ConditionError(message("expression-compare-score", score=name))
        if (
            low > high
            or high < score.minimum
            or low > score.maximum
            or (low <= score.minimum and high >= score.maximum)
        ):
            totals = {"low": score.minimum, "high": score.maximum}
            raise ConditionError(message("expression-decides-nothing", score=name, **totals))
        return {"score": name, "low": max(low, score.minimum), "high": min(high, score.maximum)}

    def _band(self, name: str, op: ast.cmpop, right: ast.expr) -> Tree:
        score = self.scores[name]
        chosen = [str(word) for word in _words(op, right, f"{name}.band")]
        for word in chosen:
            if score.limits(word) is None:
                what = message("expression-no-band", score=name, band=word)
                raise ConditionError(with_hint(what, did_you_mean(word, score.band_ids)))
        if isinstance(op, (ast.NotEq, ast.NotIn)):
            # Any other band, not “not this band”: a score that does not apply is in no band.
            chosen = [band for band in score.band_ids if band not in chosen]
        if not chosen or len(set(chosen)) == len(score.band_ids):
            raise ConditionError(message("expression-every-band" if chosen else "expression-no-band-left", score=name))
        limits = [score.limits(band) for band in chosen]
        leaves = [{"score": name, "low": low, "high": high} for low, high in filter(None, limits)]
        return leaves[0] if len(leaves) == 1 else {"any": leaves}


_ORDER: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
    ast.Eq: ast.Eq,
}


def _number(node: ast.expr, what: str) -> int:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    raise ConditionError(message("expression-whole-number", name=what, offered=ast.unparse(node)))


def _words(op: ast.cmpop, right: ast.expr, what: str) -> list[Value]:
    if isinstance(op, (ast.In, ast.NotIn)):
        if not isinstance(right, ast.Set):
            raise ConditionError(message("expression-braces", name=what))
        return [_word(element, what) for element in right.elts]
    if isinstance(op, (ast.Eq, ast.NotEq)):
        return [_word(right, what)]
    raise ConditionError(message("expression-compare-finding", name=what))


def _word(node: ast.expr, what: str) -> Value:
    match node:
        case ast.Name(id=word):
            return word
        case ast.Constant(value=str(value)):
            return value
        case ast.Constant(value=int(value)) if not isinstance(value, bool):
            return value
        case _:
            raise ConditionError(message("expression-not-an-option", offered=ast.unparse(node), name=what))


def leaves(tree: Tree) -> Iterator[dict[str, Any]]:
    """Yield every comparison in a condition from left to right, including those within terms."""
    if isinstance(tree, bool):
        return
    if "finding" in tree or "score" in tree:
        yield tree
    elif "not" in tree or "term" in tree:
        yield from leaves(tree["not"] if "not" in tree else tree["is"])
    else:
        for part in tree["all"] if "all" in tree else tree["any"]:
            yield from leaves(part)
