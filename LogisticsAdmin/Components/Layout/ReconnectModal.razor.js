// Replaces Blazor's reconnect dialog: after a restart of the server the page reloads by itself and keeps address, selection and drafts.
const dialog = document.getElementById('components-reconnect-modal');
const retry = document.getElementById('components-reconnect-button');
const resume = document.getElementById('components-resume-button');

dialog.addEventListener('components-reconnect-state-changed', event => {
  const state = event.detail.state;
  if (state === 'show') {
    dialog.showModal();
    if (dialog.classList.contains('stopping')) waitForServer();
  }
  else if (state === 'hide') dialog.close();
  else if (state === 'failed') waitForServer();
  else if (state === 'rejected') location.reload();
});
retry.addEventListener('click', reconnect);
resume.addEventListener('click', async () => {
  if (!await Blazor.resumeCircuit()) location.reload();
});

async function reconnect() {
  try {
    if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) location.reload();
  } catch {
    waitForServer();
  }
}

// Called by the server before it stops: reconnecting would reach the process that is about to end.
window.office.serverStops = () => dialog.classList.add('stopping');

// The circuit is lost or the server is still starting: ask until it answers, then reload.
async function waitForServer() {
  for (;;) {
    try {
      if ((await fetch('health/ready', { cache: 'no-store' })).ok) break;
    } catch { /* not up yet */ }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
  location.reload();
}
