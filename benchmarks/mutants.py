"""Mutation score of the rules: of all small faults, how many does a check notice?

Each mutant is the whole knowledge with one fault in one rule, one shared term or one order
between rules. It is killed if the knowledge no longer loads, if it differs from the second entry
of the rules in the tests, or if a proof of `casebook verify` fails; the cheapest check is first.
A survivor is without effect if the diagram of every action is the same as before: then no plan
changes in any state.
"""

from __future__ import annotations

import ast
import copy
import datetime
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.figure import Figure
from benchmarks.setting import ROOT, Setting
from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import FaultError
from casebook.inference.assessment import Engine
from casebook.inference.compiler import Compiler, outcome_of, variables
from casebook.knowledge_base import FOLDER, Knowledge, Loader, load
from casebook.models.rule import STANCES, TIERS
from casebook.review.verification import verify

sys.path.insert(0, str(ROOT / "tests/oracle"))  # the second entry belongs to the tests
from comparison import differences, missing
from rulebook import FILES, Files, Rulebook, written_knowledge

SURVIVORS = 5.0
"""Most mutants, in percent, that may survive; those without effect on any plan not counted."""

SAMPLE = 10
"""One mutant of so many is put to the proofs even if a cheaper check has killed it."""

OTHER_SIDE = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Mutant:
    """One fault: which rules it can change, what was done, and the data of the file that has it."""

    of: str
    what: str
    rules: tuple[str, ...]
    file: str
    data: list[Any]


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield how many mutants there are, what killed them, and how many survived; then list these."""
    source = Source()
    ends: Counter[str] = Counter()
    survivors: list[dict[str, str]] = []
    sample: list[bool] = []
    for place, mutant in enumerate(mutants(source)):
        end = fate(source, mutant)
        if place % SAMPLE == 0:
            sample.append(end == "load" or not proved(source, source.load(mutant)))
        ends[end] += 1
        if end in ("survived", "no effect"):
            survivors.append({"of": mutant.of, "what": mutant.what, "end": end})
    number = ends.total()
    killed = number - len(survivors)
    yield Figure("mutants of the rules", number, "mutants")
    yield Figure("killed because the knowledge no longer loads", ends["load"], "mutants")
    yield Figure("killed by the second entry of the rules", ends["second entry"], "mutants")
    yield Figure("killed by a proof, where nothing else did", ends["proof"], "mutants")
    name = f"killed by loading or a proof, of every {SAMPLE}th mutant"
    yield Figure(name, 100 * sum(sample) / len(sample), "%", None, {"samples": len(sample)})
    yield Figure("mutants killed, of all", 100 * killed / number, "%")
    yield Figure("survivors without effect on any plan", ends["no effect"], "mutants")
    share = 100 * ends["survived"] / (number - ends["no effect"])
    yield Figure("survivors that change a plan", share, "%", SURVIVORS, {"survivors": survivors})
    for each in survivors:
        remark = " (without effect on any plan)" if each["end"] == "no effect" else ""
        print(f"survived: {each['of']}: {each['what']}{remark}")


def fate(source: Source, mutant: Mutant) -> str:
    """Return what killed a mutant, or that it survived, with or without effect."""
    try:
        knowledge = source.load(mutant)
    except FaultError:
        return "load"
    written = plainly(mutant)
    if differs(written, mutant.rules):
        return "second entry"
    if not proved(source, knowledge):
        return "proof"
    if differs(written):
        return "second entry"
    return "no effect" if source.same_plans(knowledge) else "survived"


def plainly(mutant: Mutant) -> Rulebook:
    """Return the knowledge with a fault as the tests' plain evaluator reads it."""
    files = Files(FILES.folder)
    files.update({**FILES, mutant.file: mutant.data})
    return written_knowledge(files)


def differs(knowledge: Rulebook, rules: tuple[str, ...] | None = None) -> bool:
    """Return whether the knowledge differs from its second entry, in some rules or in any."""
    return bool(missing(knowledge)) or next(differences(knowledge, rules), None) is not None


def proved(source: Source, knowledge: Knowledge) -> bool:
    """Return whether every proof of `casebook verify` holds."""
    return all(proof.holds for proof in verify(Engine(knowledge), source.today))


# Loading many times ---------------------------------------------------------------------------


class Source:
    """The knowledge as it is, read once, from which each mutant is loaded."""

    def __init__(self) -> None:
        self.knowledge = load()
        # Age is no matter of mutants: every reading counts as fresh.
        self.today = max(citation.read for citation in self.knowledge.sources.values()) + datetime.timedelta(days=1)
        self.files = {name: read(FOLDER / name) for name in self._names()}
        self.made: dict[tuple[type, int], Any] = {}
        self.diagrams = Compiler(self.knowledge, variables(self.knowledge)).diagrams
        self.roots = self._roots(self.knowledge)

    @staticmethod
    def _names() -> list[str]:
        return [path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yml")]

    def load(self, mutant: Mutant | None = None) -> Knowledge:
        """Load the knowledge with a fault in it. It is valid until the next is loaded."""
        return _Mutated(self, mutant).load()

    def same_plans(self, knowledge: Knowledge) -> bool:
        """Return whether every action is decided as before, in every state."""
        return self._roots(knowledge) == self.roots

    def _roots(self, knowledge: Knowledge) -> dict[str, int]:
        # In one shared store equal functions are one node.
        compiler = Compiler(knowledge, variables(self.knowledge), self.diagrams)
        return {
            action: self.diagrams.combine(outcome_of, compiler.action(action))
            for action in knowledge.actions
            if any(knowledge.outcomes(action))
        }


class _Mutated(Loader):
    """Loads as ever, but takes the files as read, and each entry without a fault as checked."""

    def __init__(self, source: Source, mutant: Mutant | None) -> None:
        super().__init__(FOLDER)
        self.source, self.mutant = source, mutant

    def document(self, name: str, *kinds: str) -> Document:
        document = self.source.files[name]
        if self.mutant is not None and self.mutant.file == name:
            return Document(document.path, self.mutant.data, document.marks)
        return document

    def part(self, document: Document, model: Any, data: Any, path: tuple[str | int, ...], *rest: Any) -> Any:
        if document is not self.source.files.get(document.path.relative_to(FOLDER).as_posix()):
            return super().part(document, model, data, path, *rest)
        key = model, id(data)
        if key not in self.source.made:
            self.source.made[key] = super().part(document, model, data, path, *rest)
        return self.source.made[key]

    def evidence(self) -> tuple[Any, ...]:
        return ()


# Making mutants -------------------------------------------------------------------------------


def mutants(source: Source) -> Iterator[Mutant]:
    """Yield every mutant."""
    for name, document in source.files.items():
        if name.startswith("rules/"):
            for place, entry in enumerate(document.data):
                if "about" not in entry:
                    for what, changed in of_rule(entry, source.knowledge):
                        data = [*document.data[:place], *changed, *document.data[place + 1 :]]
                        yield Mutant(entry["id"], what, (entry["id"],), name, data)
    terms = source.files["terms.yml"].data
    for place, entry in enumerate(terms):
        users = tuple(rules_that_use(entry["id"], source))
        for what, text in of_condition(entry["is"], source.knowledge):
            data = [*terms[:place], entry | {"is": text}, *terms[place + 1 :]]
            yield Mutant(entry["id"], what, users, "terms.yml", data)
    conflicts = source.files["conflicts.yml"].data
    for place, entry in enumerate(conflicts):
        for what, changed in of_order(entry):
            yield Mutant(entry["id"], what, (), "conflicts.yml", [*conflicts[:place], changed, *conflicts[place + 1 :]])


def of_rule(entry: dict[str, Any], knowledge: Knowledge) -> Iterator[tuple[str, list[Any]]]:
    """Yield what was done to a rule, and what stands in its place."""
    rest = {key: value for key, value in entry.items() if key not in ("when", "then", "clauses")}
    clauses = entry.get("clauses") or [{"when": entry["when"], "then": entry["then"]}]
    for place, clause in enumerate(clauses):
        before, after = clauses[:place], clauses[place + 1 :]
        which = f"clause {place + 1}, " if len(clauses) > 1 else ""
        yield f"{which}dropped", [rest | {"clauses": before + after}] if before + after else []
        for what, text in of_condition(clause["when"], knowledge):
            yield which + what, [rest | {"clauses": [*before, clause | {"when": text}, *after]}]
        for action, outcome in clause["then"].items():
            for what, changed in of_outcome({"stance": outcome} if isinstance(outcome, str) else dict(outcome)):
                then = clause["then"] | {action: changed}
                yield f"{which}{action} {what}", [rest | {"clauses": [*before, clause | {"then": then}, *after]}]
    for tier in neighbours(TIERS, entry["tier"]):
        yield f"tier {tier}", [entry | {"tier": tier}]
    for loser in entry.get("exception_to", []):
        left = [other for other in entry["exception_to"] if other != loser]
        yield f"no longer an exception to {loser}", [entry | {"exception_to": left}]


def of_outcome(outcome: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield other outcomes near one."""
    for stance in neighbours(STANCES, outcome["stance"]):
        yield stance, outcome | {"stance": stance}
    if "within_hours" in outcome:
        yield "within twice the hours", outcome | {"within_hours": 2 * outcome["within_hours"]}
    if "side" in outcome:
        yield "on the other side", outcome | {"side": OTHER_SIDE[outcome["side"]]}


def of_order(entry: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a conflict without each of its orders between two rules."""
    edges = [
        (each["action"], winner, loser)
        for each in entry.get("precedence", [])
        for winner in each["prefer"]
        for loser in each["over"]
    ]
    for edge in edges:
        left = [
            {"action": action, "prefer": [winner], "over": [loser]}
            for action, winner, loser in edges
            if (action, winner, loser) != edge
        ]
        yield "{}: {} no longer over {}".format(*edge), entry | {"precedence": left}


def of_condition(text: str, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield what was done to a condition, and the condition as it then reads."""
    yield "negated", f"not ({text})"
    tree = ast.parse(text.strip(), mode="eval")
    for place, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Compare):
            for changed in of_comparison(ast.unparse(node.left), node.ops[0], node.comparators[0], knowledge):
                mutated = copy.deepcopy(tree)
                target = list(ast.walk(mutated))[place]
                yield f"“{ast.unparse(node)}” is {changed}", ast.unparse(_Swap(target, changed).visit(mutated))


class _Swap(ast.NodeTransformer):
    """Puts other words in the place of one node."""

    def __init__(self, target: ast.AST, text: str) -> None:
        self.target, self.text = target, text

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.parse(self.text, mode="eval").body if node is self.target else self.generic_visit(node)


def of_comparison(left: str, op: ast.cmpop, right: ast.expr, knowledge: Knowledge) -> Iterator[str]:
    """Yield a comparison with each limit shifted by one, each option taken out, each other added."""
    if isinstance(op, (ast.NotEq, ast.NotIn)):
        excluded = [ast.unparse(each) for each in (right.elts if isinstance(right, ast.Set) else [right])]
        right = ast.Set([ast.Name(other) for other in options(left, knowledge) if other not in excluded])
    elif not isinstance(op, (ast.Eq, ast.In)):
        sign = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}[type(op)]
        limit = ast.literal_eval(right)
        yield from (f"{left} {sign} {limit + step}" for step in (-1, 1))
        return
    words = [ast.unparse(each) for each in (right.elts if isinstance(right, ast.Set) else [right])]
    for word in words:
        rest = [other for other in words if other != word]
        yield f"{left} in {{{', '.join(rest)}}}" if rest else "False"
    for other in options(left, knowledge):
        if other not in words:
            yield f"{left} in {{{', '.join([*words, other])}}}"


def options(name: str, knowledge: Knowledge) -> list[str]:
    """Return the options of a finding, or the bands of a score."""
    if name.endswith(".band"):
        return list(knowledge.scores[name.removesuffix(".band")].band_ids)
    return [
        value if value.isidentifier() else repr(value) for value in map(str, knowledge.vocabulary.by_id[name].values)
    ]


def rules_that_use(term: str, source: Source) -> Iterator[str]:
    """Yield the rules that read a term, by themselves or through other terms."""
    names = {term}
    for entry in source.files["terms.yml"].data:  # a term uses only terms above it
        if names & set(re.findall(r"\w+", entry["is"])):
            names.add(entry["id"])
    for rule in source.knowledge.rules.values():
        if any(names & set(re.findall(r"\w+", clause.when)) for clause in rule.clauses):
            yield rule.id


def neighbours(order: tuple[str, ...], word: str) -> list[str]:
    """Return the words before and after one."""
    place = order.index(word)
    return [order[near] for near in (place - 1, place + 1) if 0 <= near < len(order)]
