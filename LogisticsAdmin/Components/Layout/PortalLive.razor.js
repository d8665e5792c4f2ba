// Listens to what changed for the reader and shows it: the parts of the frame from my/live, and what the page itself marks with data-live-page
// from its own address. Everything is rendered by the server, with the reader's rights at that moment. Messages concern the frame only, unless the
// page says data-live-page="inbox".
const urgent = 'banners', news = 'news', inbox = 'inbox', beds = 'beds';

// So that a thousand phones do not ask in the same moment for what is not urgent.
const spreadMs = 1500;

// The server keeps what it knows of beds for a moment, and in a rush thousands of pages hear of each.
const bedsMs = 1000;

// Until the next attempt where the server refused, and as much again at random.
const restMs = 10_000;

let source = null;
let waiting = null;
let resting = null;
let isEnded = false;
const wanted = new Set();

// The names and states of all signals: those that this page was rendered with, or was told last.
const rendered = () => document.querySelector('[data-live-state]')?.dataset.liveState ?? '';
let known = rendered();

// Every signal there is, by the states that the server rendered.
const names = () => rendered().split(' ').filter(Boolean).map(one => one.split(':')[0]);

const missing = (before, after) => after.split(' ').filter(one => one && !before.split(' ').includes(one)).map(one => one.split(':')[0]);
const later = () => restMs + Math.random() * restMs;

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
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (focused?.matches('input,textarea,select')) return;
  old.replaceChildren(...fresh.childNodes);
  const again = focused?.id ? document.getElementById(focused.id)
    : [...old.querySelectorAll('a[href]')].find(link => link.getAttribute('href') === focused?.getAttribute('href'));
  again?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent('live-page'));
}

async function showParts() {
  const { page } = await get('my/live');
  for (const part of page.querySelectorAll('[data-live-part]')) replace(document.querySelector(`[data-live-part="${part.dataset.livePart}"]`), part);
  for (const field of document.querySelectorAll('[data-live-part] input[name=returnUrl]')) field.value ||= location.pathname + location.search;
}

const concernsPage = name => name !== inbox || document.querySelector('[data-live-page]')?.dataset.livePage === inbox;

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
    if (events.some(name => name !== beds)) await showParts();
    if (events.some(concernsPage)) await showPage();
  } catch {
    // Without a connection the page stays as it is. It is asked for again, at the latest when the next stream begins.
    known = '';
    for (const name of events) wanted.add(name);
    if (source) waiting ??= setTimeout(show, later());
  }
}

function want(name) {
  wanted.add(name);
  if (name === urgent && waiting) {
    clearTimeout(waiting);
    waiting = null;
  }
  waiting ??= setTimeout(show, name === urgent ? 0 : Math.random() * spreadMs + (name === beds ? bedsMs : 0));
}

function close() {
  clearTimeout(resting);
  resting = null;
  source?.close();
  source = null;
}

// What was published since the page was rendered, or between two streams, is no signal of this one.
function began(event) {
  // The browser's own event of the same name tells nothing.
  if (event.data === undefined) return;
  const missed = missing(known, event.data);
  known = event.data;
  for (const name of missed) want(name);
}

// A browser opens a stream that ended or broke off again by itself, but not one that was refused, as while the app restarts.
function failed() {
  if (source?.readyState !== EventSource.CLOSED) return;
  close();
  resting = setTimeout(open, later());
}

function open() {
  if (source || isEnded || document.hidden || !document.getElementById('main')?.dataset.person) return;
  clearTimeout(resting);
  source = new EventSource('my/events');
  source.addEventListener('open', began);
  source.addEventListener('error', failed);
  for (const name of names()) {
    source.addEventListener(name, event => {
      known = event.data;
      want(name);
    });
  }
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
// Another page in the same document: while a stream is open it may have been rendered before the last signal.
globalThis.Blazor?.addEventListener('enhancedload', () => {
  if (source?.readyState !== EventSource.OPEN) known = rendered();
  else if (rendered()) for (const name of missing(rendered(), known)) if (concernsPage(name)) want(name);
});
addEventListener('pagehide', close);
addEventListener('pageshow', open);
open();
