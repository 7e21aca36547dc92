/** Where this script and its style sheet lie: each is asked for anew when the page is. */

const SCRIPT = (document.currentScript as HTMLScriptElement).src;

export const STYLE = SCRIPT.replace('present.js', 'present.css');

/** Has the style sheet in the page before anything is drawn with it. */
export function styled(): Promise<unknown> {
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = STYLE;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}
