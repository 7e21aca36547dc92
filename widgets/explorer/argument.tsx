/** The argument for and against an action: its rules with conditions and findings, and counterfactuals. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import type { LeafArgument, PlanEntry, RuleArgument } from '../engine/types';
import { usePatient, useLaterFiles } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { TruthIcon } from '../frontend/truth_icon';
import { Sources } from '../frontend/sources';
import { TextsMissing } from '../frontend/texts_missing';
import { list, tierWord } from '../frontend/labels';
import { WhatWouldChange } from '../frontend/counterfactuals';
import { ConflictText } from './disagreement_text';

interface Props {
  action: string;
  /** The entry of the action in the plan, if there is one. */
  entry?: PlanEntry;
}

export function ArgumentDetails({ action, entry }: Props) {
  const book = useLaterFiles();
  const { findings } = usePatient();
  const { left } = book.later;
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
      <RuleArguments heading={message('explorer-rules-for')} rules={argument.for} />
      <RuleArguments heading={message('explorer-rules-against')} rules={argument.against} />
      {entry?.decided_by && (
        <p>
          <strong>{message('explorer-decided-by')}</strong> <DecidingPrinciple by={entry.decided_by} />
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

/** Use and misuse of the action. */
function Remarks({ action }: { action: string }) {
  const { use, misuse } = useLaterFiles().actions.get(action) ?? {};
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

function DecidingPrinciple({ by }: { by: string }) {
  const { knowledge, conflicts, rules } = useLaterFiles();
  const principle = knowledge.principles.find((one) => one.id === by);
  if (principle) return <>{principle.text}</>;
  const conflict = conflicts.get(by);
  if (conflict) return <>{message('explorer-decided-conflict', { title: conflict.title })}</>;
  const rule = rules.get(by);
  return rule ? <>{message('explorer-decided-rule', { title: rule.title })}</> : null;
}

/** The rules that apply or may apply, and, folded, those that do not. */
function RuleArguments({ heading, rules }: { heading: string; rules: readonly RuleArgument[] }) {
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
  const rule = useLaterFiles().rules.get(argument.rule);
  if (!rule) return null;
  return (
    <div class="cb-rule" data-rule={rule.id} data-truth={argument.truth}>
      <p>
        <strong>{rule.title}.</strong> {rule.text}
      </p>
      {argument.clauses.map((clause, index) => (
        <Clause key={index} clause={clause} />
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

/** Without repetitions, because a condition may test the same in two places. */
function distinct(leaves: readonly LeafArgument[]): readonly LeafArgument[] {
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
        {distinct(clause.leaves).map((leaf) => (
          <li key={leaf.text} data-truth={leaf.truth}>
            <TruthIcon truth={leaf.truth} /> {leaf.text}{' '}
            <span class="cb-count">{message(`explorer-truth-${leaf.truth}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
