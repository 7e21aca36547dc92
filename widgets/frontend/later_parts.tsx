/** Components that a page loads only after it is live, or that need a kernel. */

import type { ComponentType } from 'preact';

import type { Finding, Findings, Firmness, PlanEntry, Score, ScoreResult, Value } from '../engine/types';
import { useFetched } from './book';
import type { Model } from './host';
import { WHEN_IDLE } from './later_files';
import type { Published, PublishedFinding } from './published_case';
import type { Answer, QuizQuestion, ReadingQuestion } from './quiz_question';
import { TextsMissing } from './texts_missing';

interface Parts {
  /** The argument for and against an action, with its entry in the plan. */
  readonly ArgumentDetails: { readonly action: string; readonly entry?: PlanEntry };
  readonly Comparison: { readonly instance: string; readonly before: Findings; readonly after: Findings };
  readonly ConflictText: { readonly id: string };
  readonly CopyLink: { readonly caseId: string; readonly published: Published; readonly findings: Findings };
  readonly UnmentionedActions: { readonly ids: readonly string[] };
  readonly Disagreements: Record<never, never>;
  readonly DifferenceList: {
    readonly changed: readonly (readonly [id: string, published: PublishedFinding])[];
    readonly findings: Findings;
  };
  readonly Feedback: { readonly question: QuizQuestion; readonly order: readonly string[]; readonly answer: Answer };
  readonly FindingHelp: {
    readonly finding: Finding;
    readonly published: PublishedFinding | null;
    readonly sensitivity: string | null;
    /** What its next option would change. */
    readonly effect: 'plan' | 'score' | 'nothing' | null;
    readonly agreement: string | null;
  };
  readonly NextQuestion: {
    readonly instance: string;
    readonly onAnswer: (finding: string, value: Value | null) => void;
    readonly onShowFinding: (finding: string) => void;
  };
  readonly OneAtATime: Record<never, never>;
  readonly PatientFigure: {
    readonly instance: string;
    readonly findings: Findings;
    readonly published: Published;
    readonly plan: readonly PlanEntry[];
    readonly onChange: (finding: string, value: Value) => void;
  };
  readonly Thumbnail: { readonly instance: string; readonly findings: Findings };
  readonly PlanMap: { readonly instance: string; readonly firmness: Firmness | null };
  readonly SaveAs: { readonly instance: string; readonly model: Model };
  readonly ReadingComparison: {
    readonly question: ReadingQuestion;
    readonly answer: string | undefined;
    readonly constructed: boolean;
  };
  readonly RefusalMessage: {
    readonly id: string;
    readonly text: string;
    readonly others: readonly string[];
    readonly onLeave: (finding: string) => void;
  };
  readonly SensitivityAnalysis: { readonly firmness: Firmness | null };
  readonly ScoreBreakdown: { readonly score: Score; readonly result: ScoreResult };
  readonly TensionText: { readonly id: string };
}

type Components = { readonly [Name in keyof Parts]: ComponentType<Parts[Name]> };

/** Filled by `widgets/entries/details.ts`, and for a kernel by `widgets/entries/notebook.ts`. */
export const laterParts: Partial<Components> = {};

/** The component of a name, or nothing until it has been loaded with the words that it names. */
export function LaterPart<Name extends keyof Parts>({ part, ...given }: { readonly part: Name } & Parts[Name]) {
  const { ready } = useFetched(WHEN_IDLE, true);
  const Part = laterParts[part] as ComponentType<Parts[Name]> | undefined;
  return ready && Part ? <Part {...(given as unknown as Parts[Name])} /> : <TextsMissing />;
}
