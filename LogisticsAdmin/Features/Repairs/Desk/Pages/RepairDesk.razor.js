// The rows have no handlers of their own: fifty rows of every open desk would each keep theirs on the server.
let desk = null;

export function listen(page) {
  desk = page;
}

document.addEventListener('click', event => {
  const row = event.target.closest('.tickets tr[data-ticket]');
  if (!row || !desk) return;
  const isMark = event.target.matches('.mark') || event.shiftKey || event.ctrlKey || event.metaKey;
  const number = row.dataset.ticket;
  (isMark ? desk.invokeMethodAsync('MarkRow', number, event.shiftKey) : desk.invokeMethodAsync('ChooseAsync', number)).catch(() => {});
});

export function reveal(number) {
  document.querySelector(`tr[data-ticket="${CSS.escape(number)}"]`)?.scrollIntoView({ block: 'nearest' });
}

// Shift marks a range of rows and must not select the text between them.
document.addEventListener('mousedown', event => {
  if (event.shiftKey && event.target.closest('tr[data-ticket]')) event.preventDefault();
});
