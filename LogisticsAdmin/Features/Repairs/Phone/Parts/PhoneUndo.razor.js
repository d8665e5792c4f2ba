// Takes the offer away when the server would refuse it.
function setUp() {
  for (const form of document.querySelectorAll('form[data-undo-for]')) setTimeout(() => form.remove(), Number(form.dataset.undoFor));
}
globalThis.Blazor?.addEventListener('enhancedload', setUp);
setUp();
