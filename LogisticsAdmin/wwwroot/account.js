// Whoever signed out leaves no drafts behind on this device: keys "draft:{person id}:…".
const left = document.querySelector('[data-left]');
if (left) {
  const prefix = `draft:${left.dataset.left}:`;
  Object.keys(localStorage).filter(key => key.startsWith(prefix)).forEach(key => localStorage.removeItem(key));
}
