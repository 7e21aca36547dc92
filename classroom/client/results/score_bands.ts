/** Where the bands of SINS begin and end, and what they are called. */

import { createContext } from 'preact';

import '../../../widgets/frontend/window';

export interface Band {
  readonly id: string;
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** The least grave first: in a page from the knowledge beside it, in JupyterLab from the kernel. */
export const Scale = createContext<readonly Band[]>(
  window.casebook?.knowledge?.scores.find(({ id }) => id === 'sins')?.bands ?? [],
);
