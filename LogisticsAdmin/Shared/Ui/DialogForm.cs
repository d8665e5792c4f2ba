using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// An editing dialog: submits once at a time, shows refusals at their fields, and keeps typed values in the browser until they are submitted
/// or discarded. The derived dialog puts its fields inside a <see cref="DialogFrame"/>.
/// </summary>
public abstract class DialogForm : ComponentBase, IAsyncDisposable
{
    private DialogOptions? _unlocked;
    private RestoredDraft? _draft;
    private bool _showsProblem;

    [Inject] protected Actions Actions { get; set; } = null!;
    [Inject] protected RefusalText Refusals { get; set; } = null!;
    [Inject] protected IJSRuntime Js { get; set; } = null!;
    [Inject] protected IDraftOwner Owner { get; set; } = null!;
    [Inject] private ILogger<DialogForm> Log { get; set; } = null!;

    [CascadingParameter] protected IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The id of the form element, and the dialog's name among the drafts.</summary>
    public abstract string Id { get; }

    /// <summary>What the dialog edits, such as a ticket's id: each object has a draft of its own, and so does a new one.</summary>
    protected virtual object? DraftSubject => null;

    /// <summary>The version of the edited object. A restored draft that was written for an earlier version is marked as outdated.</summary>
    protected virtual long? Version => null;

    /// <summary>
    /// The version to send: that of the draft if it is outdated, so that the service refuses it as <see cref="Stale"/>. After that
    /// refusal, submitting again overwrites the other change deliberately.
    /// </summary>
    protected long? SeenVersion => SendsOutdated ? _draft?.Version : Version;

    /// <summary>What the user sees of an object that is compared by its values and not by a version.</summary>
    protected virtual string? State => null;

    /// <summary>The state to send, in the same way as <see cref="SeenVersion"/>.</summary>
    protected string? SeenState => SendsOutdated ? _draft?.State : State;

    /// <summary>What is sent was typed for an earlier version, and its author has not been told yet.</summary>
    protected bool SendsOutdated => IsDraftOutdated && !IsOverriding;

    /// <summary>False for dialogs in which a password, code or key is typed.</summary>
    protected virtual bool KeepsDraft => true;

    /// <summary>False to stay open and show the result.</summary>
    protected virtual bool ClosesWhenSent => true;

    /// <summary>Whether there is anything to submit; otherwise the button is disabled.</summary>
    public virtual bool CanSend => true;

    public bool IsBusy { get; private set; }

    public bool HasDraft { get; private set; }

    /// <summary>The edited object changed after the restored draft was written.</summary>
    public bool IsDraftOutdated { get; private set; }

    /// <summary>The outdated draft was refused as stale once: submitting again overwrites what the other person saved.</summary>
    public bool IsOverriding { get; private set; }

    public FormProblems Problems => field ??= new FormProblems(Refusals);

    /// <summary>The dialog's result after submitting.</summary>
    protected object? Result { get; set; }

    private ComponentScript Script => field ??= new ComponentScript(Js, Assets["Shared/Ui/DialogFrame.razor.js"]);

    private string? DraftKey => KeepsDraft && Owner.DraftOwnerId is { } person
        ? string.Create(CultureInfo.InvariantCulture, $"draft:{person}:{Id}:{DraftSubject ?? "new"}")
        : null;

    protected abstract Task SendAsync();

    /// <summary>Stores a refusal for display; true when no other message is needed.</summary>
    protected virtual bool Refuse(Refusal refusal) => Problems.ShowRefusal(refusal);

    public Task SubmitAsync() => SubmitAsync(SendAsync);

    protected async Task SubmitAsync(Func<Task> send)
    {
        if (IsBusy || !CanSend) return;
        IsBusy = true;
        Problems.Clear();
        try
        {
            if (await Actions.RunAsync(send, TakeRefusal))
            {
                // Begun before closing, which releases the script, but not awaited until after it: a browser that does not answer keeps nothing open.
                var forgetting = ForgetDraftAsync();
                if (ClosesWhenSent) Dialog.Close(DialogResult.Ok(Result));
                await forgetting;
            }
            else
            {
                _showsProblem = true;
            }
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            // Dialogs are outside the page's error boundary: the exception would end the circuit.
            var reference = ErrorReference.New();
            Log.DialogFailed(unexpected, Id, reference);
            Problems.ShowFailure(reference);
            _showsProblem = true;
        }
        finally
        {
            IsBusy = false;
        }
    }

    private bool TakeRefusal(Refusal refusal)
    {
        if (refusal is Stale && IsDraftOutdated) IsOverriding = true;
        return Refuse(refusal);
    }

    public void Cancel() => Dialog.Cancel();

    /// <summary>Disables Escape, the backdrop and the close button while long work runs or its result must be read.</summary>
    protected Task LockAsync()
    {
        _unlocked ??= Dialog.Options;
        return Dialog.SetOptionsAsync(_unlocked with { CloseOnEscapeKey = false, BackdropClick = false, CloseButton = false });
    }

    protected Task UnlockAsync() => _unlocked is null ? Task.CompletedTask : Dialog.SetOptionsAsync(_unlocked);

    /// <summary>Deletes the draft and resets the fields to their values when the dialog opened.</summary>
    public async Task DiscardDraftAsync()
    {
        (HasDraft, IsDraftOutdated, IsOverriding) = (false, false, false);
        if (DraftKey is not { } key) return;
        await FillFieldsAsync(await Script.InvokeAsync<DraftField[]>("discard", key), isRecorded: false);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender) await RestoreDraftAsync();
            if (!_showsProblem) return;
            _showsProblem = false;
            await Script.InvokeVoidAsync("focusProblem", Id);
        }
        catch (Exception lost) when (lost is JSException or OperationCanceledException)
        {
            // Without its script the dialog keeps no draft and sets no focus; it still submits.
        }
    }

    private async Task RestoreDraftAsync()
    {
        if (DraftKey is not { } key || await Script.InvokeAsync<RestoredDraft?>("open", Id, key, Version, State) is not { } draft) return;
        // Known before the fields are restored, because some are not restored from an outdated draft.
        (_draft, IsDraftOutdated) = (draft, draft.Version != Version || draft.State != State);
        // Fields that depend on another one (the rooms of a building) are rendered before the next value is restored.
        await FillFieldsAsync(draft.Fields, isRecorded: true);
        HasDraft = true;
        StateHasChanged();
    }

    private async Task FillFieldsAsync(IReadOnlyList<DraftField> fields, bool isRecorded)
    {
        foreach (var field in fields) await Script.InvokeVoidAsync("put", Id, field.Name, field.Value, isRecorded);
    }

    private async Task ForgetDraftAsync()
    {
        if (DraftKey is not { } key) return;
        try
        {
            // The draft of an earlier time is removed even if the script has not arrived; both calls are begun before the dialog closes.
            var removing = Js.InvokeVoidAsync("localStorage.removeItem", key);
            await Script.InvokeVoidAsync("forget", key);
            await removing;
        }
        catch (Exception lost) when (lost is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // It was sent: a draft that stays behind in a lost browser is no reason to say otherwise.
        }
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    public async ValueTask DisposeAsync()
    {
        Dispose(disposing: true);
        await Script.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
