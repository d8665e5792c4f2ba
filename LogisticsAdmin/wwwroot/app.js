// What the server can't do for office pages: keys, relative times, drafts, focus.
window.house = (() => {
  const typing = element => element?.closest('input:not(.mark), textarea, select, [contenteditable], .mud-dialog');
  let receiver = null;
  let keys = new Set();

  document.addEventListener('keydown', event => {
    const isSearch = (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing(event.target));
    if (isSearch) {
      event.preventDefault();
      focus('global-search');
      return;
    }
    if (event.key === 'Enter' && event.ctrlKey && event.target.form) event.target.form.requestSubmit();
    if (event.key === 'Escape' && event.target.closest('input:not(.mark), textarea, select') && !document.querySelector('.mud-dialog')) event.target.blur();
    if (event.key === 'Escape') closeSoon([...document.querySelectorAll('.mud-dialog')].at(-1));
    // What a bulk verb did is taken back from its result too, by the same key.
    const takeBack = event.key === 'z' && !event.ctrlKey && !event.metaKey && !event.altKey && document.querySelector('.mud-dialog [data-undo-now]');
    if (takeBack && !event.target.closest('input, textarea, select')) {
      event.preventDefault();
      takeBack.click();
      return;
    }
    if (!receiver || event.ctrlKey || event.metaKey || event.altKey || !keys.has(event.key)) return;
    if (typing(event.target) || document.querySelector('.mud-dialog')) return;
    if (event.key === 'Enter' && event.target.closest('a, button, summary')) return;
    event.preventDefault();
    // Whoever presses c goes on typing at once: no round trip before the field has the focus.
    if (event.key === 'c') return focus('reply-text');
    receiver.invokeMethodAsync('KeyAsync', event.key).catch(() => { receiver = null; });
  });

  // A dialog listens for Escape only when the server has heard that it stands: whoever is faster is not told twice.
  function closeSoon(dialog) {
    if (!dialog || document.querySelector('.mud-popover-open')) return;
    setTimeout(() => dialog.isConnected && dialog.querySelector('.mud-button-close')?.click(), 600);
  }

  // Shift marks a range of rows; the text between them is not meant.
  document.addEventListener('mousedown', event => {
    if (event.shiftKey && event.target.closest('tr[data-ticket]')) event.preventDefault();
  });

  function listenKeys(object, names) {
    receiver = object;
    keys = new Set(names);
  }

  function focus(id) {
    const element = document.getElementById(id);
    element?.focus();
    element?.select?.();
  }

  function focusSheet() {
    focus('sheet-title');
  }

  function reveal(number) {
    document.querySelector(`tr[data-ticket="${CSS.escape(number)}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  // Drafts survive a lost circuit, a restart and a closed tab for a day.
  const day = 24 * 60 * 60 * 1000;
  document.addEventListener('input', event => {
    const key = event.target.dataset?.draft;
    if (!key) return;
    if (event.target.value) localStorage.setItem(key, JSON.stringify({ text: event.target.value, at: Date.now() }));
    else localStorage.removeItem(key);
  });

  function draft(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept && Date.now() - kept.at < day ? kept.text : null;
    } catch {
      return null;
    }
  }

  function forget(key) {
    localStorage.removeItem(key);
  }

  // What the server puts into a field goes the way of typing: nothing typed meanwhile is lost, and the draft is kept.
  function put(id, text) {
    const field = document.getElementById(id);
    if (!field) return;
    if (text) field.value += (field.value && !/\s$/.test(field.value) ? '\n' : '') + text;
    typed(field, field.value.length);
  }

  function expand(id, shortcut, text) {
    const field = document.getElementById(id);
    const at = [...(field?.value.matchAll(/(?<!\S)\/(\S+)(?=\s)\s/g) ?? [])].findLast(found => found[1].normalize('NFKC').toLowerCase() === shortcut);
    if (!at) return;
    const behind = field.value.slice(at.index + at[0].length);
    const caret = Math.max(0, field.selectionEnd - at.index - at[0].length);
    field.value = field.value.slice(0, at.index) + text + behind;
    typed(field, at.index + text.length + caret);
  }

  function typed(field, caret) {
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
    field.setSelectionRange(caret, caret);
  }

  function show(id) {
    document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }

  // Tab behind a known /shortcut is the space that expands it.
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

  // Photos of a reply go up beside the circuit; the server keeps them as drafts until the reply is sent.
  async function upload(id) {
    const input = document.getElementById(id);
    const token = document.querySelector('input[name=__RequestVerificationToken]')?.value ?? '';
    const answer = { keys: [], problem: null };
    for (const file of input.files) {
      const body = new FormData();
      body.append('file', file);
      body.append('__RequestVerificationToken', token);
      const response = await fetch('/photos', { method: 'POST', body });
      const said = await response.json().catch(() => ({}));
      if (response.ok) answer.keys.push(said.key);
      else answer.problem = said.problem ?? String(response.status);
    }
    input.value = '';
    return answer;
  }

  document.addEventListener('submit', event => {
    if (!event.target.matches('[data-forget-drafts]')) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key);
  });

  document.addEventListener('click', event => {
    if (event.target.closest('[data-reload]')) { event.preventDefault(); location.reload(); }
    for (const menu of document.querySelectorAll('details.menu[open]'))
      if (!menu.contains(event.target) || event.target.closest('.menu-panel a')) menu.open = false;
  });

  // "52 min left" changes without any event on the server: rows carry a moment, the page says how far away it is.
  const language = document.documentElement.lang;
  const number = (value, unit) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value);
  function span(ms) {
    const minutes = Math.floor(Math.abs(ms) / 60000);
    if (minutes < 60) return number(minutes, 'minute');
    const hours = Math.floor(minutes / 60);
    // The further away, the coarser: nobody plans three days ahead by the hour.
    if (hours < 6) return `${number(hours, 'hour')} ${number(minutes % 60, 'minute')}`;
    if (hours < 24) return number(hours, 'hour');
    const days = Math.floor(hours / 24);
    return days < 3 ? `${number(days, 'day')} ${number(hours % 24, 'hour')}` : number(days, 'day');
  }
  function tell(element) {
    const words = document.getElementById('time-words')?.dataset;
    if (!words || !element.dataset.moment) return;
    const left = Number(element.dataset.moment) - Date.now();
    const kind = ['verify', 'claim'].includes(element.dataset.kind) ? element.dataset.kind : left < 0 ? 'late' : 'left';
    // Two minutes are told in whole ones, and the last is not "0 min".
    element.textContent = words[kind].replace('{0}', span(kind === 'claim' ? Math.max(1, Math.ceil(left / 60000)) * 60000 : left));
    element.classList.toggle('late', kind === 'late');
    element.classList.toggle('soon', kind === 'left' && left < 2 * 60 * 60 * 1000);
  }
  // A browser honours autofocus only while a page loads; dialogs come later.
  function focusFirst(added) {
    const field = added.closest('.mud-dialog') || added.querySelector?.('.mud-dialog') ? added.querySelector('[autofocus]') : null;
    if (field) setTimeout(() => field.focus(), 0);
  }

  // The dialog's own focus trap takes the focus to itself a moment after it appears: give it back to the field it was taken from.
  let lastField = null;
  document.addEventListener('focusin', event => {
    if (event.target.closest('.mud-dialog')) lastField = event.target;
    else if (event.target.matches('.pointer-events-none[tabindex="-1"]'))
      (lastField?.isConnected ? lastField : document.querySelector('.mud-dialog [autofocus]'))?.focus();
  });
  const tellAll = root => root.querySelectorAll?.('[data-moment]').forEach(tell);
  setInterval(() => tellAll(document), 15000);
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'attributes') tell(change.target);
      else change.addedNodes.forEach(node => { if (node.nodeType === 1) { if (node.matches('[data-moment]')) tell(node); tellAll(node); focusFirst(node); } });
    }
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-moment', 'data-kind'] });

  // Days of a calendar: arrows step by day and week, Page Up and Down by month; one of them at a time is a stop of the Tab key.
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

  // A file the server made from what only this page holds.
  const download = async (name, stream) => {
    const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()]));
    const link = Object.assign(document.createElement('a'), { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };

  return { listenKeys, focus, focusSheet, reveal, draft, forget, put, expand, show, upload, download };
})();
