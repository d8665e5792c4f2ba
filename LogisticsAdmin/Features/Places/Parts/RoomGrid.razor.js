// Arrow keys walk the rooms by what stands beside, above and below; one room at a time is a stop of the Tab key. Opening tells the page.
const tiles = grid => [...grid.querySelectorAll('.tile')];

export function attach(grid, page) {
  grid.addEventListener('click', event => {
    const tile = event.target.closest('.tile');
    // A click by the Enter key has no detail.
    if (tile) page.invokeMethodAsync('OpenAsync', Number(tile.id.slice(5)), event.detail === 0).catch(() => { });
  });
  grid.addEventListener('focusin', event => {
    const tile = event.target.closest('.tile');
    if (tile) stopAt(grid, tile);
  });
  grid.addEventListener('keydown', event => {
    const tile = event.target.closest('.tile');
    if (!tile || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = tiles(grid);
    const at = all.indexOf(tile);
    const next = {
      ArrowLeft: () => all[at - 1],
      ArrowRight: () => all[at + 1],
      ArrowUp: () => beyond(all.slice(0, at).reverse(), tile),
      ArrowDown: () => beyond(all.slice(at + 1), tile),
      Home: () => all[0],
      End: () => all.at(-1),
    }[event.key];
    if (!next) return;
    event.preventDefault();
    next()?.focus();
  });
  settle(grid);
}

// The nearest tile of the next line: the others are in the order in which lines are left.
function beyond(others, from) {
  const start = from.getBoundingClientRect();
  let line = null;
  let best = null;
  let distance = Infinity;
  for (const other of others) {
    const place = other.getBoundingClientRect();
    if (Math.abs(place.top - start.top) < 2) continue;
    line ??= place.top;
    if (Math.abs(place.top - line) >= 2) break;
    const away = Math.abs(place.left - start.left);
    if (away < distance) [best, distance] = [other, away];
  }
  return best;
}

// The stop is where the focus is or was, else at the open room.
export function settle(grid) {
  if (grid.querySelector('.tile[tabindex="0"]')) return;
  const stop = grid.querySelector('.tile[aria-pressed=true]') ?? grid.querySelector('.tile');
  if (stop) stop.tabIndex = 0;
}

function stopAt(grid, tile) {
  for (const other of grid.querySelectorAll('.tile[tabindex="0"]')) other.tabIndex = -1;
  tile.tabIndex = 0;
}
