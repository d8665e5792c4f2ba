// Drafts of dialogs. What is typed is in local storage at once and stays there until it is sent or discarded, whatever happens to the
// circuit. A draft begins with the first typed text: a choice alone is not worth restoring. Passwords, codes and keys are never kept.
const drafts = new Map();
const dayInMs = 24 * 60 * 60 * 1000;

sweep();

export async function open(formId, key, version, state) {
  sweep(personOf(key));
  const form = await appear(() => document.getElementById(formId));
  if (!form) return null;
  const kept = read(key);
  const draft = {
    seen: kept ? { version: kept.version, state: kept.state } : { version, state },
    now: { version, state },
    values: new Map(Object.entries(kept?.values ?? {})),
    texts: new Set(kept?.texts ?? []),
    before: new Map(),
    isPaused: false,
    isForgotten: false,
  };
  drafts.set(key, draft);
  form.dataset.draftKey = key;
  remember(form);
  // Parts of MudBlazor write their value into a hidden input, which raises no event when the server sets it.
  new MutationObserver(changes => {
    for (const { target, oldValue } of changes) {
      if (target.type !== 'hidden' || !isKept(target)) continue;
      if (!draft.before.has(nameOf(target))) draft.before.set(nameOf(target), oldValue ?? '');
      record(target);
    }
  }).observe(form, { subtree: true, attributes: true, attributeFilter: ['value'], attributeOldValue: true });
  if (!kept) return null;
  const order = fieldsOf(form).map(nameOf);
  const names = [...draft.values.keys()].sort((a, b) => place(order, a) - place(order, b));
  return { ...draft.seen, fields: names.map(name => ({ name, value: draft.values.get(name) })) };
}

// Sets a field's value and raises its events, so that the server receives it.
export async function put(formId, name, value, isRecorded) {
  const field = await appear(() => fieldFor(formId, name, value), () => document.getElementById(formId));
  if (!field) return;
  const draft = draftOf(field);
  if (draft) draft.isPaused = !isRecorded;
  if (field.type === 'radio') check(field);
  else if (field.type === 'checkbox') field.checked = value === 'true';
  else field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  if (draft) draft.isPaused = false;
}

// A focused radio passes the focus to the checked one of its group.
function check(radio) {
  const focused = document.activeElement;
  radio.checked = true;
  if (focused.type === 'radio' && focused.name === radio.name && focused.form === radio.form) radio.focus();
}

// Forgets the draft and says what the fields held before.
export function discard(key) {
  localStorage.removeItem(key);
  const draft = drafts.get(key);
  if (!draft) return [];
  const fields = [...draft.values.keys()].map(name => ({ name, value: draft.before.get(name) ?? '' }));
  draft.values.clear();
  draft.texts.clear();
  draft.seen = draft.now;
  return fields;
}

export function forget(key) {
  drafts.delete(key);
  localStorage.removeItem(key);
}

export function focusProblem(formId) {
  const wrong = document.querySelector(`#${formId} [aria-invalid=true]`);
  if (wrong) wrong.focus();
  // The button lost the focus when it was disabled.
  else if (document.activeElement === document.body) document.querySelector(`[form=${formId}][type=submit]`)?.focus();
}

for (const kind of ['input', 'change']) document.addEventListener(kind, event => record(event.target));
// After signing out, sending or discarding in another tab nothing is stored here either. The values stay in memory for discard.
addEventListener('storage', event => {
  for (const [key, draft] of drafts) if (event.key === null || event.key === key && event.newValue === null) draft.isForgotten = true;
});
document.addEventListener('focusin', event => {
  const form = event.target.closest?.('form[data-draft-key]');
  if (form) remember(form);
});

function record(field) {
  const draft = draftOf(field);
  if (!draft || draft.isPaused || !isKept(field)) return;
  const [name, value] = [nameOf(field), valueOf(field)];
  const isChanged = value !== draft.before.get(name);
  if (isChanged) draft.values.set(name, value);
  else draft.values.delete(name);
  if (isText(field)) draft.texts[isChanged ? 'add' : 'delete'](name);
  if (draft.isForgotten) return;
  const key = field.closest('form').dataset.draftKey;
  if (draft.texts.size === 0) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(
    { at: Date.now(), ...draft.seen, values: Object.fromEntries(draft.values), texts: [...draft.texts] }));
}

// Removes drafts of pages and dialogs that are older than a day or the days they name, and those of anybody else than the person who is signed in.
function sweep(person) {
  try {
    for (const key of Object.keys(localStorage).filter(key => key.startsWith('draft:'))) {
      if (!isFresh(key) || person && personOf(key) !== person) localStorage.removeItem(key);
    }
  } catch {
    // A browser without storage has no drafts.
  }
}

// Every key begins with draft:PERSON:
function personOf(key) {
  return key.split(':')[1];
}

function remember(form) {
  const draft = drafts.get(form.dataset.draftKey);
  for (const field of draft ? fieldsOf(form) : [])
    if (!draft.before.has(nameOf(field))) draft.before.set(nameOf(field), valueOf(field));
}

// The stored draft, or null if there is none, it is older than a day, or it is not what record() stores.
function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    const age = Date.now() - kept.at;
    return age >= 0 && age < dayInMs && hasForm(kept) ? kept : null;
  } catch {
    return null;
  }
}

function hasForm({ values, texts, version, state }) {
  const isText = value => typeof value === 'string';
  return values === Object(values) && Object.values(values).every(isText) && Array.isArray(texts) && texts.every(isText)
    && (version == null || Number.isSafeInteger(version)) && (state == null || isText(state));
}

function isFresh(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    const age = Date.now() - kept.at;
    return age >= 0 && age < (kept.days ?? 1) * dayInMs;
  } catch {
    return false;
  }
}

async function appear(find, isWorthWaiting = () => true) {
  for (let tries = 0; tries < 20; tries++) {
    const found = find();
    if (found || !isWorthWaiting()) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return null;
}

// Null while a choice is not offered yet: it appears after the field it depends on was filled.
function fieldFor(formId, name, value) {
  const form = document.getElementById(formId);
  const fields = form ? fieldsOf(form).filter(field => nameOf(field) === name) : [];
  return fields.find(field => field.type === 'radio' ? field.value === value
    : field.localName !== 'select' || [...field.options].some(option => option.value === value));
}

function draftOf(field) {
  return drafts.get(field.closest?.('form')?.dataset.draftKey);
}

function fieldsOf(form) {
  return [...form.querySelectorAll('input, textarea, select')].filter(isKept);
}

function isKept(field) {
  return field.matches('input, textarea, select') && nameOf(field) !== ''
    && !field.matches('[type=password], [type=file], [readonly], [data-no-draft] *') && !/password|one-time-code/.test(field.autocomplete);
}

function isText(field) {
  return field.localName === 'textarea' || field.localName === 'input' && !['radio', 'checkbox', 'hidden'].includes(field.type);
}

function nameOf(field) {
  return field.type === 'radio' ? field.name : field.id || field.name;
}

function valueOf(field) {
  if (field.type === 'radio') return field.closest('form').querySelector(`input[name="${CSS.escape(field.name)}"]:checked`)?.value ?? '';
  return field.type === 'checkbox' ? String(field.checked) : field.value;
}

function place(order, name) {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}
