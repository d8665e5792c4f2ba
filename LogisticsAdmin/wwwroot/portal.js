// What phones do better with a script; every page works without it. Server-rendered messages sit in data attributes.
(() => {
  const dayInMs = 24 * 60 * 60 * 1000;
  const photos = new WeakMap(); // input -> [{ file, preview }]

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

  // ---- What was typed survives ------------------------------------------------------------------------------------
  const person = () => document.getElementById('main')?.dataset.person;
  const draftKey = form => `draft:${person()}:${new URL(form.action).pathname}:${form.elements._handler?.value ?? ''}`;
  const written = form => [...form.elements].filter(e => e.name?.startsWith('Input.') && !['hidden', 'file', 'checkbox', 'submit'].includes(e.type));

  function saveDraft(form) {
    if (!person()) return;
    const fields = {};
    for (const e of written(form)) if (e.type !== 'radio' || e.checked) fields[e.name] = e.value;
    localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), fields }));
  }

  async function restoreDraft(form) {
    const kept = JSON.parse(localStorage.getItem(draftKey(form)) ?? 'null');
    // A refused form comes back with what was sent, and nothing older may replace it; one that was too long comes back empty.
    const answered = form.querySelector('.problem') && !new URL(location).searchParams.has('problem');
    if (!kept || !person() || answered) return;
    if (Date.now() - kept.at > dayInMs) return localStorage.removeItem(draftKey(form));
    for (const e of written(form)) {
      const value = kept.fields[e.name];
      if (value === undefined) continue;
      if (e.type === 'radio') e.checked = e.value === value;
      else if (e.value !== value) e.value = value;
      if (e.dataset.rooms !== undefined) await fillRooms(e);
      if (value && e.type !== 'select-one') e.closest('details')?.setAttribute('open', '');
    }
  }

  function forgetSent() {
    const address = new URL(location);
    if (!address.searchParams.has('ok')) return;
    const sent = sessionStorage.getItem('sent');
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem('sent');
    address.searchParams.delete('ok');
    history.replaceState(history.state, '', address);
  }

  function forgetAll() {
    for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key);
  }

  // ---- Choices ----------------------------------------------------------------------------------------------------
  async function fillRooms(building) {
    const rooms = document.getElementById(building.dataset.rooms);
    if (building.value === (rooms.dataset.of ?? building.querySelector('option[selected]')?.value ?? '')) return;
    rooms.replaceChildren(new Option(building.dataset.choose, ''));
    rooms.dataset.of = building.value;
    if (!building.value) return;
    const floors = new Map();
    for (const room of await (await fetch(`/my/rooms/${building.value}`)).json()) {
      if (!floors.has(room.floor)) {
        const group = document.createElement('optgroup');
        group.label = building.dataset.floor.replace('{0}', room.floor);
        floors.set(room.floor, group);
        rooms.append(group);
      }
      floors.get(room.floor).append(new Option(room.name, room.id));
    }
  }

  function showArea(tiles, area) {
    const select = document.getElementById(tiles.dataset.tiles);
    for (const group of select.querySelectorAll('optgroup')) {
      const other = area && group.dataset.area !== area;
      group.hidden = group.disabled = other;
      if (other && group.contains(select.selectedOptions[0])) select.value = '';
    }
  }

  function setUpTiles(tiles) {
    tiles.hidden = false;
    const chosen = document.getElementById(tiles.dataset.tiles).selectedOptions[0]?.closest('optgroup')?.dataset.area;
    if (!chosen) return;
    tiles.querySelector(`[value="${chosen}"]`).checked = true;
    showArea(tiles, chosen);
  }

  // ---- Photos -----------------------------------------------------------------------------------------------------
  function refusalOf(file, rules) {
    if (/hei[cf]|avif/i.test(file.type) || /\.(hei[cf]|avif)$/i.test(file.name)) return rules.heic;
    if (!['image/jpeg', 'image/png', 'image/webp'].includes(file.type)) return rules.type;
    return file.size > Number(rules.bytes) ? rules.large : null;
  }

  async function shrink(file, side) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
    const smaller = small && (scale < 1 || small.size < file.size);
    return { file: smaller ? new File([small], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' }) : file, preview: canvas };
  }

  async function addPhotos(input) {
    const kept = photos.get(input) ?? [];
    let problem = null;
    for (const file of [...input.files]) {
      const drafts = input.form.querySelectorAll('.kept :checked').length;
      const refusal = kept.length + drafts >= Number(input.dataset.photos) ? input.dataset.many : refusalOf(file, input.dataset);
      if (!refusal) kept.push(await shrink(file, Number(input.dataset.side)).catch(() => { problem = input.dataset.damaged; return null; }));
      problem = refusal ?? problem;
    }
    showPhotos(input, kept.filter(p => p));
    say(input, problem);
  }

  function showPhotos(input, kept) {
    photos.set(input, kept);
    const files = new DataTransfer();
    for (const { file } of kept) files.items.add(file);
    input.files = files.files;
    input.closest('.photo-field').querySelector('[data-previews]').replaceChildren(...kept.map(photo => {
      const item = document.createElement('li');
      const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×', ariaLabel: input.dataset.remove });
      remove.addEventListener('click', () => showPhotos(input, kept.filter(p => p !== photo)));
      item.append(photo.preview, remove);
      return item;
    }));
  }

  // ---- Sending ----------------------------------------------------------------------------------------------------
  function send(event) {
    const form = event.target;
    if (form.getAttribute('method')?.toLowerCase() !== 'post') return;
    if (form.action.endsWith('/Account/Logout')) forgetAll();
    if (form.dataset.sending || (form.dataset.check !== undefined && !event.submitter?.formNoValidate && !check(form))) return event.preventDefault();
    if (form.dataset.draft !== undefined) saveDraft(form);
    if (!navigator.onLine) {
      event.preventDefault();
      return showOffline();
    }
    if (form.dataset.draft !== undefined) sessionStorage.setItem('sent', draftKey(form));
    form.dataset.sending = 'true';
    const button = event.submitter ?? form.querySelector('[type=submit]');
    // After the browser has read the form: a disabled button would not be sent.
    setTimeout(() => {
      button.setAttribute('aria-disabled', 'true');
      button.classList.add('busy');
      if (button.dataset.busy) [button.dataset.idle, button.textContent] = [button.textContent, button.dataset.busy];
    });
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
    if (line) line.hidden = navigator.onLine;
  }

  // ---- The page ---------------------------------------------------------------------------------------------------
  async function open() {
    // Enhanced navigation takes away what the server did not send.
    document.documentElement.classList.add('scripted');
    forgetSent();
    showOffline();
    for (const form of document.querySelectorAll('form[data-check]')) form.noValidate = true;
    for (const form of document.querySelectorAll('form[data-draft]')) await restoreDraft(form);
    document.querySelectorAll('[data-tiles]').forEach(setUpTiles);
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target?.tagName === 'DETAILS') target.open = true;
    document.querySelector('form [aria-invalid=true]')?.focus();
  }

  document.addEventListener('click', event => event.target.closest('[data-print]') && print());
  document.addEventListener('submit', send);
  document.addEventListener('input', event => {
    const form = event.target.form;
    if (form?.dataset.draft !== undefined) saveDraft(form);
    const invalid = event.target.getAttribute?.('aria-invalid');
    if (invalid && form?.dataset.check !== undefined && event.target.type !== 'file') say(event.target, problemOf(event.target));
  });
  document.addEventListener('change', event => {
    const field = event.target;
    if (field.dataset.photos) addPhotos(field);
    if (field.dataset.rooms) fillRooms(field);
    const tiles = field.closest('[data-tiles]');
    if (tiles) showArea(tiles, field.value);
  });
  addEventListener('online', showOffline);
  addEventListener('offline', showOffline);
  addEventListener('hashchange', open);
  addEventListener('pageshow', event => event.persisted && backFromHistory());
  globalThis.Blazor?.addEventListener('enhancedload', open);
  open();
})();
