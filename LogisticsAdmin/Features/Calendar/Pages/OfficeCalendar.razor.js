// Days of the calendar: arrows step by day and week, Page Up and Down by month; one of them at a time is a stop of the Tab key.
const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

document.addEventListener('keydown', event => {
  const from = event.target.closest?.('[data-day]')?.dataset.day;
  const months = { PageUp: -1, PageDown: 1 }[event.key];
  if (!from || event.ctrlKey || event.metaKey || event.altKey || !(event.key in steps || months)) return;
  const [year, month, day] = from.split('-').map(Number);
  const last = months && new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const to = months ? new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))) : new Date(Date.UTC(year, month - 1, day + steps[event.key]));
  event.preventDefault();
  document.querySelector(`[data-day="${to.toISOString().slice(0, 10)}"]`)?.focus();
});

document.addEventListener('focusin', event => {
  if (!event.target.matches('[data-day]')) return;
  document.querySelectorAll('[data-day][tabindex="0"]').forEach(other => { other.tabIndex = -1; });
  event.target.tabIndex = 0;
});
