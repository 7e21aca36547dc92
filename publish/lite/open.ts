/** The page that loads the editor of a case, shows the progress, and runs the notebook once. */

import { message } from '../../widgets/engine/messages';
import { download } from '../../widgets/frontend/download';

interface Shipped {
  cases: Record<string, string>;
  loads: Record<string, number>;
}

/** The parts of JupyterLab in use, which JupyterLab exposes to this page. */
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
  model: { dirty: boolean; stateChanged: { connect(listener: () => void): void; disconnect(listener: () => void): void } };
  save(): Promise<void>;
  sessionContext: { ready: Promise<void>; session: { kernel: { info: Promise<unknown> } | null } | null };
}

const TIMEOUT = 180_000;

const element = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;

function showProgress(text: string, done?: number): void {
  element('told').textContent = text;
  const progress = element<HTMLProgressElement>('progress');
  progress.hidden = done === 1;
  if (done === undefined) progress.removeAttribute('value');
  else progress.value = done;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

/** Loads the large files into the cache of the browser, from which the editor takes them. */
async function load(loads: Record<string, number>): Promise<void> {
  const total = Object.values(loads).reduce((sum, bytes) => sum + bytes, 0);
  let loaded = 0;
  const loadFile = async (address: string) => {
    const response = await fetch(address);
    if (!response.ok || !response.body) throw new Error(message('lite-load-failed', { file: address, status: response.status }));
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      loaded += value.byteLength;
      const sizes = { loaded: megabytes(loaded), total: megabytes(total) };
      showProgress(message('lite-loading', sizes), Math.min(loaded / total, 0.99));
    }
  };
  await Promise.all(Object.keys(loads).map(loadFile));
}

/** Waits until JupyterLab shows something, for which it has no event. */
async function until<Value>(find: () => Value | null | undefined | false): Promise<Value> {
  const end = Date.now() + TIMEOUT;
  for (;;) {
    const found = find();
    if (found) return found;
    if (Date.now() > end) throw new Error(message('lite-timeout'));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Waits for a promise, but not for ever. */
function withTimeout<Value>(promise: Promise<Value>): Promise<Value> {
  const timeout = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(message('lite-timeout'))), TIMEOUT));
  return Promise.race([promise, timeout]);
}

/**
 * Until the returned function is called, only edits of cells count as changes.
 *
 * A notebook that was only opened and run must not be stored, because it would hide later versions of the case.
 */
function ignoreChanges(cells: Cells, { model }: Context): () => void {
  const sources = () => cells.widgets.map((cell) => cell.model.sharedModel.source).join('\f');
  const before = sources();
  const keepClean = () => {
    if (model.dirty) model.dirty = false;
  };
  keepClean();
  model.stateChanged.connect(keepClean);
  return () => {
    model.stateChanged.disconnect(keepClean);
    if (before !== sources()) model.dirty = true;
  };
}

/** The kernel of a notebook in the local book; the kernel of this editor has another name. */
const KERNEL = { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' };

/** Downloads the notebook in the form in which the local book opens it. */
async function downloadNotebook(contents: Contents, context: Context, path: string): Promise<void> {
  if (context.model.dirty) await context.save();
  const { content } = await contents.get(path, { content: true, type: 'notebook' });
  const notebook = { ...content, metadata: { ...content.metadata, kernelspec: KERNEL } };
  download(path.slice(path.lastIndexOf('/') + 1), `${JSON.stringify(notebook, null, 1)}\n`);
}

async function edit(id: string, title: string, shipped: Shipped): Promise<void> {
  const path = `cases/${id}.ipynb`;
  document.title = message('lite-title', { case: title });
  element('choice').remove();
  element('bar').hidden = false;
  element('title').textContent = title;
  element<HTMLAnchorElement>('back').href = `../cases/${id}.html`;
  element<HTMLAnchorElement>('yaml').href = `edit/index.html?path=cases/${id}.yml`;
  await load(shipped.loads);

  showProgress(message('lite-opening'));
  const frame = document.createElement('iframe');
  frame.title = message('lite-frame', { case: title });
  frame.src = `notebooks/index.html?path=${path}`;
  document.body.append(frame);
  const lab = await until(() => (frame.contentWindow as unknown as { jupyterapp?: Lab } | null)?.jupyterapp);
  const context = await until(() => lab.shell.currentWidget?.context?.isReady && lab.shell.currentWidget.context);
  const cells = await until(() => lab.shell.currentWidget?.content);
  const countChanges = ignoreChanges(cells, context);

  const save = element<HTMLButtonElement>('download');
  const restore = element<HTMLButtonElement>('restore');
  const { contents } = lab.serviceManager;
  save.disabled = restore.disabled = false;
  save.addEventListener('click', () => {
    downloadNotebook(contents, context, path).catch((error: Error) => showProgress(message('lite-download-failed', { reason: error.message }), 1));
  });
  restore.addEventListener('click', async () => {
    if (!confirm(message('lite-restore-question'))) return;
    context.model.dirty = false;
    await contents.delete(path);
    location.reload();
  });

  showProgress(message('lite-starting'));
  await context.sessionContext.ready;
  await withTimeout((await until(() => context.sessionContext.session?.kernel)).info);
  showProgress(message('lite-running'));
  await lab.commands.execute('notebook:run-all-cells');
  countChanges();
  cells.activeCellIndex = 0;
  await cells.scrollToItem(0);
  showProgress(message('lite-ready'), 1);
}

async function begin(): Promise<void> {
  if (location.protocol === 'file:') {
    element('said').textContent = message('lite-server');
    return;
  }
  const shipped = (await (await fetch('shipped.json')).json()) as Shipped;
  const id = new URLSearchParams(location.search).get('case');
  const title = id === null || !Object.hasOwn(shipped.cases, id) ? undefined : shipped.cases[id];
  if (id === null || title === undefined) return;
  await edit(id, title, shipped);
}

begin().catch((error: Error) => showProgress(message('lite-failed', { reason: error.message }), 1));
