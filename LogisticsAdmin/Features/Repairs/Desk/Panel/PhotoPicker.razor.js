// Uploads the chosen files one by one; the server answers with the key of a draft or with what is wrong.
export async function upload(id, address) {
  const input = document.getElementById(id);
  const token = document.querySelector('input[name=__RequestVerificationToken]')?.value ?? '';
  const answer = { keys: [], problem: null };
  for (const file of input.files) {
    const body = new FormData();
    body.append('file', file);
    body.append('__RequestVerificationToken', token);
    const response = await fetch(address, { method: 'POST', body });
    const said = await response.json().catch(() => ({}));
    if (response.ok) answer.keys.push(said.key);
    else answer.problem = said.problem ?? String(response.status);
  }
  input.value = '';
  return answer;
}
