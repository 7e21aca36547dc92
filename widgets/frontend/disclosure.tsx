/** A details element whose content is rendered when it is first opened or printed. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { usePrinting } from './hooks';

interface Props {
  class?: string;
  id?: string;
  summary: ComponentChildren;
  /** A function, so that folded content is not rendered. */
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
        // The browser opens it for a search in the page or for a script.
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
