// Dragging, arrow keys and one tab stop per column. The server is told of moves, and while cards must keep their place.
export function attach(board, page) {
  const leave = new AbortController();
  const on = (target, type, act) => target.addEventListener(type, act, { signal: leave.signal });
  const call = (method, ...given) => page.invokeMethodAsync(method, ...given).catch(() => { });
  const cardOf = element => element.closest?.('[data-ticket]');
  const columnOf = element => element.closest?.('[data-column]');
  const columns = () => [...board.querySelectorAll('[data-column]')];
  const cards = column => [...column.querySelectorAll('[data-ticket]')];
  const inDialog = () => document.querySelector('.mud-dialog') !== null;

  let dragged = null;
  let still = false;
  // The card last focused: the focus goes with it when it moves to another column, and back to it when a dialog closes.
  let followed = null;

  function keepStill() {
    const now = dragged !== null || board.contains(document.activeElement);
    if (now === still) return;
    still = now;
    call('SetFrozenAsync', now);
  }

  on(board, 'dragstart', event => {
    const card = cardOf(event.target);
    if (!card) return;
    dragged = { number: card.dataset.ticket, from: card.dataset.status };
    event.dataTransfer.setData('text/plain', dragged.number);
    event.dataTransfer.effectAllowed = 'move';
    const moves = card.dataset.moves.split(' ');
    for (const column of columns())
      if (column.dataset.column !== dragged.from) column.dataset.drop = moves.includes(column.dataset.column) ? 'yes' : 'no';
    card.toggleAttribute('data-dragged', true);
    keepStill();
  });
  on(board, 'dragover', event => {
    const column = columnOf(event.target);
    if (!dragged || !column || column.dataset.column === dragged.from) return;
    event.preventDefault();
    if (!column.hasAttribute('data-over')) { clear('data-over'); column.toggleAttribute('data-over', true); }
  });
  on(board, 'drop', event => {
    const column = columnOf(event.target);
    if (!dragged || !column || column.dataset.column === dragged.from) return;
    event.preventDefault();
    call('DropAsync', dragged.number, column.dataset.column);
    drop();
  });
  on(document, 'dragend', drop);

  function drop() {
    dragged = null;
    clear('data-drop', 'data-over', 'data-dragged');
    keepStill();
  }

  function clear(...names) {
    for (const name of names) for (const element of board.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  }

  on(board, 'click', event => {
    const card = cardOf(event.target);
    if (!card) return;
    card.focus();
    if (event.target.closest('[data-move]')) call('MoveAsync', card.dataset.ticket);
  });
  on(board, 'focusin', event => {
    const card = cardOf(event.target);
    if (card) {
      followed = card.dataset.ticket;
      for (const other of columnOf(card).querySelectorAll('[data-ticket][tabindex="0"]')) other.tabIndex = -1;
      card.tabIndex = 0;
    }
    keepStill();
  });
  on(board, 'focusout', () => setTimeout(keepStill));
  on(document, 'focusin', event => { if (!board.contains(event.target) && !inDialog()) followed = null; });
  on(document, 'pointerdown', event => { if (!board.contains(event.target) && !inDialog()) followed = null; });

  on(document, 'keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || inDialog()) return;
    // Navigation focuses the heading of the page; arrow keys lead to the cards from there, too.
    const card = cardOf(event.target);
    if (card ? !board.contains(card) : event.target.closest('a, button, input, select, textarea, summary')) return;
    if (act(event.key, card, event.target === card)) event.preventDefault();
  });

  function act(key, card, isCard) {
    if (!card) return key.startsWith('Arrow') && focus(board.querySelector('[data-ticket][tabindex="0"]'));
    switch (key) {
      case 'ArrowDown': return focus(card.nextElementSibling);
      case 'ArrowUp': return focus(card.previousElementSibling);
      case 'ArrowRight': return focus(beside(card, +1));
      case 'ArrowLeft': return focus(beside(card, -1));
      case 'Home': return focus(card.parentElement.firstElementChild);
      case 'End': return focus(card.parentElement.lastElementChild);
      case 'm': call('MoveAsync', card.dataset.ticket); return true;
      case 'Escape': followed = null; document.activeElement.blur(); return true;
      case 'Enter':
        if (isCard) card.querySelector('a').click();
        return isCard;
      default: return false;
    }
  }

  // The card at the same height of the next column that has any.
  function beside(card, step) {
    const all = columns();
    const at = cards(columnOf(card)).indexOf(card);
    for (let i = all.indexOf(columnOf(card)) + step; all[i]; i += step) {
      const others = cards(all[i]);
      if (others.length > 0) return others[Math.min(at, others.length - 1)];
    }
    return null;
  }

  function focus(card) {
    card?.focus();
    card?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  }

  function tend() {
    if (!board.isConnected) {
      leave.abort();
      watch.disconnect();
      return;
    }
    for (const column of columns())
      if (!column.querySelector('[data-ticket][tabindex="0"]')) column.querySelector('[data-ticket]')?.setAttribute('tabindex', '0');
    if (followed && document.activeElement === document.body && !inDialog())
      board.querySelector(`[data-ticket="${CSS.escape(followed)}"]`)?.focus();
    keepStill();
  }
  const watch = new MutationObserver(tend);
  watch.observe(document.body, { childList: true, subtree: true });
  tend();
}
