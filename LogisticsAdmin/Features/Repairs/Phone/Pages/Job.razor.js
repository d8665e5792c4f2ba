// While hours of an extension are typed, shows the limit that they would give. Without it the current limit stays visible.
let latest = 0;
document.addEventListener('input', async event => {
  const field = event.target;
  if (!field.dataset.preview) return;
  const mine = ++latest;
  const output = document.getElementById('extension-preview');
  output.dataset.due ??= output.textContent;
  const answer = field.value && field.validity.valid && await fetch(`${field.dataset.preview}?hours=${encodeURIComponent(field.value)}`);
  if (mine === latest) output.textContent = answer && answer.status === 200 ? await answer.text() : output.dataset.due;
});
