/** Entry of details.js, loaded when a reader enters the explorer: arguments, counterfactuals and the map. */

import catalogue from '../../casebook/knowledge/messages/en.json';
import { later } from '../engine/explain';
import { argument } from '../engine/explain/argument';
import { closest } from '../engine/explain/closest';
import { firmness } from '../engine/explain/firmness';
import { openPoints } from '../engine/explain/openness';
import { addMessages } from '../engine/messages';
import { ArgumentDetails } from '../explorer/argument';
import { PlanMap } from '../explorer/state_map';
import { WhatWouldChange } from '../frontend/counterfactuals';
import { laterParts } from '../frontend/later_parts';

// The build reduces the catalogue to the messages that this file names and page.js does not.
addMessages(catalogue.messages);
Object.assign(later, { argument, closest, firmness, openPoints });
Object.assign(laterParts, { ArgumentDetails, WhatWouldChange, PlanMap });
