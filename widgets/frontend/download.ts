/** Downloads of files. */

export function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // Later, because the browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
