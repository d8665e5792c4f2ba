// Removes the drafts on this device ("draft:{person id}:…") after signing out.
function forgetDrafts() {
  const left = document.querySelector('[data-left]');
  if (!left) return;
  const prefix = `draft:${left.dataset.left}:`;
  Object.keys(localStorage).filter(key => key.startsWith(prefix)).forEach(key => localStorage.removeItem(key));
}

globalThis.Blazor?.addEventListener('enhancedload', forgetDrafts);
forgetDrafts();
