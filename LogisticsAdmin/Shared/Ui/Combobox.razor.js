// What the server hears of too late to prevent: Enter would send the form, Escape close the dialog, arrows move the caret.
export function listen(input, combobox) {
  input?.addEventListener('keydown', event => {
    if (input.getAttribute('aria-expanded') !== 'true') return;
    if (['Enter', 'ArrowDown', 'ArrowUp'].includes(event.key)) event.preventDefault();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    combobox.invokeMethodAsync('CloseList');
  });
}
