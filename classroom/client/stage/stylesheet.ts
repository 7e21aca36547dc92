/** The style sheet of present.js, which is beside it and has the same version. */

const SCRIPT = (document.currentScript as HTMLScriptElement).src;

export const STYLESHEET = SCRIPT.replace('present.js', 'present.css');
