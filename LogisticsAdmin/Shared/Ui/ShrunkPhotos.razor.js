// Photos are shrunk before they are sent, shown where there is a place for it, and can be taken out again. Bad ones are refused at once.
const photos = new WeakMap(); // input -> [{ file, preview }]

function refusalOf(file, rules) {
  if (/hei[cf]|avif/i.test(file.type) || /\.(hei[cf]|avif)$/i.test(file.name)) return rules.heic;
  if (!['image/jpeg', 'image/png', 'image/webp'].includes(file.type)) return rules.type;
  return file.size > Number(rules.bytes) ? rules.large : null;
}

async function shrink(file, side) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const small = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
  const smaller = small && (scale < 1 || small.size < file.size);
  return { file: smaller ? new File([small], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' }) : file, preview: canvas };
}

async function addPhotos(input) {
  // A field for one photo has the one that was chosen last.
  const kept = input.multiple ? photos.get(input) ?? [] : [];
  let problem = null;
  for (const file of [...input.files]) {
    const drafts = input.form.querySelectorAll('.kept :checked').length;
    const refusal = kept.length + drafts >= Number(input.dataset.photos) ? input.dataset.many : refusalOf(file, input.dataset);
    if (!refusal) kept.push(await shrink(file, Number(input.dataset.side)).catch(() => { problem = input.dataset.damaged; return null; }));
    problem = refusal ?? problem;
  }
  showPhotos(input, kept.filter(p => p));
  input.dispatchEvent(new CustomEvent('field-problem', { bubbles: true, detail: problem }));
}

function showPhotos(input, kept) {
  photos.set(input, kept);
  const files = new DataTransfer();
  for (const { file } of kept) files.items.add(file);
  input.files = files.files;
  input.closest('.photo-field')?.querySelector('[data-previews]')?.replaceChildren(...kept.map(photo => {
    const item = document.createElement('li');
    const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×', ariaLabel: input.dataset.remove });
    remove.addEventListener('click', () => showPhotos(input, kept.filter(p => p !== photo)));
    item.append(photo.preview, remove);
    return item;
  }));
}

document.addEventListener('change', event => event.target.dataset.photos && addPhotos(event.target));
