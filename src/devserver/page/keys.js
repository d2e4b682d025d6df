// One key, one deed; nothing is taken from who is writing.

// A dialog that was just closed keeps the focus until the next frame: nobody writes there any more.
const isWriting = (element) => element.matches('input:not([type=checkbox]), textarea, select, [contenteditable]') &&
    !element.closest('dialog:not([open])');

/** `deeds`    {j: f, Escape: g}; they wait while a dialog is open (`busy`). */
export function listen(deeds, busy) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || busy()) return;
    if (isWriting(event.target) && event.key !== 'Escape') return;
    // Enter on a button is the button's.
    if (event.key === 'Enter' && event.target !== document.body) return;
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}
