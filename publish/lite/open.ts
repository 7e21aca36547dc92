/** The page that loads the editor of a case, tells how far it is, and runs the notebook once. */

import { message } from '../../widgets/engine/messages';
import { download } from '../../widgets/frontend/download';

interface Shipped {
  cases: Record<string, string>;
  loads: Record<string, number>;
}

/** What is used of JupyterLab, which shows itself to this page. */
interface Lab {
  commands: { execute(command: string, options?: unknown): Promise<unknown> };
  serviceManager: { contents: Contents };
  shell: { currentWidget: { context?: Context; content?: Cells } | null };
}

interface Contents {
  delete(path: string): Promise<void>;
  get(path: string, options: { content: true; type: 'notebook' }): Promise<{ content: Notebook }>;
}

interface Notebook {
  metadata: { kernelspec?: unknown };
}

interface Cells {
  widgets: { model: { sharedModel: { source: string } } }[];
  activeCellIndex: number;
  scrollToItem(index: number): Promise<void>;
}

interface Context {
  isReady: boolean;
  model: { dirty: boolean; stateChanged: { connect(heard: () => void): void; disconnect(heard: () => void): void } };
  save(): Promise<void>;
  sessionContext: { ready: Promise<void>; session: { kernel: { info: Promise<unknown> } | null } | null };
}

const PATIENCE = 180_000;

const element = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;

function tell(text: string, done?: number): void {
  element('told').textContent = text;
  const progress = element<HTMLProgressElement>('progress');
  progress.hidden = done === 1;
  if (done === undefined) progress.removeAttribute('value');
  else progress.value = done;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

/** Load what is large into the browser's cache, where the editor then finds it. */
async function load(loads: Record<string, number>): Promise<void> {
  const all = Object.values(loads).reduce((sum, bytes) => sum + bytes, 0);
  let read = 0;
  const one = async (address: string) => {
    const response = await fetch(address);
    if (!response.ok || !response.body) throw new Error(message('lite-not-loaded', { address, status: response.status }));
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      read += value.byteLength;
      tell(message('lite-loading', { read: megabytes(read), all: megabytes(all) }), Math.min(read / all, 0.99));
    }
  };
  await Promise.all(Object.keys(loads).map(one));
}

/** Wait until JupyterLab shows something; it has no event for what lies outside it. */
async function until<Value>(look: () => Value | null | undefined | false): Promise<Value> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) throw new Error(message('lite-too-long'));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Wait for something that may never come. */
function soon<Value>(coming: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(message('lite-too-long'))), PATIENCE));
  return Promise.race([coming, late]);
}

/**
 * Let nothing that happens until the returned function is called count as a change, but for cells written meanwhile.
 *
 * A notebook that was only opened and run is not kept: it would hide a later edition of the case.
 */
function withoutChange(cells: Cells, { model }: Context): () => void {
  const written = () => cells.widgets.map((cell) => cell.model.sharedModel.source).join('\f');
  const before = written();
  const stayClean = () => {
    if (model.dirty) model.dirty = false;
  };
  stayClean();
  model.stateChanged.connect(stayClean);
  return () => {
    model.stateChanged.disconnect(stayClean);
    if (before !== written()) model.dirty = true;
  };
}

/** The kernel that a notebook names in the local book; the one of this editor has another name. */
const KERNEL = { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' };

/** Give the reader the notebook as the local book opens it. */
async function give(contents: Contents, context: Context, path: string): Promise<void> {
  if (context.model.dirty) await context.save();
  const { content } = await contents.get(path, { content: true, type: 'notebook' });
  const notebook = { ...content, metadata: { ...content.metadata, kernelspec: KERNEL } };
  download(path.slice(path.lastIndexOf('/') + 1), `${JSON.stringify(notebook, null, 1)}\n`);
}

async function edit(id: string, title: string, shipped: Shipped): Promise<void> {
  const path = `cases/${id}.ipynb`;
  document.title = message('lite-title', { title });
  element('choice').remove();
  element('bar').hidden = false;
  element('title').textContent = title;
  element<HTMLAnchorElement>('back').href = `../cases/${id}.html`;
  element<HTMLAnchorElement>('yaml').href = `edit/index.html?path=cases/${id}.yml`;
  await load(shipped.loads);

  tell(message('lite-opening'));
  const frame = document.createElement('iframe');
  frame.title = message('lite-frame', { title });
  frame.src = `notebooks/index.html?path=${path}`;
  document.body.append(frame);
  const lab = await until(() => (frame.contentWindow as unknown as { jupyterapp?: Lab } | null)?.jupyterapp);
  const context = await until(() => lab.shell.currentWidget?.context?.isReady && lab.shell.currentWidget.context);
  const cells = await until(() => lab.shell.currentWidget?.content);
  const countChanges = withoutChange(cells, context);

  const save = element<HTMLButtonElement>('download');
  const restore = element<HTMLButtonElement>('restore');
  const { contents } = lab.serviceManager;
  save.disabled = restore.disabled = false;
  save.addEventListener('click', () => {
    give(contents, context, path).catch((error: Error) => tell(message('lite-not-downloaded', { why: error.message }), 1));
  });
  restore.addEventListener('click', async () => {
    if (!confirm(message('lite-restore'))) return;
    context.model.dirty = false;
    await contents.delete(path);
    location.reload();
  });

  tell(message('lite-starting'));
  await context.sessionContext.ready;
  await soon((await until(() => context.sessionContext.session?.kernel)).info);
  tell(message('lite-running'));
  await lab.commands.execute('notebook:run-all-cells');
  countChanges();
  cells.activeCellIndex = 0;
  await cells.scrollToItem(0);
  tell(message('lite-done'), 1);
}

async function begin(): Promise<void> {
  if (location.protocol === 'file:') {
    element('said').textContent = message('lite-needs-server');
    return;
  }
  const shipped = (await (await fetch('shipped.json')).json()) as Shipped;
  const id = new URLSearchParams(location.search).get('case');
  const title = id === null || !Object.hasOwn(shipped.cases, id) ? undefined : shipped.cases[id];
  if (id === null || title === undefined) return;
  await edit(id, title, shipped);
}

begin().catch((error: Error) => tell(message('lite-not-started', { why: error.message }), 1));
