/** The question that the address of the page names. */

/** Opens the named question of a quiz and focuses its words, now and after every change of the address; returns an end to it. */
export function openLinkedQuestion(quiz: HTMLElement): () => void {
  const open = () => {
    const question = document.getElementById(location.hash.slice(1));
    if (!(question instanceof HTMLDetailsElement) || !quiz.contains(question)) return;
    question.open = true;
    question.scrollIntoView();
    question.querySelector('summary')?.focus({ preventScroll: true });
  };
  open();
  addEventListener('hashchange', open);
  return () => removeEventListener('hashchange', open);
}
