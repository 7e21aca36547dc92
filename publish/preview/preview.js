/* In every page of the preview: reloads the page when there is a newer version, and shows the faults of an edit. */
{
  const { page, stamp, heading: headingText, hide } = document.currentScript.dataset;
  const events = new EventSource(`/_preview/events?${new URLSearchParams({ page, stamp })}`);
  let panel;

  events.onmessage = ({ data }) => {
    const { newer, faults } = JSON.parse(data);
    if (newer) {
      events.close();
      location.reload();
      return;
    }
    show(faults);
  };

  // An open connection would delay the next page.
  addEventListener('pagehide', () => events.close());

  const show = (faults) => {
    panel?.remove();
    panel = undefined;
    if (faults.length === 0) return;
    panel = document.createElement('section');
    panel.id = 'preview-faults';
    panel.setAttribute('role', 'alert');
    panel.style.cssText =
      'position:fixed;inset:auto 0 0 0;z-index:10000;max-height:50vh;overflow:auto;padding:0.75rem 1rem;' +
      'background:#fff;color:#1a1a1a;border-top:4px solid #b3261e;font:1rem/1.4 system-ui,sans-serif;';
    const heading = document.createElement('p');
    heading.style.cssText = 'margin:0;color:inherit';
    const strong = document.createElement('strong');
    strong.textContent = headingText;
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = hide;
    close.style.cssText = 'margin-inline-start:1rem;min-height:1.75rem;min-width:3rem';
    close.addEventListener('click', () => panel.remove());
    heading.append(strong, close);
    const list = document.createElement('ul');
    list.style.cssText = 'margin:0.5rem 0 0;overflow-wrap:anywhere;font-family:monospace';
    for (const fault of faults) {
      const item = document.createElement('li');
      item.textContent = fault;
      list.append(item);
    }
    panel.append(heading, list);
    document.body.append(panel);
  };
}
