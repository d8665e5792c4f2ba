// The number of unread messages in the tab's title and as a dot on its icon, and a short tone.
let prefix = '';
let audio = null;

// The page's title belongs to the page: the number is put in front of its text, again after each change.
const isOurs = /^\(\d+\+?\) /;
function tellTitle() {
  const text = document.querySelector('head > title')?.firstChild;
  if (!text) return;
  const wanted = prefix + text.nodeValue.replace(isOurs, '');
  if (text.nodeValue !== wanted) text.nodeValue = wanted;
}
new MutationObserver(tellTitle).observe(document.head, { subtree: true, childList: true, characterData: true });

export function show(unread, words, icon, iconWithDot) {
  prefix = unread > 0 ? `(${words}) ` : '';
  tellTitle();
  document.querySelector('link[rel=icon]')?.setAttribute('href', unread > 0 ? iconWithDot : icon);
}

// Two short notes, some 0.4 s.
export async function sound() {
  audio ??= new AudioContext();
  await audio.resume();
  for (const [hertz, after] of [[880, 0], [1175, 0.2]]) {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    const from = audio.currentTime + after;
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0.2, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.18);
    note.connect(volume).connect(audio.destination);
    note.start(from);
    note.stop(from + 0.2);
  }
}
