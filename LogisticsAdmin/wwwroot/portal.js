// What phones do better with a script; every page works without it. Server-rendered messages sit in data attributes.
// Modules beside components (X.razor.js) do what only their markup needs. Between them and this script go three events:
//   field-problem  from a module: its field has this problem (detail), or none (null).
//   form-unsent    to modules: there is no connection for this form, whose draft has the key in detail.
//   field-restored to modules: a field got its draft back; what has to happen before the next field gets its own is pushed onto detail.
(() => {
  const dayInMs = 24 * 60 * 60 * 1000;

  // ---- Messages at the field -------------------------------------------------------------------------------------
  function say(field, message) {
    const line = document.getElementById(field.getAttribute('aria-describedby'));
    if (line) {
      line.textContent = message ?? '';
      line.hidden = !message;
    }
    if (message) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }

  function problemOf(field) {
    const { required, maxlength, toolong, pattern } = field.dataset;
    if (field.type === 'radio') return required && !field.form.querySelector(`[name="${field.name}"]:checked`) ? required : null;
    const value = field.value;
    if (required && !value.trim()) return required;
    if (maxlength && value.length > Number(maxlength)) return toolong.replace('{TotalLength}', value.length);
    if (pattern && value && !new RegExp(field.getAttribute('pattern'), 'u').test(value)) return pattern;
    return null;
  }

  const judged = form => [...form.querySelectorAll('[data-required],[data-maxlength],[data-pattern]')];

  function check(form) {
    const bad = judged(form).filter(field => {
      const problem = problemOf(field);
      say(field, problem);
      return problem;
    });
    bad[0]?.focus();
    return bad.length === 0;
  }

  // ---- Drafts -----------------------------------------------------------------------------------------------------
  const person = () => document.getElementById('main')?.dataset.person;
  // With the query of the address, so that a report of a scanned room does not get the room of another draft.
  const draftKey = form => {
    const action = new URL(form.action);
    return `draft:${person()}:${action.pathname}${action.search}:${form.elements._handler?.value ?? ''}`;
  };
  const written = form => [...form.elements].filter(e => e.name?.startsWith('Input.') && !['hidden', 'file', 'checkbox', 'submit'].includes(e.type));

  const restored = new WeakSet();

  function saveDraft(form) {
    if (!person()) return;
    const fields = {};
    for (const e of written(form)) if (e.type !== 'radio' || e.checked) fields[e.name] = e.value;
    localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), fields }));
  }

  function tellRestored(field) {
    const waitFor = [];
    field.dispatchEvent(new CustomEvent('field-restored', { bubbles: true, detail: waitFor }));
    return Promise.all(waitFor);
  }

  // Null if there is none, it is older than a day, or it can't be read; such a draft is removed.
  function readDraft(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      const age = Date.now() - kept?.at;
      if (age >= 0 && age < (kept.days ?? 1) * dayInMs) return kept;
    } catch {
      // Removed below.
    }
    localStorage.removeItem(key);
    return null;
  }

  // Drafts of this browser's other people, and those older than a day or the days they name, are not left behind.
  function sweepDrafts() {
    for (const key of Object.keys(localStorage).filter(key => key.startsWith('draft:')))
      if (person() && key.split(':')[1] !== person()) localStorage.removeItem(key);
      else readDraft(key);
  }

  async function restoreDraft(form) {
    const kept = readDraft(draftKey(form));
    // A refused form comes back with what was sent, and nothing older may replace it; one that was too long comes back empty.
    const answered = form.querySelector('.problem') && !new URL(location).searchParams.has('problem');
    if (!kept || !person() || answered) return;
    for (const e of written(form)) {
      const value = kept.fields?.[e.name];
      if (value === undefined) continue;
      if (e.type === 'radio') e.checked = e.value === value;
      else if (e.value !== value) e.value = value;
      await tellRestored(e);
      if (value && e.type !== 'select-one') e.closest('details')?.setAttribute('open', '');
    }
  }

  function forgetSent() {
    const address = new URL(location);
    if (!address.searchParams.has('ok') && !address.searchParams.has('used')) return;
    const sent = sessionStorage.getItem('sent');
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem('sent');
    address.searchParams.delete('ok');
    address.searchParams.delete('used');
    history.replaceState(history.state, '', address);
  }

  function forgetAll() {
    for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key);
  }

  // ---- Sending ----------------------------------------------------------------------------------------------------
  async function send(event) {
    const form = event.target;
    if (form.getAttribute('method')?.toLowerCase() !== 'post') return;
    if (form.action.endsWith('/Account/Logout')) forgetAll();
    if (form.dataset.sending || (form.dataset.check !== undefined && !event.submitter?.formNoValidate && !check(form))) return event.preventDefault();
    if (form.dataset.draft !== undefined) saveDraft(form);
    const isKept = form.dataset.keep !== undefined;
    if (isKept || !navigator.onLine) event.preventDefault();
    if (!isKept && !navigator.onLine) return showOffline();
    if (form.dataset.draft !== undefined) sessionStorage.setItem('sent', draftKey(form));
    form.dataset.sending = 'true';
    const button = event.submitter ?? form.querySelector('[type=submit]');
    // After the browser has read the form: a disabled button would not be sent.
    if (!isKept) return setTimeout(() => showBusy(button));
    showBusy(button);
    if (await isServerReached()) return form.submit();
    sessionStorage.removeItem('sent');
    backFromHistory();
    showOffline();
    form.dispatchEvent(new CustomEvent('form-unsent', { bubbles: true, detail: draftKey(form) }));
  }

  // A browser that believes to be online may still have no way to the server, and would replace the page by its own error page.
  const isServerReached = async () => navigator.onLine
    && fetch('health/live', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(5000) }).then(() => true, () => false);

  function showBusy(button) {
    button.setAttribute('aria-disabled', 'true');
    button.classList.add('busy');
    if (button.dataset.busy) [button.dataset.idle, button.textContent] = [button.textContent, button.dataset.busy];
  }

  function backFromHistory() {
    for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
    for (const button of document.querySelectorAll('.busy')) {
      button.removeAttribute('aria-disabled');
      button.classList.remove('busy');
      if (button.dataset.idle) button.textContent = button.dataset.idle;
    }
  }

  function showOffline() {
    const line = document.querySelector('.offline');
    if (!line) return;
    // A page that the service worker kept says when it was seen.
    const { at, seenAt } = line.dataset;
    if (at) line.textContent = seenAt.replace('{0}', new Date(at).toLocaleString(document.documentElement.lang));
    line.hidden = navigator.onLine && !at;
  }

  // ---- Without a connection ---------------------------------------------------------------------------------------
  // Keeps what was seen on this device, for the person who is signed in only.
  async function keepPages() {
    // The page that stands in for one that was not seen does not know who is signed in.
    if (!('serviceWorker' in navigator) || document.querySelector('[data-offline-pages]')) return;
    const who = person() ?? '';
    // Who only signs in on a device gets no worker; one that is there must forget the last person.
    if (!who && !await navigator.serviceWorker.getRegistration()) return;
    await navigator.serviceWorker.register('service-worker.js');
    (await navigator.serviceWorker.ready).active?.postMessage({ person: who });
  }

  // ---- The page ---------------------------------------------------------------------------------------------------
  // Scripts in a page that enhanced navigation brings don't run by themselves; importing a module again does nothing.
  const loadModules = () => Promise.allSettled([...document.querySelectorAll('script[type=module][src]')].map(script => import(script.src)));

  async function open() {
    // Enhanced navigation removes attributes that the server did not send.
    document.documentElement.classList.add('scripted');
    forgetSent();
    showOffline();
    keepPages().catch(() => undefined);
    for (const form of document.querySelectorAll('form[data-check]')) form.noValidate = true;
    await loadModules();
    sweepDrafts();
    for (const form of document.querySelectorAll('form[data-draft]')) {
      await restoreDraft(form);
      restored.add(form);
    }
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target?.tagName === 'DETAILS') target.open = true;
    document.querySelector('form [aria-invalid=true]')?.focus();
  }

  document.addEventListener('click', event => event.target.closest('[data-print]') && print());
  document.addEventListener('submit', send);
  document.addEventListener('input', event => {
    const form = event.target.form;
    // Before it is restored, a draft would be replaced by the empty fields.
    if (form?.dataset.draft !== undefined && restored.has(form)) saveDraft(form);
    const invalid = event.target.getAttribute?.('aria-invalid');
    if (invalid && form?.dataset.check !== undefined && event.target.type !== 'file') say(event.target, problemOf(event.target));
  });
  document.addEventListener('field-problem', event => say(event.target, event.detail));
  addEventListener('online', showOffline);
  addEventListener('offline', showOffline);
  addEventListener('hashchange', open);
  addEventListener('pageshow', event => event.persisted && backFromHistory());
  globalThis.Blazor?.addEventListener('enhancedload', open);
  open();
})();
