// The list stays where it was: when it is opened again from a job, and when it is read again because it may have changed meanwhile.
const place = 'jobs-place';
const forgottenAfter = 30 * 60 * 1000;
const readAgainAfter = 30 * 1000;
let readAt = Date.now();

const isOpen = () => location.pathname === new URL('jobs', document.baseURI).pathname && document.querySelector('[data-jobs]');
const jobs = () => [...document.querySelectorAll('[data-jobs] [data-ticket]')];

// The opened job, or else the first one in view, with those that follow it: one of them is still there when the job itself is gone.
function keepPlace(opened) {
  if (!isOpen()) return;
  const all = jobs();
  const first = opened ?? all.find(job => job.getBoundingClientRect().bottom > 60);
  if (!first) return sessionStorage.removeItem(place);
  const from = all.slice(all.indexOf(first)).map(job => job.dataset.ticket);
  sessionStorage.setItem(place, JSON.stringify({ at: Date.now(), top: first.getBoundingClientRect().top, from, opened: !!opened }));
}

function returnToPlace() {
  if (!isOpen()) return;
  readAt = Date.now();
  const kept = JSON.parse(sessionStorage.getItem(place) ?? 'null');
  sessionStorage.removeItem(place);
  if (!kept || Date.now() - kept.at > forgottenAfter) return;
  const job = kept.from.map(number => jobs().find(job => job.dataset.ticket === number)).find(job => job);
  if (!job) return;
  scrollBy({ top: job.getBoundingClientRect().top - kept.top, behavior: 'instant' });
  if (kept.opened && job.dataset.ticket === kept.from[0]) job.querySelector('a').focus({ preventScroll: true });
}

// After the browser or enhanced navigation has scrolled on its own.
const opened = () => requestAnimationFrame(returnToPlace);

function readAgain() {
  if (!isOpen()) return;
  keepPlace();
  readAt = Date.now();
  globalThis.Blazor?.navigateTo(location.href, { replaceHistoryEntry: true });
}

document.addEventListener('click', event => event.target.closest('a') && keepPlace(event.target.closest('[data-ticket]')), true);
document.addEventListener('submit', event => keepPlace(event.target.closest('[data-ticket]')), true);
document.addEventListener('visibilitychange', () => !document.hidden && Date.now() - readAt > readAgainAfter && readAgain());
addEventListener('pageshow', event => event.persisted && readAgain());
globalThis.Blazor?.addEventListener('enhancedload', opened);
opened();
