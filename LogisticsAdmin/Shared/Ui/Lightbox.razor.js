// Shows the photos of the open page large. A click with Ctrl or the middle button still opens a photo on a page of its own.
// One listener for all pages: enhanced navigation and the circuit replace the elements.
let at = 0;
const box = () => document.querySelector('dialog.lightbox');
const photos = () => [...document.querySelectorAll('.photos a')];

function show(wanted) {
  const all = photos();
  if (all.length === 0) return box().close();
  at = (wanted + all.length) % all.length;
  const picture = box().querySelector('img');
  picture.src = all[at].href;
  picture.alt = all[at].querySelector('img').alt;
  for (const button of box().querySelectorAll('[data-step]')) button.hidden = all.length < 2;
}

document.addEventListener('click', event => {
  const link = event.target.closest('.photos a');
  if (link && box() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(photos().indexOf(link));
    box().showModal();
    return;
  }
  if (!box()?.open || !box().contains(event.target)) return;
  const step = event.target.closest('[data-step]');
  if (step) show(at + Number(step.dataset.step));
  else if (event.target.localName !== 'img') box().close();
});
document.addEventListener('keydown', event => {
  if (!box()?.open) return;
  if (event.key === 'ArrowLeft') show(at - 1);
  if (event.key === 'ArrowRight') show(at + 1);
});
