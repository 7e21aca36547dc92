/** A component that renders again only when a prop has changed. */

import { Component, h, type ComponentChild, type FunctionComponent } from 'preact';

type Props = Record<string, unknown>;

export function memo<P extends object>(draw: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return differs(this.props as Props, next as Props);
    }

    override render(props: Readonly<P>): ComponentChild {
      return h(draw, props as P);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}

function differs(before: Props, after: Props): boolean {
  return (
    Object.keys(after).some((key) => after[key] !== before[key]) ||
    Object.keys(before).some((key) => !(key in after))
  );
}
