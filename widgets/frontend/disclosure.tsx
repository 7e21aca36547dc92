/** A native details element whose inside is made when it is first needed: opened, or printed. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { usePrinting } from './hooks';

interface Props {
  class?: string;
  id?: string;
  summary: ComponentChildren;
  /** Given as a function, so that what is folded costs nothing. */
  children: () => ComponentChildren;
  /** `data-` attributes of the details element. */
  attributes?: Record<string, string>;
}

export function Disclosure({ summary, children, attributes, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const printing = usePrinting();
  return (
    <details
      {...rest}
      {...attributes}
      open={open || printing}
      onToggle={(event) => {
        // The browser opens it by itself for a search in the page or for a script.
        if (!printing) setOpen(event.currentTarget.open);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is the control of its details */}
      <summary
        onClick={(event) => {
          event.preventDefault();
          setOpen(!open);
        }}
      >
        {summary}
      </summary>
      {(open || printing) && <div class="cb-body">{children()}</div>}
    </details>
  );
}
