// Loaded by import, for the digits that choose.
export {};

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  if (event.target.closest('textarea, select, input:not([type=radio])')) return;
  const radio = document.querySelector(`.mud-dialog .ranked [data-choice-key="${event.key}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.click();
  radio.focus();
});
