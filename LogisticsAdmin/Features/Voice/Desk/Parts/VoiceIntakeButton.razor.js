// The key presses the button wherever a page has it. While something is typed, and in dialogs, it is a letter.
document.addEventListener('keydown', event => {
  if (event.key !== 'n' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = document.querySelector('[data-record-case]');
  if (!button || document.querySelector('.mud-dialog, dialog[open]')) return;
  if (event.target.closest('input:not(.mark), textarea, select, [contenteditable]')) return;
  event.preventDefault();
  button.click();
});
