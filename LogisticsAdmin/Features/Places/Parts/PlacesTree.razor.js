// Arrow keys of the tree, as in a file manager: up and down, right opens or goes in, left closes or goes out. One item is a stop of the Tab key.
const items = tree => [...tree.querySelectorAll('[role=treeitem]')];
const level = item => Number(item.getAttribute('aria-level'));

export function attach(tree) {
  tree.addEventListener('keydown', event => {
    const item = event.target.closest('[role=treeitem]');
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items(tree);
    const at = all.indexOf(item);
    const isOpen = item.getAttribute('aria-expanded');
    const fold = () => item.querySelector('[data-fold]')?.click();
    const act = {
      ArrowDown: () => all[at + 1]?.focus(),
      ArrowUp: () => all[at - 1]?.focus(),
      Home: () => all[0].focus(),
      End: () => all.at(-1).focus(),
      ArrowRight: () => isOpen === 'false' ? fold() : isOpen === 'true' && all[at + 1]?.focus(),
      ArrowLeft: () => isOpen === 'true' ? fold() : all.slice(0, at).findLast(other => level(other) < level(item))?.focus(),
      Enter: () => item.click(),
      ' ': () => item.click(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  tree.addEventListener('focusin', event => {
    const item = event.target.closest('[role=treeitem]');
    if (item) stopAt(tree, item);
  });
  settle(tree);
}

// The stop is where the focus is or was, else at the chosen item.
export function settle(tree) {
  const all = items(tree);
  if (all.length === 0 || all.filter(item => item.tabIndex === 0).length === 1) return;
  stopAt(tree, all.find(item => item.getAttribute('aria-selected') === 'true') ?? all[0]);
}

function stopAt(tree, item) {
  for (const other of items(tree)) other.tabIndex = other === item ? 0 : -1;
}
