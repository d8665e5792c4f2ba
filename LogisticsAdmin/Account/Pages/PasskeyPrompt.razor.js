// Passkeys need a script: their forms stay hidden in browsers without passkeys. The document handles the submits, so that it works after
// enhanced navigation, too.
const isKnown = globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON && globalThis.PublicKeyCredential.parseRequestOptionsFromJSON;
const forms = () => document.querySelectorAll('form[data-passkey]');
const show = () => isKnown && forms().forEach(form => form.hidden = false);

async function answer(form) {
  const response = await fetch(form.dataset.ask, { method: 'POST', body: new FormData(form) });
  if (!response.ok) throw new Error(response.status === 409 ? await response.text() : form.dataset.failed);
  const options = await response.json();
  return form.dataset.passkey === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

document.addEventListener('submit', async event => {
  const form = event.target.closest?.('form[data-passkey]');
  const kept = form?.querySelector('[name="Passkey.Credential"]');
  if (!kept || event.defaultPrevented) return;
  event.preventDefault();
  const [problem, button] = [form.querySelector('.problem'), form.querySelector('[type=submit]')];
  [problem.textContent, button.disabled] = ['', true];
  try {
    kept.value = JSON.stringify(await answer(form));
    form.submit();
  } catch (error) {
    // A DOMException is the browser's: cancelled, timed out, or no passkey for this site.
    problem.textContent = error instanceof DOMException ? form.dataset.failed : error.message || form.dataset.failed;
    button.disabled = false;
  }
});

show();
globalThis.Blazor?.addEventListener('enhancedload', show);
