/**
 * The shapes that the engine, the widgets and the knowledge file share.
 *
 * `Knowledge` is what the book's build writes for its pages (`casebook.export.browser`); `Assessment` is the JSON that
 * Python's `casebook.assess(findings).to_dict()` gives as well. What is optional comes later in a page: see `prose.ts`.
 */

import type { Node, Rulebook } from './table';

/** The id of an option, or the number itself where a finding counts. */
export type Value = string | number;

/** Assessed findings by id. A finding that is missing is not assessed, never normal. */
export type Findings = Readonly<Record<string, Value>>;

/** A key of `Knowledge.sources` and the place in that source. */
export type SourceRef = readonly [key: string, locator?: string];

export type Stance = 'emergency' | 'recommended' | 'consider' | 'caution' | 'not_indicated' | 'contraindicated';
export type Tier = 'absolute' | 'directive' | 'permissive' | 'descriptive';

export type Outcome = { readonly stance: Stance; readonly within_hours?: number; readonly side?: string };

// --- knowledge -----------------------------------------------------------------------------------

export type Named = { readonly id: string; readonly label: string };

/** A text and where it is from. */
export type Side = { readonly text: string; readonly source: readonly SourceRef[] };

/** What applies only where its root is surely true, and is not surely excused; without a root always. */
export type Conditional = { readonly when?: Node };

export type FindingOption = { readonly id: Value; readonly label: string };

export interface Finding extends Named {
  readonly group: string;
  readonly help?: string;
  readonly definition?: string;
  /** What options mean that need a word more. */
  readonly option_help?: Readonly<Record<string, string>>;
  readonly type: 'choice' | 'number';
  readonly options: readonly FindingOption[];
  readonly source?: readonly SourceRef[];
  /** Options from least to worst: one step from one of them is its neighbour. */
  readonly order?: 'all' | readonly Value[];
  /** Where the finding is asked for at all. */
  readonly shown_where?: Node;
  /** What is said beside it where other findings make a reader look at it again. */
  readonly doubt?: { readonly when: Node; readonly text: string };
}

/** A finding that is asked for first, some of them only where a condition is true, with what is folded under it. */
export interface Shown {
  readonly finding: string;
  readonly when?: Node;
  readonly with?: { readonly label: string; readonly findings: readonly string[] };
}

export type Band = Named & { readonly low: number; readonly high: number; readonly text: string };

export type ItemOption = FindingOption & { readonly points: number };

export interface Item extends Named {
  readonly reads: readonly string[];
  /** Its terminals are indices of options. */
  readonly root: Node;
  readonly options: readonly ItemOption[];
  /** How far observers agree, as a source prints it. */
  readonly agreement?: { readonly statistic: string; readonly value: string; readonly source: readonly SourceRef[] };
}

export interface Score extends Named {
  readonly name: string;
  readonly question: string;
  readonly worse: 'high' | 'low';
  readonly minimum: number;
  readonly maximum: number;
  /** The findings on which its result may depend. */
  readonly reads: readonly string[];
  readonly applies: { readonly when: Node; readonly otherwise: string };
  readonly total: Node;
  readonly band: Node;
  readonly bands: readonly Band[];
  readonly items: readonly Item[];
  /** `scale`: whether it stands under the scale of the score. */
  readonly notes: readonly (Side & { readonly when?: Node; readonly scale?: true })[];
  readonly source: readonly SourceRef[];
  /** How the score is read if the foci that are counted are one continuous lesion. */
  readonly as_one_lesion?: Side & { readonly when: Node; readonly total: Node };
}

/** Findings that, where they are recorded, take entries out of the plan. */
export interface Switch {
  readonly id: string;
  readonly when: Node;
  readonly actions: readonly string[];
  /** Stances that an action loses which otherwise stays. */
  readonly stances: Readonly<Record<string, readonly Stance[]>>;
  readonly text: string;
}

/** What an action is; a change names them in this order. */
export type ActionKind = 'treatment' | 'stabilisation' | 'investigation' | 'other';

export interface Action extends Named {
  readonly group: string;
  /** Other, if none is given. */
  readonly kind?: ActionKind;
  /** What the rules recommend; its terminals are outcomes, or null where no rule applies. */
  readonly root: Node;
  readonly use?: Side;
  readonly misuse?: Side;
}

/** A finding has one of some options: its index, and theirs. */
export type Leaf = readonly [finding: number, ...options: number[]];

/** Findings that no patient has together: where `when` applies. */
export interface Contradiction {
  readonly id: string;
  readonly text: string;
  readonly when: Node;
  /** What contradicts each other. */
  readonly leaves: readonly Leaf[];
}

/** A leaf by its index, a part by -1 less its index, or what is always or never so. */
export type Ref = number | boolean;

/** A condition that others are part of: all, any and not of them, a term and what it means, or a range of a score. */
export type Part =
  | readonly [kind: '&' | '|', ...refs: Ref[]]
  | readonly [kind: '!', ref: Ref]
  | readonly [kind: '=', term: number, ref: Ref]
  | readonly [kind: '#', score: number, low: number, high: number];

/** The conditions of rules as an argument lays them out, with a table of their own. */
export interface Conditions {
  readonly rulebook: Rulebook;
  readonly leaves: readonly Leaf[];
  readonly parts: readonly Part[];
  /** Whether a part is true. */
  readonly roots: readonly Node[];
  /** For each rule and clause its condition. */
  readonly clauses: readonly (readonly Ref[])[];
  /** For each action, in favour and against, and each rule on that side, whether one of its clauses there is true. */
  readonly sides: readonly (readonly [inFavour: readonly Node[], against: readonly Node[]])[];
  /** What the terms are called. */
  readonly terms: readonly string[];
}

export type Clause = { readonly when: Node; readonly then: Readonly<Record<string, Outcome>> };

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  readonly tier?: Tier;
  readonly note?: string | null;
  readonly reading?: string | null;
  readonly source: readonly SourceRef[];
  readonly clauses: readonly Clause[];
}

export interface Conflict {
  readonly id: string;
  readonly title: string;
  readonly positions?: readonly (Side & { readonly rules: readonly string[] })[];
  readonly resolution?: string;
  readonly authority?: readonly SourceRef[];
  readonly actions: readonly string[];
  readonly when: Node;
}

/** Results that disagree in one patient. */
export interface Tension {
  readonly id: string;
  readonly title: string;
  readonly sides?: readonly Side[];
  readonly tie?: Side;
  readonly when: Node;
}

export type Level = 'emergency' | 'urgent' | 'soon' | 'open' | 'none';

/** What a sentence asks of a decided entry; an action without an entry is no emergency. */
export type Asked = 'in_favour' | 'emergency' | 'not_emergency' | 'at_least' | 'recommended';

/** A sentence of the first line, or several of which the first that applies is said; as `casebook.emergencies` has it. */
export interface Sentence extends Conditional {
  readonly text?: string;
  readonly plan?: Readonly<Record<string, Asked>>;
  /** Actions whose open findings {asks} names. */
  readonly asks?: readonly string[];
  readonly first?: readonly Sentence[];
  /** Whether the sentences that any state may have are said here. */
  readonly added?: boolean;
  /** Whether it is said only where no other line follows. */
  readonly alone?: boolean;
}

/** A state of the patient. */
export interface PatientState extends Named, Conditional {
  readonly level: Level;
  readonly lead: Sentence;
  /** The state whose sentences are said, where this one has none. */
  readonly like?: string;
  readonly sentences: readonly Sentence[];
}

export interface Emergencies {
  readonly red_flag: Node;
  /** The action that calls for help. */
  readonly call: string;
  readonly signs: readonly (Conditional & { readonly text: string })[];
  readonly states: readonly PatientState[];
  readonly added: readonly Sentence[];
  /** Actions that head the plan in an emergency, and those that wait. */
  readonly order: readonly string[];
  readonly later: { readonly label: string; readonly actions: readonly string[] };
}

export interface Knowledge {
  readonly version: string;
  readonly rulebook: Rulebook;
  readonly groups: readonly Named[];
  readonly findings: readonly Finding[];
  readonly first_view: readonly Shown[];
  /** Findings that are shown with the scores for which alone they are asked. */
  readonly of_scores: readonly string[];
  readonly scores: readonly Score[];
  readonly actions: readonly Action[];
  readonly switches: readonly Switch[];
  readonly contradictions: readonly Contradiction[];
  readonly rules: readonly Rule[];
  readonly conditions?: Conditions;
  readonly conflicts: readonly Conflict[];
  readonly tensions: readonly Tension[];
  readonly emergencies: Emergencies;
  readonly principles: readonly { readonly id: string; readonly text?: string }[];
  /** `seen`: how well the source was seen: whole, as an abstract, second-hand … */
  readonly sources: Readonly<Record<string, { readonly short: string; readonly seen: string }>>;
}

// --- assessment ----------------------------------------------------------------------------------

export interface ItemResult {
  readonly id: string;
  readonly option: Value | null;
  readonly points: number | null;
  readonly low: number;
  readonly high: number;
  /** The findings that the item was read from; null where one is not assessed. */
  readonly from?: Readonly<Record<string, Value | null>>;
}

export interface ScoreResult {
  readonly status: 'complete' | 'range' | 'not_applicable';
  readonly total: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly bands: readonly string[];
  readonly notes: readonly string[];
  readonly items: readonly ItemResult[];
  readonly reason?: string;
  /** The second range, where one continuous lesion may have been counted by its segments. */
  readonly as_one_lesion?: { readonly low: number; readonly high: number; readonly bands: readonly string[] };
}

export interface PlanEntry extends Outcome {
  readonly action: string;
  /** The stance in force, or the strongest still possible where the entry is undecided. */
  readonly stance: Stance;
  readonly status: 'decided' | 'undecided';
  /** Every outcome still possible; "none" where nothing may be said of the action at all. */
  readonly possible: readonly (Stance | 'none')[];
  /** The weakest stance still possible, where the entry is undecided and each is in favour. */
  readonly at_least?: Stance;
  readonly because: readonly string[];
  readonly against: readonly string[];
  readonly conflicts: readonly string[];
  /** The principle, conflict or rule that settles a difference in every completion; null where there is none. */
  readonly decided_by: string | null;
  readonly depends_on: readonly string[];
}

export type AskNext = { readonly finding: string; readonly why: string };

/** What is said of one state: the first words, set in bold, and what follows them. */
export type Line = { readonly state: string; readonly level: Level; readonly lead: string; readonly text: string };

export interface Assessment {
  /** The state of the patient that is said first. */
  readonly state: string;
  readonly first_line: readonly Line[];
  readonly scores: Readonly<Record<string, ScoreResult>>;
  readonly plan: readonly PlanEntry[];
  readonly ask_next: readonly AskNext[];
  readonly knowledge: string;
}

/** A contradiction between some findings. */
export type Refusal = { readonly id: string; readonly findings: readonly string[]; readonly text: string };

export interface Validation {
  readonly findings: Findings;
  readonly errors: readonly string[];
  /** Among the findings that could be read. */
  readonly contradictions: readonly Refusal[];
}

// --- explanations --------------------------------------------------------------------------------

/** A finding that is worth assessing next, with the undecided recommendations that every and that some answer decides. */
export type Question = AskNext & { readonly settles: number; readonly may: number };

/** The state of the patient, one score or one recommendation that differs, in words. */
export interface Move {
  readonly kind: 'state' | 'score' | 'action';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The rule that accounts for it, if one does. */
  readonly because: readonly string[];
  readonly source: readonly SourceRef[];
  readonly text: string;
}

export type Changed = { readonly text: string; readonly moves: readonly Move[] };

export type Word = 'holds' | 'fails' | 'unknown';

/** One comparison of a condition, with what is found here. */
export type LeafArgument = { readonly text: string; readonly truth: Word; readonly findings: readonly string[] };

export interface ClauseArgument {
  readonly truth: Word;
  readonly says: string;
  readonly leaves: readonly LeafArgument[];
}

export interface RuleArgument {
  readonly rule: string;
  readonly truth: Word;
  readonly clauses: readonly ClauseArgument[];
}

export interface Argument {
  readonly action: string;
  readonly standing: string;
  readonly text: string;
  readonly for: readonly RuleArgument[];
  readonly against: readonly RuleArgument[];
  readonly in_the_way: readonly string[];
}

/** A finding, and the options of which any does. */
export type Condition = { readonly finding: string; readonly options: readonly Value[] };

/** One result, and every smallest set of changes that gives it. */
export type Flip = { readonly to: string; readonly sets: readonly (readonly Condition[])[] };

export interface Closest {
  readonly target: string;
  /** Every result still possible; one if it is settled. */
  readonly standing: readonly string[];
  /** What opens a target that is decided now is last, as "undecided". */
  readonly flips: readonly Flip[];
  readonly text: string;
  /** Smallest sets of one change, of two, and so on, that decide on another result, each choice of options counted. */
  readonly counts: readonly number[];
}

export interface OpenPoints {
  readonly decided: readonly string[];
  readonly undecided: readonly { readonly action: string; readonly depends_on: readonly string[] }[];
  readonly ask: readonly Question[];
  readonly text: string;
}

export interface FindingFirmness {
  readonly finding: string;
  /** The options one step away. */
  readonly steps: readonly Value[];
  readonly agreement: {
    readonly statistic: string;
    readonly value: number;
    readonly score: string;
    readonly item: string;
    readonly source: readonly SourceRef[];
  } | null;
  /** Scores of which the bands, and actions of which the outcome changes at some step. */
  readonly scores: readonly string[];
  readonly actions: readonly string[];
  readonly text: string;
}

export interface Firmness {
  readonly findings: readonly FindingFirmness[];
  readonly text: string;
  readonly firm: number;
  readonly fragile: number;
}

/** Results that disagree in this patient, or sources that disagree on a recommendation, and what decides. */
export type Disagreement = { readonly id: string; readonly title: string; readonly sides: readonly Side[] } & (
  | { readonly kind: 'scores'; readonly tie: Side }
  | { readonly kind: 'sources'; readonly tie: { readonly text: string; readonly authority: readonly SourceRef[] } }
);

/**
 * What `casebook.explain` answers; each throws `FindingError` where the vocabulary lacks an id or a value, and where no
 * patient has the findings together.
 */
export interface Explainer {
  changed(before: Findings, after: Findings): Changed;
  argument(findings: Findings, action: string): Argument;
  /** `target`: an action or a score; `reported`: findings to be called so. */
  closest(findings: Findings, target: string, changes?: 1 | 2 | 3, reported?: readonly string[]): Closest;
  openPoints(findings: Findings): OpenPoints;
  firmness(findings: Findings): Firmness;
  disagreements(findings: Findings): readonly Disagreement[];
}

export interface Engine {
  readonly knowledge: Knowledge;
  /** Whether a root of the rulebook is true whatever is not assessed, false whatever is not assessed, or null. */
  holds(root: Node, findings: Findings): boolean | null;
  assess(findings: Findings): Assessment;
  validate(findings: Readonly<Record<string, unknown>>): Validation;
  readonly explain: Explainer;
}
