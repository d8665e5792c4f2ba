// A form that was sent without a connection is kept in this browser, for the person who sent it, and sent once when the connection is back:
// with the key that it had, so that the server never applies it twice, and with an antiforgery token of that moment.
const hour = 60 * 60 * 1000;
const antiforgery = '__RequestVerificationToken';
const sent = [];
let isSending = false;

const box = () => document.getElementById('kept');
const person = () => document.getElementById('main')?.dataset.person;

// ---- What is kept -------------------------------------------------------------------------------------------------
function open() {
  return new Promise((done, failed) => {
    const request = indexedDB.open('kept-forms', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('forms', { keyPath: 'key' });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function inStore(mode, act) {
  const database = await open();
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction('forms', mode);
      const request = act(transaction.objectStore('forms'));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

const all = () => inStore('readonly', forms => forms.getAll());
const put = form => inStore('readwrite', forms => forms.put(form));
const remove = form => inStore('readwrite', forms => forms.delete(form.key));
const mine = async () => (await all()).filter(form => form.person === person()).sort((a, b) => a.at - b.at);

// Another person's forms wait for them for a week.
async function sweep() {
  for (const form of await all()) if (form.person !== person() && Date.now() - form.at > 7 * 24 * hour) await remove(form);
}

async function keep(event) {
  const form = event.target;
  const key = form.elements['Input.Key']?.value;
  if (!key || !person()) return;
  const fields = [...new FormData(form)].filter(([name]) => name !== antiforgery);
  await put({
    key: `${person()}:${key}`, person: person(), at: Date.now(), title: form.dataset.keep, page: location.pathname,
    action: new URL(form.action).pathname, draft: event.detail, fields,
  });
  await show();
}

async function discard(form) {
  await remove(form);
  localStorage.removeItem(form.draft);
  await show();
}

// ---- Sending ------------------------------------------------------------------------------------------------------
// Null when nobody or somebody else is signed in: what is kept is never sent in another person's name.
async function tokenFor(someone) {
  const response = await fetch('my', { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.getElementById('main')?.dataset.person === someone ? page.querySelector(`[name=${antiforgery}]`)?.value : null;
}

async function sendEach() {
  for (const form of (await mine()).filter(form => !form.problem)) {
    const token = await tokenFor(form.person);
    if (!token) return;
    const body = new FormData();
    body.append(antiforgery, token);
    for (const [name, value] of form.fields) body.append(name, value);
    const response = await fetch(form.action, { method: 'POST', body });
    const answer = new URL(response.url);
    if (response.status >= 500 || response.status === 429 || answer.href.startsWith(new URL('Account/', document.baseURI))) return;
    if (response.redirected && (answer.searchParams.has('ok') || answer.searchParams.has('used'))) await accepted(form, answer);
    else await put({ ...form, problem: problemIn(await response.text()) });
  }
}

// One tab at a time, and later again if the connection is lost once more.
async function sendAll() {
  if (isSending || !navigator.onLine || !person()) return;
  isSending = true;
  try {
    await (navigator.locks ? navigator.locks.request('kept-forms', sendEach) : sendEach());
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
  } finally {
    isSending = false;
    await show();
  }
}

async function accepted(form, answer) {
  await remove(form);
  localStorage.removeItem(form.draft);
  sent.push({ ...form, answer: answer.pathname });
  // The page still shows the form; somebody who is writing something else is left alone.
  if (location.pathname === form.page && !document.activeElement?.closest('.field')) location.assign(answer);
}

function problemIn(text) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const said = [...page.querySelectorAll('.problem,.error:not([hidden])')].map(line => line.textContent.trim()).filter(line => line);
  return said.join(' ') || box().dataset.lost;
}

// ---- The list -----------------------------------------------------------------------------------------------------
function line(form, state, words, ...actions) {
  const item = document.createElement('p');
  item.dataset.kept = state;
  const said = document.createElement('span');
  said.append(Object.assign(document.createElement('b'), { textContent: form.title }), ` ${words}`);
  item.append(said, ...actions);
  return item;
}

const link = (text, href) => Object.assign(document.createElement('a'), { textContent: text, href });

function button(text, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
  made.addEventListener('click', act);
  return made;
}

async function show() {
  if (!box()) return;
  const words = box().dataset;
  const forms = await mine();
  box().replaceChildren(
    ...sent.map(form => line(form, 'sent', words.sent, link(words.open, form.answer))),
    ...forms.map(form => form.problem
      ? line(form, 'refused', words.refused.replace('{0}', form.problem), link(words.open, form.page),
        button(words.retry, async () => { await put({ ...form, problem: null }); await sendAll(); }), button(words.discard, () => discard(form)))
      : line(form, 'waiting', words.waiting, button(words.discard, () => discard(form)))));
  box().hidden = !box().children.length;
}

async function opened() {
  await show();
  await sendAll();
}

document.addEventListener('form-unsent', keep);
document.addEventListener('submit', async event => {
  if (event.target.action.endsWith('/Account/Logout')) for (const form of await mine()) await remove(form);
});
document.addEventListener('visibilitychange', () => !document.hidden && sendAll());
addEventListener('online', sendAll);
setInterval(async () => (await mine()).some(form => !form.problem) && await sendAll(), 15_000);
globalThis.Blazor?.addEventListener('enhancedload', opened);
sweep();
opened();
