/**
 * The shapes that the engine, the widgets and the knowledge file share.
 *
 * `Knowledge` is what the book's build writes for its pages; `Assessment` is the JSON that Python's
 * `casebook.assess(findings).to_dict()` gives as well.
 */

/** The id of an option, or the number itself where a finding counts. */
export type Value = string | number;

/** Assessed findings by id. A finding that is missing is not assessed, never normal. */
export type Findings = Readonly<Record<string, Value>>;

/** A key of `Knowledge.sources` and the place in that source. */
export type SourceRef = readonly [key: string, locator: string];

export type Truth = 'true' | 'false' | 'undetermined';

export type Stance =
  | 'emergency'
  | 'recommended'
  | 'consider'
  | 'caution'
  | 'not_indicated'
  | 'contraindicated';

export type Tier = 'absolute' | 'directive' | 'permissive' | 'descriptive';

/** A condition, compiled from the words of a knowledge file. */
export type Tree =
  | boolean
  | { readonly all: readonly Tree[] }
  | { readonly any: readonly Tree[] }
  | { readonly not: Tree }
  | { readonly finding: string; readonly in: readonly Value[] }
  | { readonly score: string; readonly low: number; readonly high: number }
  | { readonly term: string; readonly label: string; readonly is: Tree };

export interface Outcome {
  readonly stance: Stance;
  readonly within_hours?: number;
  readonly side?: string;
}

// --- knowledge -----------------------------------------------------------------------------------

export interface Group {
  readonly id: string;
  readonly label: string;
}

export interface FindingOption {
  readonly id: Value;
  readonly label: string;
  readonly help?: string;
}

export interface Finding {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly help: string;
  readonly definition: string;
  readonly type: 'choice' | 'number';
  readonly options: readonly FindingOption[];
  readonly source: readonly SourceRef[];
  /** Options from least to worst: one step from one of them is its neighbour. */
  readonly order?: 'all' | readonly Value[];
}

export interface Band {
  readonly id: string;
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

export interface ItemOption {
  readonly id: Value;
  readonly label: string;
  readonly points: number;
  readonly when: Tree;
}

/** How far observers agree, as a source prints it. */
export interface Agreement {
  readonly statistic: string;
  readonly value: string;
  readonly source: readonly SourceRef[];
}

export interface Item {
  readonly id: string;
  readonly label: string;
  readonly reads: readonly string[];
  readonly options: readonly ItemOption[];
  readonly agreement?: Agreement;
}

export interface Note {
  readonly when?: Tree;
  readonly text: string;
  readonly source: readonly SourceRef[];
}

export interface Score {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly question: string;
  readonly worse: 'high' | 'low';
  readonly minimum: number;
  readonly maximum: number;
  readonly applies: { readonly when: Tree; readonly otherwise: string };
  readonly bands: readonly Band[];
  readonly items: readonly Item[];
  readonly notes: readonly Note[];
  readonly source: readonly SourceRef[];
}

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: string;
}

export interface Clause {
  readonly when: Tree;
  readonly then: Readonly<Record<string, Outcome>>;
}

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly tier: Tier;
  readonly note?: string | null;
  readonly reading?: string | null;
  readonly source: readonly SourceRef[];
  readonly clauses: readonly Clause[];
}

export interface Position {
  readonly text: string;
  readonly rules: readonly string[];
  readonly source: readonly SourceRef[];
}

export interface Conflict {
  readonly id: string;
  readonly title: string;
  readonly positions: readonly Position[];
  readonly resolution: string;
  readonly authority: readonly SourceRef[];
  readonly actions: readonly string[];
  readonly scores: readonly string[];
  readonly when: Tree;
}

/** Results that pull apart in one patient. */
export interface Tension {
  readonly id: string;
  readonly title: string;
  readonly sides: readonly { readonly text: string; readonly source: readonly SourceRef[] }[];
  readonly tie: { readonly text: string; readonly source: readonly SourceRef[] };
  readonly when: Tree;
}

export interface Precedence {
  readonly principles: readonly { readonly id: string; readonly by: string; readonly text: string }[];
  /** For each action, which rule wins over which, and the conflict or rule that says so. */
  readonly edges: Readonly<
    Record<string, readonly (readonly [winner: string, loser: string, why: string])[]>
  >;
}

export interface Source {
  readonly short: string;
  /** How well the source was seen: whole, as an abstract, second-hand … */
  readonly seen: string;
}

export interface Knowledge {
  readonly version: string;
  readonly groups: readonly Group[];
  readonly findings: readonly Finding[];
  readonly scores: readonly Score[];
  readonly actions: readonly Action[];
  readonly rules: readonly Rule[];
  readonly conflicts: readonly Conflict[];
  readonly tensions: readonly Tension[];
  readonly precedence: Precedence;
  readonly sources: Readonly<Record<string, Source>>;
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
}

export interface PlanEntry {
  readonly action: string;
  /** The stance in force, or the strongest still possible where the entry is undecided. */
  readonly stance: Stance;
  readonly status: 'decided' | 'undecided';
  readonly within_hours?: number;
  readonly side?: string;
  /** Every outcome still possible; "none" where nothing may be said of the action at all. */
  readonly possible: readonly (Stance | 'none')[];
  readonly because: readonly string[];
  readonly against: readonly string[];
  readonly conflicts: readonly string[];
  /** The principle, conflict or rule that settled a difference; null where there was none. */
  readonly decided_by: string | null;
  readonly depends_on: readonly string[];
}

export interface AskNext {
  readonly finding: string;
  readonly why: string;
}

export interface Assessment {
  readonly scores: Readonly<Record<string, ScoreResult>>;
  readonly plan: readonly PlanEntry[];
  readonly ask_next: readonly AskNext[];
  readonly knowledge: string;
}

/** Which rules and conflicts held, and a way to ask the same of any part of a condition. */
export interface Trace {
  readonly rules: Readonly<Record<string, Truth>>;
  readonly conflicts: Readonly<Record<string, Truth>>;
  leaf(tree: Tree): Truth;
}

export interface Validation {
  readonly findings: Findings;
  readonly errors: readonly string[];
}

export interface Engine {
  assess(findings: Findings): Assessment;
  score(name: string, items: Readonly<Record<string, Value | null>>): ScoreResult;
  trace(findings: Findings): Trace;
  validate(findings: Readonly<Record<string, unknown>>): Validation;
  /** Compiles, a step an action, what the first change would otherwise wait for. */
  prepare(): Iterator<unknown>;
}
