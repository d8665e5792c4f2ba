// The draft of a reply: kept for a day, also after a lost circuit, a restart or a closed tab. An internal note stays one.
const dayInMs = 24 * 60 * 60 * 1000;
// Longer texts would exceed the size of a message to the server.
const maxLength = 60000;

document.addEventListener('input', event => keep(event.target));
document.addEventListener('change', event => {
  if (event.target.matches?.('[data-internal]')) keep(event.target.form.querySelector('textarea[data-draft]'));
});
// Text that was typed before this script was loaded.
for (const field of document.querySelectorAll('textarea[data-draft]')) if (field.value) keep(field);

function keep(field) {
  const key = field?.dataset?.draft;
  if (!key) return;
  const internal = field.form?.querySelector('[data-internal]')?.checked === true;
  if (field.value) localStorage.setItem(key, JSON.stringify({ text: field.value, internal, at: Date.now() }));
  else localStorage.removeItem(key);
}

export function read(key) {
  try {
    const { text, internal, at } = JSON.parse(localStorage.getItem(key)) ?? {};
    const age = Date.now() - at;
    return typeof text === 'string' && text.length <= maxLength && age >= 0 && age < dayInMs ? { text, internal: internal === true } : null;
  } catch {
    return null;
  }
}
