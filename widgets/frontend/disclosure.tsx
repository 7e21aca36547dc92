/** A details element whose content is rendered when it is opened or printed. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { usePrinting } from './hooks';

interface Props {
  class?: string;
  id?: string;
  summary: ComponentChildren;
  /** A function, so that folded content is not rendered. */
  children: () => ComponentChildren;
  /** Whether paper shows the content only if the reader has opened it. */
  onDemand?: boolean;
  /** `data-` attributes of the details element. */
  attributes?: Record<string, string>;
}

export function Disclosure({ summary, children, onDemand = false, attributes, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const printing = usePrinting() && !onDemand;
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
