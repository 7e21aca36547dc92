/** Entry of figure-lab.js: the drawing of a patient where there is a kernel. */

import { copy, draw, live, show, type Labels, type View } from '../figure/figure';
import type { Drawing, DrawnEntry } from '../figure/state';
import type { Findings } from '../engine/types';
import type { Model } from '../frontend/host';
import { kernelModel } from '../frontend/kernel_model';

function render({ model: given, el }: { model: Model; el: HTMLElement }): () => void {
  const model = kernelModel(given);
  const drawing = model.get('_drawing') as Drawing;
  const svg = copy(String(model.get('_svg')), `figure${Math.random().toString(36).slice(2, 8)}`);
  const caption = document.createElement('figcaption');
  const figure = document.createElement('figure');
  figure.className = 'casebook-figure';
  const views = document.createElement('div');
  views.className = 'casebook-figure-views';
  views.append(svg);
  figure.append(views, caption);
  el.replaceChildren(figure);

  const findings = () => model.get('findings') as Findings;
  const name = live(svg, drawing, model.get('_labels') as Labels, findings, (finding, option) => {
    model.set('findings', { ...findings(), [finding]: option });
    model.save_changes();
  });
  const update = () => {
    const published = model.get('published') as Findings;
    const all = Object.entries(model.get('provenance') as Record<string, string>);
    const provenance = Object.fromEntries(all.filter(([id]) => findings()[id] === published[id]));
    const plan = model.get('plan') ? (model.get('entries') as readonly DrawnEntry[]) : [];
    show(svg, model.get('view') as View);
    draw(svg, drawing, { findings: findings(), provenance, plan }, caption);
    name();
  };
  update();
  model.on('change', update);
  return () => model.off('change', update);
}

export default { render };
