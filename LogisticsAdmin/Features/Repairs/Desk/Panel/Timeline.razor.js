// Shows the photos of a timeline large, one after the other. A click with Ctrl or the middle button still opens a photo on a page of its own.
export function attach(list, box) {
  const picture = box.querySelector('img');
  const photos = () => [...list.querySelectorAll('.photos a')];
  let at = 0;

  list.addEventListener('click', event => {
    const link = event.target.closest('.photos a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(photos().indexOf(link));
    box.showModal();
  });
  box.addEventListener('click', event => {
    const step = event.target.closest('[data-step]');
    if (step) show(at + Number(step.dataset.step));
    else if (event.target !== picture) box.close();
  });
  box.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft') show(at - 1);
    if (event.key === 'ArrowRight') show(at + 1);
  });

  function show(wanted) {
    const all = photos();
    at = (wanted + all.length) % all.length;
    picture.src = all[at].href;
    picture.alt = all[at].querySelector('img').alt;
    for (const button of box.querySelectorAll('[data-step]')) button.hidden = all.length < 2;
  }
}
