/** Why a recommendation stands: the rules that spoke, read off the trace of the last evaluation. */

import type { PlanEntry, Rule, Trace, Tree, Truth } from '../engine/types';
import { useBook, useNow, useProse, type Book, type Now } from '../shared/book';
import { Sources } from '../shared/sources';
import { FEW, few, list, rangeWord, stanceWord, tierWord } from '../shared/words';
import { ConflictText } from './conflicts';

export function Why({ entry }: { entry: PlanEntry }) {
  const book = useBook();
  return (
    <>
      {entry.depends_on.length > FEW && (
        <p>
          It depends on {list(entry.depends_on.map((id) => book.findingLabel(id)), 'and')}.
        </p>
      )}
      {entry.because.map((id) => (
        <RuleText key={id} id={id} action={entry.action} />
      ))}
      {entry.against.length > 0 && (
        <>
          <p class="cb-sub">What speaks against it</p>
          {entry.against.map((id) => (
            <RuleText key={id} id={id} action={entry.action} />
          ))}
        </>
      )}
      {entry.decided_by && (
        <p>
          <strong>What settles it:</strong> <Settled by={entry.decided_by} />
        </p>
      )}
      {entry.conflicts.map((id) => (
        <div key={id} class="cb-dispute">
          <p class="cb-sub">Sources disagree: {book.conflicts.get(id)?.title}</p>
          <ConflictText id={id} />
        </div>
      ))}
    </>
  );
}

function Settled({ by }: { by: string }) {
  const { knowledge, conflicts, rules } = useBook();
  const principle = knowledge.precedence.principles.find((one) => one.id === by);
  if (principle) return <>{principle.text}</>;
  const conflict = conflicts.get(by);
  if (conflict) return <>the cited answer to “{conflict.title}”, below.</>;
  const rule = rules.get(by);
  return rule ? <>an exception that the source makes itself: {rule.title}.</> : null;
}

function RuleText({ id, action }: { id: string; action: string }) {
  const book = useProse();
  const now = useNow();
  const rule = book.rules.get(id);
  if (!rule) return null;
  const stances = rule.clauses.flatMap((clause) => clause.then[action]?.stance ?? []);
  return (
    <div class="cb-rule">
      <p>
        <strong>{rule.title}.</strong> {rule.text}
      </p>
      <dl>
        <div>
          <dt>Because</dt>
          <dd>{grounds(book, now, rule, action)}</dd>
        </div>
        <div>
          <dt>Says</dt>
          <dd>{list([...new Set(stances)].map((one) => stanceWord(one).toLowerCase()), 'or')}</dd>
        </div>
        <div>
          <dt>Strength</dt>
          <dd>{tierWord(rule.tier)}</dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>
            <Sources refs={rule.source} />
          </dd>
        </div>
        {rule.reading && (
          <div>
            <dt>Reading</dt>
            <dd>{rule.reading}</dd>
          </div>
        )}
        {rule.note && (
          <div>
            <dt>Note</dt>
            <dd>{rule.note}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** The parts of the rule's condition that hold, in the words of the findings. */
function grounds(book: Book, now: Now, rule: Rule, action: string): string {
  const trace = now.trace();
  const clauses = rule.clauses.filter((clause) => action in clause.then);
  const holding = clauses.filter((clause) => trace.leaf(clause.when) === 'true');
  if (holding.length === 0) {
    const open = clauses.flatMap((clause) => openParts(book, now, clause.when));
    return `not yet known: it hangs on ${few([...new Set(open)])}`;
  }
  const parts = holding.flatMap((clause) => holdingParts(book, now, trace, clause.when, true));
  return [...new Set(parts)].join('; ') || 'it holds for every patient of this book';
}

/** The findings of a condition that are not assessed, and the scores that are not settled by it. */
function openParts(book: Book, now: Now, tree: Tree): string[] {
  if (typeof tree === 'boolean') return [];
  if ('not' in tree) return openParts(book, now, tree.not);
  if ('term' in tree) return openParts(book, now, tree.is);
  if ('finding' in tree) return tree.finding in now.findings ? [] : [book.findingLabel(tree.finding)];
  if ('score' in tree) {
    return now.trace().leaf(tree) === 'undetermined' ? [book.scoreLabel(tree.score)] : [];
  }
  return ('all' in tree ? tree.all : tree.any).flatMap((branch) => openParts(book, now, branch));
}

function holdingParts(book: Book, now: Now, trace: Trace, tree: Tree, wanted: boolean): string[] {
  const answer: Truth = wanted ? 'true' : 'false';
  const within = (branches: readonly Tree[]) =>
    branches
      .filter((branch) => trace.leaf(branch) === answer)
      .flatMap((branch) => holdingParts(book, now, trace, branch, wanted));
  if (typeof tree === 'boolean') return [];
  if ('all' in tree) return within(tree.all);
  if ('any' in tree) return within(tree.any);
  if ('not' in tree) return holdingParts(book, now, trace, tree.not, !wanted);
  if ('term' in tree) {
    return wanted ? holdingParts(book, now, trace, tree.is, true) : [`without ${tree.label}`];
  }
  if ('score' in tree) {
    const result = now.assessment.scores[tree.score];
    return [`${book.scoreLabel(tree.score)} ${rangeWord(result?.low ?? null, result?.high ?? null)}`];
  }
  const { finding } = tree;
  return [`${book.findingLabel(finding)}: ${book.valueLabel(finding, now.findings[finding])}`];
}
