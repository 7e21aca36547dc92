/** Loads a classic script, over http or from disk; a module would not run over file://. */

export function script(address: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = address;
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}
