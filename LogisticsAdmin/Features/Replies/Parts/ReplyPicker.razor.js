// Inserts canned replies as if they were typed: text typed meanwhile stays, and the draft is kept.
export function put(id, text) {
  const field = document.getElementById(id);
  if (!field) return;
  if (text) field.value += (field.value && !/\s$/.test(field.value) ? '\n' : '') + text;
  typed(field, field.value.length);
}

export function expand(id, shortcut, text) {
  const field = document.getElementById(id);
  const at = [...(field?.value.matchAll(/(?<!\S)\/(\S+)(?=\s)\s/g) ?? [])].findLast(found => found[1].normalize('NFKC').toLowerCase() === shortcut);
  if (!at) return;
  const behind = field.value.slice(at.index + at[0].length);
  const caret = Math.max(0, field.selectionEnd - at.index - at[0].length);
  field.value = field.value.slice(0, at.index) + text + behind;
  typed(field, at.index + text.length + caret);
}

export function show(id) {
  document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

function typed(field, caret) {
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
  field.setSelectionRange(caret, caret);
}

// Tab after a known /shortcut expands it, as a space does.
document.addEventListener('keydown', event => {
  const known = event.target.form?.querySelector('[data-shortcuts]')?.dataset.shortcuts?.split(' ');
  if (event.key !== 'Tab' || event.shiftKey || !known || event.target.localName !== 'textarea') return;
  const field = event.target;
  const begun = /(?<!\S)\/(\S+)$/.exec(field.value.slice(0, field.selectionEnd))?.[1];
  if (!begun || !known.includes(begun.normalize('NFKC').toLowerCase())) return;
  event.preventDefault();
  field.setRangeText(' ', field.selectionEnd, field.selectionEnd, 'end');
  typed(field, field.selectionEnd);
});
