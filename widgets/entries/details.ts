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
import { FindingHelp } from '../explorer/finding_help';
import { PlanMap } from '../explorer/state_map';
import { laterParts } from '../frontend/later_parts';
import { ScoreBreakdown } from '../frontend/score_breakdown';

// The build reduces the catalogue to the messages that this file names and page.js does not.
addMessages(catalogue.messages);
Object.assign(later, { changed, argument, closest, firmness, openPoints });
Object.assign(laterParts, { ArgumentDetails, ConflictText, FindingHelp, PlanMap, ScoreBreakdown, TensionText });
