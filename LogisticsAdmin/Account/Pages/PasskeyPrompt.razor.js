// Passkeys need a script: their forms stay hidden in browsers without passkeys. The document handles the submits, so that it works after
// enhanced navigation, too.
const isKnown = globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON && globalThis.PublicKeyCredential.parseRequestOptionsFromJSON;
const forms = () => document.querySelectorAll('form[data-passkey]');
const show = () => isKnown && forms().forEach(form => form.hidden = false);

// A message of the server, in the reader's language; any other error has words of the browser or of a password manager.
class ServerMessage extends Error { }

const base64Url = bytes => bytes
  ? btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  : undefined;

// Not by JSON.stringify alone: the toJSON of some password managers' passkeys throws.
function written(passkey) {
  const response = passkey.response;
  return JSON.stringify({
    id: passkey.id,
    rawId: base64Url(passkey.rawId),
    type: passkey.type,
    authenticatorAttachment: passkey.authenticatorAttachment ?? undefined,
    clientExtensionResults: passkey.getClientExtensionResults(),
    response: {
      clientDataJSON: base64Url(response.clientDataJSON),
      attestationObject: base64Url(response.attestationObject),
      authenticatorData: base64Url(response.authenticatorData ?? response.getAuthenticatorData?.()),
      signature: base64Url(response.signature),
      userHandle: base64Url(response.userHandle),
      transports: response.getTransports?.(),
    },
  });
}

async function answer(form) {
  const response = await fetch(form.dataset.ask, { method: 'POST', body: new FormData(form) });
  if (!response.ok) throw new ServerMessage(response.status === 409 ? await response.text() : form.dataset.failed);
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
    kept.value = written(await answer(form));
    form.submit();
  } catch (error) {
    problem.textContent = error instanceof ServerMessage && error.message || form.dataset.failed;
    button.disabled = false;
  }
});

show();
globalThis.Blazor?.addEventListener('enhancedload', show);
