// Keeps what a phone has seen of the pages under my/, so that they can be read without a connection. With a connection every page comes from the
// server. What is kept belongs to one person: portal.js says who is signed in, and with another one, or nobody, all of it is removed.
const pages = 'pages', files = 'files', shell = 'shell', offline = 'my/offline', mostPages = 40, mostFiles = 120;
const home = new URL(self.registration.scope);
const pathOf = url => url.pathname.slice(home.pathname.length);
const isPage = (request, path) => (path === 'my' || path.startsWith('my/')) && path !== offline && path !== 'my/live' && path !== 'my/events'
  && request.headers.get('Accept')?.includes('text/html');
// Files of the app itself have a fingerprint in their name: they never change, and are nobody's.
const isFile = path => /\.[a-z0-9]{10}(\.\w+)?\.(css|js|svg|png)$/.test(path);

const dayInMs = 24 * 60 * 60 * 1000;

// The page for what was not seen, with the files that it needs.
async function prepare() {
  const cache = await caches.open(shell);
  const answer = await fetch(offline, { cache: 'no-store' });
  if (!answer.ok) throw new Error(answer.statusText);
  const text = await answer.clone().text();
  await cache.put(offline, answer);
  const needed = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => new URL(address, home)).filter(url => isFile(url.pathname));
  await cache.addAll([...new Set(needed.map(url => url.href))]);
}

self.addEventListener('install', event => event.waitUntil(prepare().catch(() => undefined).then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

async function trim(cache, most) {
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}

async function keep(name, most, request, answer) {
  const cache = await caches.open(name);
  const headers = new Headers(answer.headers);
  headers.set('x-seen-at', new Date().toISOString());
  // Deleted first: the oldest are removed first, and this one is the newest.
  await cache.delete(request.url, { ignoreVary: true });
  await cache.put(request.url, new Response(await answer.blob(), { status: 200, headers }));
  await trim(cache, most);
}

async function kept(name, address) {
  return (await caches.open(name)).match(address, { ignoreVary: true });
}

// The line about the missing connection is shown with the moment when the page was seen.
async function shownAgain(answer) {
  const text = (await answer.text()).replace('<p class="offline"', `<p class="offline" data-at="${answer.headers.get('x-seen-at') ?? ''}"`);
  return new Response(text, { status: 200, headers: answer.headers });
}

async function page(event) {
  try {
    const answer = await fetch(event.request);
    const isHtml = answer.headers.get('Content-Type')?.startsWith('text/html');
    if (answer.status === 200 && !answer.redirected && isHtml) event.waitUntil(keep(pages, mostPages, event.request, answer.clone()));
    return answer;
  } catch (problem) {
    // Who refreshes a page in the background keeps what it shows.
    if (event.request.cache === 'no-store') throw problem;
    const seen = await kept(pages, event.request.url);
    if (seen) return shownAgain(seen);
    const instead = await kept(shell, new URL(offline, home).href);
    if (instead) return instead;
    throw problem;
  }
}

async function file(event) {
  const seen = await kept(files, event.request.url) ?? await kept(shell, event.request.url);
  if (seen) return seen;
  const answer = await fetch(event.request);
  if (answer.status === 200) event.waitUntil(keep(files, mostFiles, event.request, answer.clone()));
  return answer;
}

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== home.origin || !url.pathname.startsWith(home.pathname)) return;
  const path = pathOf(url);
  if (isPage(event.request, path)) event.respondWith(page(event));
  else if (isFile(path)) event.respondWith(file(event));
});

self.addEventListener('message', event => {
  if (!('person' in (event.data ?? {}))) return;
  event.waitUntil((async () => {
    const cache = await caches.open('person');
    const before = await (await cache.match('person'))?.text();
    const now = event.data.person ?? '';
    // After an update of the app, or in another language.
    const standIn = await kept(shell, new URL(offline, home).href);
    if (!(Date.now() - Date.parse(standIn?.headers.get('Date')) < dayInMs)) await prepare().catch(() => undefined);
    if (before === now) return;
    // The page that says so was kept already, when its person is known for the first time.
    if (before !== undefined) await caches.delete(pages);
    await cache.put('person', new Response(now));
  })());
});
