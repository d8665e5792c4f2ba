export function reveal(number) {
  document.querySelector(`tr[data-ticket="${CSS.escape(number)}"]`)?.scrollIntoView({ block: 'nearest' });
}

// Shift marks a range of rows and must not select the text between them.
document.addEventListener('mousedown', event => {
  if (event.shiftKey && event.target.closest('tr[data-ticket]')) event.preventDefault();
});
