/** Entry of evidence.js: the filters of the table of evidence. Without this script the page shows the whole table. */

import List from 'list.js';

import { message } from '../engine/messages';

const COLUMNS = ['study', 'treatment', 'site', 'measure', 'time', 'value', 'printed', 'note', 'source'];
const CHOICES = { treatment: message('evidence-treatment'), site: message('evidence-site') } as const;

function addFilters(element: HTMLElement): void {
  const list = new List(element, { valueNames: COLUMNS.map((name) => `ev-${name}`) });
  const total = list.items.length;

  const controls = document.createElement('div');
  controls.className = 'cb cb-filter';
  const search = document.createElement('input');
  search.type = 'search';
  const count = document.createElement('p');
  count.setAttribute('role', 'status');
  const selects = Object.entries(CHOICES).map(([name, label]) => {
    const select = document.createElement('select');
    select.append(new Option(message('evidence-all'), ''));
    for (const value of valuesOf(list, name)) select.append(new Option(value, value));
    select.addEventListener('change', filter);
    controls.append(labelled(label, select));
    return { name, select };
  });
  controls.prepend(labelled(message('evidence-search'), search));
  controls.append(count);
  element.prepend(controls);

  search.addEventListener('input', () => list.search(search.value));
  list.on('updated', showCount);
  showCount();
  reveal();
  addEventListener('hashchange', reveal);

  function filter(): void {
    list.filter((item) =>
      selects.every(({ name, select }) => !select.value || textOf(item, name) === select.value),
    );
  }

  function showCount(): void {
    count.textContent = message('evidence-count', { shown: list.matchingItems.length, count: total });
  }

  /** A link to a row that is filtered out resets the filters. */
  function reveal(): void {
    const address = location.hash.slice(1);
    if (!address.startsWith('evidence-') || document.getElementById(address)) return;
    search.value = '';
    for (const { select } of selects) select.value = '';
    list.search('');
    filter();
    document.getElementById(address)?.scrollIntoView();
  }
}

function valuesOf(list: List, name: string): string[] {
  return [...new Set(list.items.map((item) => textOf(item, name)))].sort((a, b) => a.localeCompare(b));
}

function textOf(item: { values(): Record<string, string> }, name: string): string {
  const cell = document.createElement('template');
  cell.innerHTML = item.values()[`ev-${name}`] ?? '';
  return (cell.content.textContent ?? '').trim();
}

function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  const label = document.createElement('label');
  label.append(`${text} `, control);
  return label;
}

document.querySelectorAll<HTMLElement>('.casebook-evidence').forEach(addFilters);
