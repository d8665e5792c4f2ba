// The desk hears no keys while a dialog stands: what a bulk verb did is taken back from its result by the same key.
document.addEventListener('keydown', event => {
  if (event.key !== 'z' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  const undo = document.querySelector('.mud-dialog [data-undo-now]');
  if (!undo) return;
  event.preventDefault();
  undo.click();
});
