// Listens to what changed for the reader and shows it: the parts of the frame from my/live, and what the page itself marks with data-live-page
// from its own address. Everything is rendered by the server, with the reader's rights at that moment.
const urgent = 'banners', news = 'news', inbox = 'inbox';

// So that a thousand phones do not ask in the same moment for what is not urgent.
const spreadMs = 1500;

let source = null;
let waiting = null;
let isEnded = false;
const wanted = new Set();

async function get(address) {
  const response = await fetch(address, { cache: 'no-store', headers: { Accept: 'text/html' } });
  if (response.redirected || (!response.ok && response.status !== 404)) throw new Error(response.statusText);
  return { isGone: response.status === 404, page: new DOMParser().parseFromString(await response.text(), 'text/html') };
}

// Without the tokens of forms, which differ each time: what did not change must not be read out again.
function shown(element) {
  const copy = element.cloneNode(true);
  for (const field of copy.querySelectorAll('input[type=hidden]')) field.remove();
  return copy.innerHTML;
}

function replace(old, fresh) {
  if (!old || !fresh || shown(old) === shown(fresh)) return;
  // What somebody is about to press or has begun to write stays until the next time.
  if (old.contains(document.activeElement) && document.activeElement.matches('input,textarea,select')) return;
  old.replaceChildren(...fresh.childNodes);
  document.dispatchEvent(new CustomEvent('live-page'));
}

async function showParts() {
  const { page } = await get('my/live');
  for (const part of page.querySelectorAll('[data-live-part]')) replace(document.querySelector(`[data-live-part="${part.dataset.livePart}"]`), part);
  for (const field of document.querySelectorAll('[data-live-part] input[name=returnUrl]')) field.value ||= location.pathname + location.search;
}

async function showPage() {
  const here = document.querySelector('[data-live-page]');
  if (!here) return;
  const { isGone, page } = await get(location.href);
  if (isGone) return location.reload();
  replace(here, page.querySelector('[data-live-page]'));
}

async function show() {
  waiting = null;
  const events = [...wanted];
  wanted.clear();
  try {
    await showParts();
    if (events.some(name => name !== inbox)) await showPage();
  } catch {
    // Without a connection the page stays as it is; the next signal or page shows what is new.
  }
}

function want(name) {
  wanted.add(name);
  if (name === urgent && waiting) {
    clearTimeout(waiting);
    waiting = null;
  }
  waiting ??= setTimeout(show, name === urgent ? 0 : Math.random() * spreadMs);
}

function close() {
  source?.close();
  source = null;
}

function open() {
  if (source || isEnded || document.hidden || !document.getElementById('main')?.dataset.person) return;
  source = new EventSource('my/events');
  for (const name of [urgent, news, inbox]) source.addEventListener(name, () => want(name));
  source.addEventListener('end', () => {
    isEnded = true;
    close();
  });
}

// A browser has few connections to a server: pages that nobody looks at need none, and catch up when they are looked at again.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return close();
  if (!source && !isEnded) want(news);
  open();
});
addEventListener('pagehide', close);
addEventListener('pageshow', open);
open();
