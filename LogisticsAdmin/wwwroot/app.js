// What every office page needs in the browser: keys, relative times, menus, dialogs. What only one component needs is beside that component.
window.office = (() => {
  const typing = element => element?.closest('input:not(.mark), textarea, select, [contenteditable], .mud-dialog');
  let receiver = null;
  let keys = new Set();
  let fields = new Map();

  document.addEventListener('keydown', event => {
    // A native dialog, such as a large photo, has its own keys.
    if (document.querySelector('dialog[open]')) return;
    if (event.key === '[' && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) foldMenu();
    const isSearch = (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing(event.target));
    if (isSearch) {
      event.preventDefault();
      focus('global-search');
      return;
    }
    if (event.key === 'Escape' && closeMenu()) {
      event.stopImmediatePropagation();
      return;
    }
    if (event.key === 'Enter' && event.ctrlKey && !event.repeat && event.target.form) event.target.form.requestSubmit();
    if (event.key === 'Escape' && event.target.closest('input:not(.mark), textarea, select') && !document.querySelector('.mud-dialog')) event.target.blur();
    if (event.key === 'Escape') closeSoon([...document.querySelectorAll('.mud-dialog')].at(-1));
    if (!receiver || event.ctrlKey || event.metaKey || event.altKey || !(keys.has(event.key) || fields.has(event.key))) return;
    if (typing(event.target) || document.querySelector('.mud-dialog')) return;
    if (event.key === 'Enter' && event.target.closest('a, button, summary')) return;
    event.preventDefault();
    // Focused without a round trip to the server, so that the next letters go into the field. With marked rows, keys act on those.
    if (fields.has(event.key) && !document.querySelector('[data-marked]')) return focus(fields.get(event.key));
    receiver.invokeMethodAsync('KeyAsync', event.key).catch(() => { receiver = null; });
  });

  // Escape closes what lies above the page before anything of the page itself.
  function closeMenu() {
    const menu = [...document.querySelectorAll('details.menu[open], button[aria-expanded=true]:has(+ .menu-panel)')].at(-1);
    if (!menu) return false;
    if (menu.localName === 'details') menu.open = false;
    else menu.click();
    (menu.querySelector('summary') ?? menu).focus();
    return true;
  }

  // MudBlazor's dialog handles Escape only once the server knows that it is open; an earlier Escape closes it a moment later.
  function closeSoon(dialog) {
    if (!dialog || document.querySelector('.mud-popover-open')) return;
    setTimeout(() => dialog.isConnected && dialog.querySelector('.mud-button-close')?.click(), 600);
  }

  // Sets the page that receives keys: the names of the keys it is told, and the ids of the fields that other keys focus ("c=reply-text").
  // Both are texts: the server would build and keep a description of any other type for every open page.
  function listenKeys(page, names, fieldsByKey = '') {
    receiver = page;
    keys = new Set(names.split(' '));
    fields = new Map(fieldsByKey.split(' ').filter(Boolean).map(field => field.split('=')));
  }

  // The menu is folded or not as its user left it; where nobody chose, it is folded where there is little room.
  const small = matchMedia('(max-width: 1100px)');
  let foldButton = null;
  function showMenu() {
    const isFolded = (localStorage.getItem('menu') ?? (small.matches ? 'folded' : 'open')) === 'folded';
    document.documentElement.dataset.menu = isFolded ? 'folded' : 'open';
    foldButton = document.querySelector('[data-fold-menu]');
    foldButton?.setAttribute('aria-expanded', String(!isFolded));
  }
  function foldMenu() {
    localStorage.setItem('menu', document.documentElement.dataset.menu === 'folded' ? 'open' : 'folded');
    showMenu();
  }
  small.addEventListener('change', showMenu);
  showMenu();

  // Copies a text. Browsers offer the clipboard to pages over HTTPS only; elsewhere a selected field does it.
  async function copy(button) {
    const text = button.dataset.copy;
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else {
      const field = Object.assign(document.createElement('textarea'), { value: text });
      button.after(field);
      field.select();
      document.execCommand('copy');
      field.remove();
      button.focus();
    }
    button.toggleAttribute('data-copied', true);
    setTimeout(() => button.removeAttribute('data-copied'), 2000);
  }

  function focus(id) {
    const element = document.getElementById(id);
    element?.focus();
    element?.select?.();
  }

  // Signing out removes all drafts.
  document.addEventListener('submit', event => {
    if (!event.target.matches('[data-forget-drafts]')) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key);
  });

  document.addEventListener('click', event => {
    if (event.target.closest('[data-reload]')) { event.preventDefault(); location.reload(); }
    if (event.target.closest('[data-fold-menu]')) foldMenu();
    if (event.target.closest('[data-print]')) print();
    const source = event.target.closest('[data-copy]');
    if (source) copy(source);
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
    // The further away, the coarser the unit.
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
    // Claims are shown in whole minutes, at least one.
    element.textContent = words[kind].replace('{0}', span(kind === 'claim' ? Math.max(1, Math.ceil(left / 60000)) * 60000 : left));
    element.classList.toggle('late', kind === 'late');
    element.classList.toggle('soon', kind === 'left' && left < 2 * 60 * 60 * 1000);
  }
  // Browsers apply autofocus only while a page loads, not to dialogs that open later.
  function focusFirst(added) {
    const field = added.closest('.mud-dialog') || added.querySelector?.('.mud-dialog') ? added.querySelector('[autofocus]') : null;
    if (field) setTimeout(() => field.focus(), 0);
  }

  // A closed dialog returns the focus to where it was. If the focused element is gone, the nearest heading gets the focus, and not the body.
  const dialogs = document.getElementsByClassName('mud-dialog');
  const origins = [];
  let path = [];
  const pathOf = element => element && element !== document.body ? [element, ...pathOf(element.parentElement)] : [];
  document.addEventListener('focusin', event => { if (!event.target.closest('.mud-dialog-container')) path = pathOf(event.target); });
  document.addEventListener('pointerdown', () => { path = []; }, true);
  function keepFocus() {
    const isLost = document.activeElement === document.body;
    if (origins.length < dialogs.length) origins.push(isLost ? path : pathOf(document.activeElement));
    // A moment later, because a page may know better: the board's focus goes with the card.
    else if (origins.length > dialogs.length) setTimeout(focusNearest, 0, origins.pop());
    else if (isLost && dialogs.length === 0 && path[0]?.isConnected === false) setTimeout(focusNearest, 0, path);
  }
  function focusNearest(wanted) {
    if (document.activeElement !== document.body) return;
    for (const element of [...wanted, document.getElementById('main')].filter(e => e?.isConnected)) {
      // An area that scrolls can have the focus too, but its heading says where one is.
      const canFocus = element.matches('a[href], button, input, select, textarea, summary, [tabindex]');
      for (const target of [canFocus ? element : null, element.querySelector('h1[tabindex], h2[tabindex]')]) {
        target?.focus({ preventScroll: true });
        if (document.activeElement !== document.body) return;
      }
    }
  }

  // MudBlazor's focus trap takes the focus a moment after a dialog opens: return it to the field that had it.
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
    keepFocus();
    if (!foldButton?.isConnected) showMenu();
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-moment', 'data-kind'] });

  // Commands of the search box: which of these elements the page has, and pressing one, shown or not.
  const present = selectors => selectors.filter(selector => document.querySelector(selector));
  const press = selector => document.querySelector(selector)?.click();
  const reveal = id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' });

  // Writes the address of what the page already shows, once it is painted. The newest one counts, and none after somebody went elsewhere.
  let unwritten = null;
  function writeAddress(address, replace) {
    if (unwritten) { Object.assign(unwritten, { address, replace: unwritten.replace && replace }); return; }
    unwritten = { address, replace, from: location.href };
    const write = () => {
      const { address, replace, from } = unwritten;
      unwritten = null;
      if (location.href === from) Blazor.navigateTo(address, { replaceHistoryEntry: replace });
    };
    if (document.hidden) write();
    else requestAnimationFrame(() => setTimeout(write, 0));
  }

  return { listenKeys, focus, present, press, reveal, writeAddress };
})();
