// Finds parts while somebody types. Without a connection, among those that are listed already.
const waits = 200;
let timer;

async function find(field) {
  const [choices, template, none] = ['.choices', 'template', '[data-no-parts]'].map(part => field.closest('fieldset').querySelector(part));
  const typed = field.value;
  const chosen = choices.querySelector(':checked')?.value;
  let parts;
  try {
    parts = await (await fetch(`${field.dataset.findParts}?find=${encodeURIComponent(typed)}`)).json();
  } catch {
    parts = [...choices.querySelectorAll('label')].map(label => ({ id: label.querySelector('input').value, name: label.textContent.trim() }))
      .filter(part => part.name.toLowerCase().includes(typed.trim().toLowerCase()));
  }
  if (field.value !== typed) return;
  choices.replaceChildren(...parts.map(part => {
    const label = template.content.firstElementChild.cloneNode(true);
    const input = label.querySelector('input');
    input.value = part.id;
    input.checked = String(part.id) === chosen;
    label.querySelector('span').textContent = part.name;
    return label;
  }));
  none.textContent = parts.length ? '' : none.dataset.noParts;
}

document.addEventListener('input', event => {
  if (!event.target.dataset.findParts) return;
  clearTimeout(timer);
  timer = setTimeout(find, waits, event.target);
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || !event.target.dataset?.findParts) return;
  event.preventDefault();
  clearTimeout(timer);
  find(event.target);
});
document.addEventListener('field-restored', event => event.target.dataset.findParts && event.target.value && event.detail.push(find(event.target)));
