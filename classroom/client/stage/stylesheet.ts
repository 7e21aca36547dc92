/** The style sheet of present.js, which is beside it and has the same version. */

const SCRIPT = (document.currentScript as HTMLScriptElement).src;

export const STYLESHEET = SCRIPT.replace('present.js', 'present.css');

/** Loads the style sheet before anything is drawn. */
export function loadStylesheet(): Promise<unknown> {
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = STYLESHEET;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}
