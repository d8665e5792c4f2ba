// Lists what this device has kept of the reader's pages, the last one first. See service-worker.js.
async function list() {
  const here = document.querySelector('[data-offline-pages]');
  if (!here || !('caches' in globalThis)) return;
  const cache = await caches.open('pages');
  const found = [];
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    found.push({ address: request.url, title: page.title || new URL(request.url).pathname, at: answer.headers.get('x-seen-at') ?? '' });
  }
  found.sort((one, other) => other.at.localeCompare(one.at));
  here.querySelector('ul').replaceChildren(...found.map(({ address, title }) => {
    const [item, link] = [document.createElement('li'), document.createElement('a')];
    Object.assign(link, { className: 'big', href: address, textContent: title });
    link.dataset.enhanceNav = 'false';
    item.append(link);
    return item;
  }));
  here.querySelector('.muted').hidden = found.length > 0;
}
list();
