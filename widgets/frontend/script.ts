/** Loads classic scripts and style sheets, over http or from disk; a module would not run over file://. */

export function script(address: string): Promise<unknown> {
  return loaded(Object.assign(document.createElement('script'), { src: address }));
}

export function stylesheet(address: string): Promise<unknown> {
  return loaded(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address }));
}

function loaded(element: HTMLElement): Promise<unknown> {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}
