// A page receives no keys while a dialog is open; in the result of a bulk action the same key undoes it. Pages without keys of their own
// leave the key to this script.
document.addEventListener('keydown', event => {
  if (event.key !== 'z' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  const dialog = document.querySelector('.mud-dialog');
  const undo = dialog ? dialog.querySelector('[data-undo-now]') : document.querySelector('[data-undo-key]');
  if (!undo) return;
  event.preventDefault();
  undo.click();
});
