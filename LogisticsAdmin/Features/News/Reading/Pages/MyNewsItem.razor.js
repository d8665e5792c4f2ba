// Large type, remembered in this browser, and the link to hand on.
const key = 'news-type';
const article = () => document.querySelector('article.news');

function apply() {
  const button = document.querySelector('[data-news-type]');
  if (!button) return;
  const isLarge = localStorage.getItem(key) === 'large';
  article()?.toggleAttribute('data-large', isLarge);
  button.hidden = false;
  button.setAttribute('aria-pressed', String(isLarge));
  const share = document.querySelector('[data-share]');
  if (share) share.hidden = !navigator.share && !navigator.clipboard;
}

async function share(button) {
  const url = button.dataset.share;
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url });
    await navigator.clipboard.writeText(url);
    button.textContent = button.dataset.copied;
  } catch {
    // Cancelled by the person, or not allowed: nothing was handed on.
  }
}

document.addEventListener('click', event => {
  if (event.target.closest?.('[data-news-type]')) {
    localStorage.setItem(key, localStorage.getItem(key) === 'large' ? 'normal' : 'large');
    apply();
  }
  const button = event.target.closest?.('[data-share]');
  if (button) share(button);
});
document.addEventListener('live-page', apply);
globalThis.Blazor?.addEventListener('enhancedload', apply);
apply();
