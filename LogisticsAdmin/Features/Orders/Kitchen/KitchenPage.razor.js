// Keys of the kitchen: arrows choose an order, space says that it is ready, and whatever else is typed is a code.
let page = null;
let audio = null;

const field = () => document.getElementById('pick-up-code');
const call = (name, ...args) => page?.invokeMethodAsync(name, ...args).catch(() => {});

export function listen(kitchen) {
  page = kitchen;
}

// Not when something else was typed meanwhile.
export function clear(given) {
  const code = field();
  if (code?.value === given) code.value = '';
}

// The next scan replaces what was looked up.
export function choose(asked) {
  const code = field();
  if (code?.value === asked && document.activeElement === code) code.select();
}

document.addEventListener('keydown', event => {
  const code = field();
  if (!page || !code || document.querySelector('.mud-dialog')) return;
  const inCode = event.target === code;
  if (!inCode && event.target.closest('input,select,textarea,button,a,[role=switch]') && event.key.length === 1 && event.key === ' ') return;
  if (!inCode && event.target.closest('input,select,textarea')) return;
  if ((event.ctrlKey || event.metaKey) && event.key === 'z' && code.value === '') {
    event.preventDefault();
    call('TakeBackAsync');
  } else if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    call('Move', event.key === 'ArrowDown' ? 1 : -1);
  } else if (inCode && event.key === 'Enter') {
    event.preventDefault();
    call('EnterAsync', code.value);
    code.select();
  } else if (event.key === ' ' && code.value === '') {
    event.preventDefault();
    call('ReadyAsync');
  } else if (event.key === 'Escape') {
    code.value = '';
    code.dispatchEvent(new Event('input', { bubbles: true }));
  } else if (!inCode && /^[0-9a-z]$/i.test(event.key)) {
    code.focus();
  }
});

// One short note.
export async function chime() {
  audio ??= new AudioContext();
  await audio.resume();
  const note = audio.createOscillator();
  const volume = audio.createGain();
  note.frequency.value = 1046;
  volume.gain.setValueAtTime(0.2, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.3);
  note.connect(volume).connect(audio.destination);
  note.start();
  note.stop(audio.currentTime + 0.32);
}
