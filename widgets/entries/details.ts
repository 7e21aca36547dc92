/** What a page fetches when a reader goes into the explorer: arguments, what would change a result, and the map. */

import catalogue from '../../casebook/knowledge/messages/en.json';
import { later } from '../engine/explain';
import { argument } from '../engine/explain/argument';
import { closest } from '../engine/explain/closest';
import { firmness } from '../engine/explain/firmness';
import { openPoints } from '../engine/explain/openness';
import { addMessages } from '../engine/messages';
import { Why } from '../explorer/argument';
import { PlanMap } from '../explorer/state_map';
import { WhatWouldChange } from '../frontend/counterfactuals';
import { parts } from '../frontend/later_parts';

// Of the catalogue, the build leaves here what this file names and the page does not.
addMessages(catalogue.messages);
Object.assign(later, { argument, closest, firmness, openPoints });
Object.assign(parts, { Why, WhatWouldChange, PlanMap });
