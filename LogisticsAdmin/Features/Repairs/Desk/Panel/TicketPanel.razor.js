// The reply that is being written. Its draft survives a lost circuit, a restart and a closed tab for a day.
const day = 24 * 60 * 60 * 1000;

document.addEventListener('input', event => keep(event.target));
// What was typed while this script was on its way.
for (const field of document.querySelectorAll('textarea[data-draft]')) if (field.value) keep(field);

function keep(field) {
  const key = field.dataset?.draft;
  if (!key) return;
  if (field.value) localStorage.setItem(key, JSON.stringify({ text: field.value, at: Date.now() }));
  else localStorage.removeItem(key);
}

export function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < day ? kept.text : null;
  } catch {
    return null;
  }
}

// Photos of a reply go up beside the circuit; the server keeps them as drafts until the reply is sent.
export async function upload(id) {
  const input = document.getElementById(id);
  const token = document.querySelector('input[name=__RequestVerificationToken]')?.value ?? '';
  const answer = { keys: [], problem: null };
  for (const file of input.files) {
    const body = new FormData();
    body.append('file', file);
    body.append('__RequestVerificationToken', token);
    const response = await fetch('/photos', { method: 'POST', body });
    const said = await response.json().catch(() => ({}));
    if (response.ok) answer.keys.push(said.key);
    else answer.problem = said.problem ?? String(response.status);
  }
  input.value = '';
  return answer;
}
