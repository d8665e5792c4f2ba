// The texts of a notice. What is typed stays in the fields and in local storage; the server fetches it after a pause. Toolbar, shortcuts and
// uploads work without asking the server first.
const editors = new WeakMap();
const pauseInMs = 700;
const dayInMs = 24 * 60 * 60 * 1000;
const nothing = () => {};

// What could not be told while the connection was lost is told when it is back.
let latest = null;
document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'hide' && latest?.root.isConnected) tell(latest);
});

export function open(root, page, settings) {
  if (!root) return { isRestored: false, version: 0 };
  let editor = editors.get(root);
  if (!editor) {
    editor = { root, sequence: 0, timer: 0 };
    editors.set(root, editor);
    listen(editor);
    root.dataset.ready = '';
  }
  latest = editor;
  Object.assign(editor, { page, settings, version: settings.version, isOpen: settings.isOpen });
  const kept = settings.isOpen ? read(settings.key) : null;
  if (!kept || fieldsOf(root).every(field => (kept.values[field.dataset.text] ?? field.value) === field.value)) {
    if (kept) localStorage.removeItem(settings.key);
    return { isRestored: false, version: 0 };
  }
  for (const field of fieldsOf(root)) field.value = kept.values[field.dataset.text] ?? field.value;
  editor.version = kept.version;
  editor.sequence++;
  return { isRestored: true, version: kept.version };
}

// As bytes, because a text can be longer than a message of the connection.
export function texts(root) {
  const editor = editors.get(root);
  const values = { sequence: editor?.sequence ?? 0 };
  for (const field of fieldsOf(root)) values[lower(field.dataset.text)] = field.value;
  return new TextEncoder().encode(JSON.stringify(values));
}

export function saved(root, sequence, version) {
  const editor = editors.get(root);
  if (!editor) return;
  editor.version = version;
  if (editor.sequence === sequence) localStorage.removeItem(editor.settings.key);
  else keep(editor);
}

// What stands in the storage is newer than this version, which was stored when the page was left.
export function stored(key, before, version) {
  const kept = read(key);
  if (kept?.version === before) write(key, { ...kept, version });
}

// Shows stored texts, unless something was typed after this sequence; then it answers false. What was typed before is dropped with the fields'
// old texts, unless it is to be kept, or the fields were read-only and it is older than they.
export function put(root, values, version, isOpen, sequence, keepsTyped) {
  const editor = editors.get(root);
  if (editor && sequence !== null && editor.sequence !== sequence) return false;
  for (const field of fieldsOf(root)) {
    const value = values[lower(field.dataset.text)] ?? '';
    if (field.value !== value) field.value = value;
  }
  if (!editor) return true;
  clearTimeout(editor.timer);
  if (editor.isOpen && !keepsTyped) localStorage.removeItem(editor.settings.key);
  Object.assign(editor, { version, isOpen });
  return true;
}

export function allow(root, isOpen) {
  const editor = editors.get(root);
  if (editor) editor.isOpen = isOpen;
  requestAnimationFrame(() => bodyOf(root)?.focus());
}

export function forget(root) {
  const editor = editors.get(root);
  if (!editor) return;
  localStorage.removeItem(editor.settings.key);
  editor.isOpen = false;
}

export function insert(root, text) {
  const body = bodyOf(root);
  if (!body) return;
  body.focus();
  const before = body.value.slice(0, body.selectionStart);
  type(body, (before.length === 0 || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n') + text);
}

export function focusProblem(root) {
  requestAnimationFrame(() => [...root.querySelectorAll('[aria-invalid=true]')].find(isShown)?.focus());
}

function listen(editor) {
  const { root } = editor;
  root.addEventListener('input', event => {
    if (event.target.dataset.text) changed(editor);
  });
  root.addEventListener('click', event => {
    const tool = event.target.closest('[data-md]');
    const body = bodyOf(root);
    if (tool && body) apply(body, tool.dataset.md);
  });
  root.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.code === 'KeyS' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      editor.page.invokeMethodAsync('SaveNowAsync').catch(nothing);
      return;
    }
    if (!event.target.matches('[data-body]')) return;
    const tool = toolFor(event);
    if (!tool) return;
    event.preventDefault();
    apply(event.target, tool);
  });
  root.addEventListener('change', event => {
    const { upload } = event.target.dataset;
    if (!upload) return;
    send(editor, [...event.target.files], upload === 'picture');
    event.target.value = '';
  });
  root.addEventListener('paste', event => {
    // Spreadsheets and text programs offer a picture of the copied text beside the text itself.
    if (!event.clipboardData?.types.includes('text/plain')) take(editor, event, event.clipboardData);
  });
  root.addEventListener('dragover', event => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  root.addEventListener('drop', event => take(editor, event, event.dataTransfer));
}

function take(editor, event, data) {
  const files = [...data?.files ?? []];
  if (files.length === 0 || !editor.isOpen) return;
  event.preventDefault();
  const pictures = files.filter(file => file.type.startsWith('image/'));
  send(editor, pictures, true);
  send(editor, files.filter(file => !pictures.includes(file)), false);
}

// One after the other: the server admits one upload of a person at a time.
async function send(editor, files, isPicture) {
  if (files.length === 0 || !editor.isOpen) return;
  const state = editor.root.querySelector('[data-uploading]');
  state?.removeAttribute('hidden');
  let problem = null;
  for (const file of files) {
    if (file.size > editor.settings.maxBytes) {
      problem = editor.settings.tooLarge;
      continue;
    }
    const body = new FormData();
    body.append('file', file);
    body.append('picture', isPicture);
    body.append('__RequestVerificationToken', document.querySelector('input[name=__RequestVerificationToken]')?.value ?? '');
    const response = await fetch(editor.settings.upload, { method: 'POST', body }).catch(() => null);
    const said = await response?.json().catch(() => ({})) ?? {};
    if (!response?.ok) problem = typeof said.problem === 'string' ? said.problem : editor.settings.failed;
    else if (isPicture) insert(editor.root, `![${said.name.replace(/\.[^.]*$/, '').replace(/[[\]]/g, '')}](photos/${said.key.replaceAll('-', '')})`);
  }
  state?.setAttribute('hidden', '');
  editor.page.invokeMethodAsync('UploadedAsync', problem).catch(nothing);
}

function changed(editor) {
  editor.sequence++;
  keep(editor);
  clearTimeout(editor.timer);
  editor.timer = setTimeout(() => tell(editor), pauseInMs);
}

function tell(editor) {
  editor.page.invokeMethodAsync('TypedAsync').catch(nothing);
}

function keep(editor) {
  const values = Object.fromEntries(fieldsOf(editor.root).map(field => [field.dataset.text, field.value]));
  write(editor.settings.key, { at: Date.now(), days: editor.settings.keptDays, version: editor.version, values });
}

function write(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage: the server saves soon anyway.
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    const age = Date.now() - kept.at;
    return age >= 0 && age < (kept.days ?? 1) * dayInMs && Number.isSafeInteger(kept.version) && kept.values === Object(kept.values)
      && Object.values(kept.values).every(value => typeof value === 'string') ? kept : null;
  } catch {
    return null;
  }
}

function toolFor(event) {
  if (event.altKey) return event.code === 'Digit2' ? 'heading' : null;
  if (event.shiftKey) return { Digit7: 'numbers', Digit8: 'bullets', Digit9: 'quote' }[event.code];
  return { KeyB: 'bold', KeyI: 'italic', KeyK: 'link' }[event.code];
}

function apply(body, tool) {
  if (body.readOnly) return;
  body.focus();
  const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
  switch (tool) {
    case 'bold': return wrap(body, '**', '**');
    case 'italic': return wrap(body, '*', '*');
    case 'link': return /^https?:\S+$/.test(chosen) ? wrap(body, '[](', ')', 1) : wrap(body, '[', '](https://)', chosen ? chosen.length + 3 : 1);
    case 'heading': return lines(body, line => line.startsWith('## ') ? line.slice(3) : `## ${line}`);
    case 'bullets': return lines(body, line => line.startsWith('- ') ? line.slice(2) : `- ${line}`);
    case 'numbers': return lines(body, (line, i) => /^\d+\. /.test(line) ? line.replace(/^\d+\. /, '') : `${i + 1}. ${line}`);
    case 'quote': return lines(body, line => line.startsWith('> ') ? line.slice(2) : `> ${line}`);
    case 'table': return insertTable(body);
  }
}

function insertTable(body) {
  const before = body.value.slice(0, body.selectionStart);
  type(body, `${before.length === 0 || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'}|  |  |\n| --- | --- |\n|  |  |\n`);
}

function wrap(body, before, after, caret) {
  const { selectionStart: start, selectionEnd: end, value } = body;
  const chosen = value.slice(start, end);
  type(body, before + chosen + after);
  if (caret !== undefined) body.setSelectionRange(start + caret, start + caret);
  else body.setSelectionRange(start + before.length, start + before.length + chosen.length);
}

function lines(body, change) {
  const { value } = body;
  const start = value.lastIndexOf('\n', body.selectionStart - 1) + 1;
  const next = value.indexOf('\n', body.selectionEnd);
  const end = next < 0 ? value.length : next;
  const text = value.slice(start, end).split('\n').map(change).join('\n');
  body.setSelectionRange(start, end);
  type(body, text);
  body.setSelectionRange(text.includes('\n') ? start : start + text.length, start + text.length);
}

// As if it were typed, so that the browser's own undo takes it back.
function type(field, text) {
  if (text.length > 0 && document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function fieldsOf(root) {
  return [...root?.querySelectorAll('[data-text]') ?? []];
}

function bodyOf(root) {
  return [...root?.querySelectorAll('[data-body]') ?? []].find(isShown);
}

function isShown(element) {
  return element.offsetParent !== null;
}

function lower(name) {
  return name[0].toLowerCase() + name.slice(1);
}
