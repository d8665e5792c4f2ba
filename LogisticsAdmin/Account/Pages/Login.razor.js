// Whoever signed out leaves no drafts behind on this device: keys "draft:{person id}:…".
function forgetDrafts() {
  const left = document.querySelector('[data-left]');
  if (!left) return;
  const prefix = `draft:${left.dataset.left}:`;
  Object.keys(localStorage).filter(key => key.startsWith(prefix)).forEach(key => localStorage.removeItem(key));
}

globalThis.Blazor?.addEventListener('enhancedload', forgetDrafts);
forgetDrafts();
