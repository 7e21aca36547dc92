/** The argument for and against one action: its rules, what each asks and what is found, and what would change it. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import type { LeafArgument, PlanEntry, RuleArgument } from '../engine/types';
import { useNow, useProse } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { TruthIcon } from '../frontend/icons';
import { Sources } from '../frontend/sources';
import { TextsMissing } from '../frontend/texts_missing';
import { list, tierWord } from '../frontend/labels';
import { WhatWouldChange } from '../frontend/counterfactuals';
import { ConflictText } from './disagreements';

interface Props {
  action: string;
  /** What the plan says of it, if anything. */
  entry?: PlanEntry;
}

export function Why({ action, entry }: Props) {
  const book = useProse();
  const { findings } = useNow();
  const { left } = book.prose;
  const argument = useMemo(() => book.engine.explain.argument(findings, action), [book, findings, action, left]);
  return (
    <>
      <TextsMissing />
      {argument.in_the_way.length > 0 && (
        <>
          <p class="cb-sub">{message('explorer-obstacles')}</p>
          <ul>
            {argument.in_the_way.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {entry && entry.depends_on.length > 0 && (
        <p>
          {message('argument-depends', { findings: list(entry.depends_on.map((id) => book.findingLabel(id)), 'and') })}
        </p>
      )}
      <Remarks action={action} />
      <Side heading={message('explorer-rules-for')} rules={argument.for} />
      <Side heading={message('explorer-rules-against')} rules={argument.against} />
      {entry?.decided_by && (
        <p>
          <strong>{message('explorer-decided-by')}</strong> <Settled by={entry.decided_by} />
        </p>
      )}
      <WhatWouldChange target={action} />
      {entry?.conflicts.map((id) => (
        <div key={id} class="cb-dispute">
          <p class="cb-sub">{message('explorer-disagree-on', { title: book.conflicts.get(id)?.title ?? '' })}</p>
          <ConflictText id={id} />
        </div>
      ))}
    </>
  );
}

/** What the action is for, and how it should not be used. */
function Remarks({ action }: { action: string }) {
  const { use, misuse } = useProse().actions.get(action) ?? {};
  return (
    <>
      {use && (
        <p>
          <strong>{message('explorer-use')}</strong> {use.text} <Sources refs={use.source} />
        </p>
      )}
      {misuse && (
        <p>
          <strong>{message('explorer-misuse')}</strong> {misuse.text} <Sources refs={misuse.source} />
        </p>
      )}
    </>
  );
}

function Settled({ by }: { by: string }) {
  const { knowledge, conflicts, rules } = useProse();
  const principle = knowledge.principles.find((one) => one.id === by);
  if (principle) return <>{principle.text}</>;
  const conflict = conflicts.get(by);
  if (conflict) return <>{message('explorer-decided-conflict', { title: conflict.title })}</>;
  const rule = rules.get(by);
  return rule ? <>{message('explorer-decided-rule', { title: rule.title })}</> : null;
}

/** The rules that hold or may, and folded behind them those that do not. */
function Side({ heading, rules }: { heading: string; rules: readonly RuleArgument[] }) {
  const failing = rules.filter((rule) => rule.truth === 'fails');
  if (rules.length === 0) return null;
  return (
    <>
      <p class="cb-sub">{heading}</p>
      {rules.filter((rule) => rule.truth !== 'fails').map((rule) => (
        <RuleText key={rule.rule} argument={rule} />
      ))}
      {failing.length > 0 && (
        <Disclosure class="cb-failing" summary={message('explorer-rules-failing', { count: failing.length })}>
          {() => failing.map((rule) => <RuleText key={rule.rule} argument={rule} />)}
        </Disclosure>
      )}
    </>
  );
}


function RuleText({ argument }: { argument: RuleArgument }) {
  const rule = useProse().rules.get(argument.rule);
  if (!rule) return null;
  return (
    <div class="cb-rule" data-rule={rule.id} data-truth={argument.truth}>
      <p>
        <strong>{rule.title}.</strong> {rule.text}
      </p>
      {argument.clauses.map((clause, place) => (
        <Clause key={place} clause={clause} />
      ))}
      <dl>
        {rule.tier && (
          <div>
            <dt>{message('explorer-rule-strength')}</dt>
            <dd>{tierWord(rule.tier)}</dd>
          </div>
        )}
        <div>
          <dt>{message('explorer-rule-source')}</dt>
          <dd>
            <Sources refs={rule.source} />
          </dd>
        </div>
        {rule.reading && (
          <div>
            <dt>{message('explorer-rule-reading')}</dt>
            <dd>{rule.reading}</dd>
          </div>
        )}
        {rule.note && (
          <div>
            <dt>{message('explorer-rule-note')}</dt>
            <dd>{rule.note}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** A condition may ask the same in two places; a reader need see it once. */
function once(leaves: readonly LeafArgument[]): readonly LeafArgument[] {
  return [...new Map(leaves.map((leaf) => [leaf.text, leaf])).values()];
}

function Clause({ clause }: { clause: RuleArgument['clauses'][number] }) {
  const { says: outcome, truth } = clause;
  return (
    <div class="cb-clause">
      <p>
        <TruthIcon truth={truth} />{' '}
        {clause.leaves.length === 0
          ? message('explorer-clause-always', { outcome })
          : message('explorer-clause', { outcome, truth })}
      </p>
      <ul>
        {once(clause.leaves).map((leaf) => (
          <li key={leaf.text} data-truth={leaf.truth}>
            <TruthIcon truth={leaf.truth} /> {leaf.text}{' '}
            <span class="cb-count">{message(`explorer-truth-${leaf.truth}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
