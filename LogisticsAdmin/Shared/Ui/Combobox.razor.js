// Default actions that the server is told of too late to prevent: Enter submits the form, Escape closes the dialog, arrows move the caret.
export function listen(input, combobox) {
  input?.addEventListener('keydown', event => {
    if (input.getAttribute('aria-expanded') !== 'true') return;
    if (['Enter', 'ArrowDown', 'ArrowUp'].includes(event.key)) event.preventDefault();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    combobox.invokeMethodAsync('CloseList');
  });
}
