// The desk receives no keys while a dialog is open; in the result of a bulk verb the same key undoes it.
document.addEventListener('keydown', event => {
  if (event.key !== 'z' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  const undo = document.querySelector('.mud-dialog [data-undo-now]');
  if (!undo) return;
  event.preventDefault();
  undo.click();
});
