/** Entry of details.js, loaded when a page is idle: reports of changes, arguments, counterfactuals and the map. */

import catalogue from '../../casebook/knowledge/messages/en.json';
import { later } from '../engine/explain';
import { argument } from '../engine/explain/argument';
import { changed } from '../engine/explain/change';
import { closest } from '../engine/explain/closest';
import { firmness } from '../engine/explain/firmness';
import { openPoints } from '../engine/explain/openness';
import { addMessages } from '../engine/messages';
import { ArgumentDetails } from '../explorer/argument';
import { ConflictText, TensionText } from '../explorer/disagreement_text';
import { CopyLink } from '../explorer/copy_link';
import { UnmentionedActions } from '../explorer/unmentioned_actions';
import { Disagreements } from '../explorer/disagreements';
import { DifferenceList } from '../explorer/difference_list';
import { FindingHelp } from '../explorer/finding_help';
import { NextQuestion } from '../explorer/next_question';
import { OneAtATime } from '../explorer/one_at_a_time';
import { RefusalMessage } from '../frontend/refusal_message';
import { SensitivityAnalysis } from '../explorer/sensitivity_analysis';
import { PlanMap } from '../explorer/state_map';
import { PatientFigure } from '../figure/patient_figure';
import { Thumbnail } from '../figure/thumbnail';
import { laterParts } from '../frontend/later_parts';
import { ScoreBreakdown } from '../frontend/score_breakdown';
import { Feedback } from '../quiz/feedback';
import { ReadingComparison } from '../reading/reading_comparison';
import { Comparison } from '../what_if/comparison';

// The build reduces the catalogue to the messages that this file names and page.js does not.
addMessages(catalogue.messages);
Object.assign(later, { changed, argument, closest, firmness, openPoints });
Object.assign(laterParts, {
  ArgumentDetails,
  Comparison,
  ConflictText,
  CopyLink,
  DifferenceList,
  Disagreements,
  Feedback,
  FindingHelp,
  NextQuestion,
  OneAtATime,
  PatientFigure,
  PlanMap,
  ReadingComparison,
  RefusalMessage,
  ScoreBreakdown,
  SensitivityAnalysis,
  TensionText,
  Thumbnail,
  UnmentionedActions,
});
