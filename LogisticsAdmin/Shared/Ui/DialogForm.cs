using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// An editing dialog: sends once at a time, shows refusals at their fields, and keeps what was typed in the browser until it is sent or
/// discarded. The derived dialog brings its fields inside a <see cref="DialogFrame"/>.
/// </summary>
public abstract class DialogForm : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _script;
    private DialogOptions? _unlocked;
    private bool _showsProblem;

    [Inject] protected Actions Actions { get; set; } = null!;
    [Inject] protected RefusalText Refusals { get; set; } = null!;
    [Inject] protected IJSRuntime Js { get; set; } = null!;
    [Inject] protected IDraftOwner Owner { get; set; } = null!;

    [CascadingParameter] protected IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The id of the form element, and the dialog's name among the drafts.</summary>
    public abstract string Id { get; }

    /// <summary>What the dialog is about, such as a ticket's id: each thing has a draft of its own, and so has what is new.</summary>
    protected virtual object? Thing => null;

    /// <summary>The version of what is edited; a draft written for an earlier one says so when it is restored.</summary>
    protected virtual long? Version => null;

    /// <summary>False for dialogs in which a password, code or key is typed.</summary>
    protected virtual bool KeepsDraft => true;

    /// <summary>False to stay open, for a dialog that shows what came of it.</summary>
    protected virtual bool ClosesWhenSent => true;

    /// <summary>Whether there is something to send; else the button is disabled.</summary>
    public virtual bool CanSend => true;

    public bool IsBusy { get; private set; }

    public bool HasDraft { get; private set; }

    /// <summary>What is edited was changed after the restored draft was written.</summary>
    public bool IsDraftOutdated { get; private set; }

    public FormProblems Problems => field ??= new FormProblems(Refusals);

    /// <summary>What the opener gets when the dialog closes after sending.</summary>
    protected object? Result { get; set; }

    private string? DraftKey => KeepsDraft && Owner.DraftOwnerId is { } person
        ? string.Create(CultureInfo.InvariantCulture, $"draft:{person}:{Id}:{Thing ?? "new"}")
        : null;

    protected abstract Task SendAsync();

    /// <summary>Keeps a refusal for the page to show; true when nothing else has to be said about it.</summary>
    protected virtual bool Refuse(Refusal refusal) => Problems.Take(refusal);

    public Task SubmitAsync() => SubmitAsync(SendAsync);

    protected async Task SubmitAsync(Func<Task> send)
    {
        if (IsBusy || !CanSend) return;
        IsBusy = true;
        Problems.Clear();
        try
        {
            if (await Actions.RunAsync(send, Refuse))
            {
                await ForgetDraftAsync();
                if (ClosesWhenSent) Dialog.Close(DialogResult.Ok(Result));
            }
            else
            {
                _showsProblem = true;
            }
        }
        finally
        {
            IsBusy = false;
        }
    }

    public void Cancel() => Dialog.Cancel();

    /// <summary>Lets nobody close the dialog by Escape or beside its own buttons, while long work runs or its result must be read.</summary>
    protected Task LockAsync()
    {
        _unlocked ??= Dialog.Options;
        return Dialog.SetOptionsAsync(_unlocked with { CloseOnEscapeKey = false, BackdropClick = false, CloseButton = false });
    }

    protected Task UnlockAsync() => _unlocked is null ? Task.CompletedTask : Dialog.SetOptionsAsync(_unlocked);

    /// <summary>Empties the draft and puts the fields back to what they were when the dialog opened.</summary>
    public async Task DiscardDraftAsync()
    {
        HasDraft = false;
        if (_script is null || DraftKey is not { } key) return;
        await PutAsync(await _script.InvokeAsync<DraftField[]>("discard", key), isRecorded: false);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _script = await Js.InvokeAsync<IJSObjectReference>("import", $"./{Assets["Shared/Ui/DialogFrame.razor.js"]}");
                await RestoreDraftAsync(_script);
            }
            if (!_showsProblem || _script is null) return;
            _showsProblem = false;
            await _script.InvokeVoidAsync("focusProblem", Id);
        }
        catch (JSDisconnectedException)
        {
        }
    }

    private async Task RestoreDraftAsync(IJSObjectReference script)
    {
        if (DraftKey is not { } key || await script.InvokeAsync<RestoredDraft?>("open", Id, key, Version) is not { } draft) return;
        // What follows from one field (the rooms of a building) is rendered before the next is put in.
        await PutAsync(draft.Fields, isRecorded: true);
        (HasDraft, IsDraftOutdated) = (true, draft.Version != Version);
        StateHasChanged();
    }

    private async Task PutAsync(IReadOnlyList<DraftField> fields, bool isRecorded)
    {
        foreach (var field in fields) await _script!.InvokeVoidAsync("put", Id, field.Name, field.Value, isRecorded);
    }

    private async Task ForgetDraftAsync()
    {
        if (_script is null || DraftKey is not { } key) return;
        try
        {
            await _script.InvokeVoidAsync("forget", key);
        }
        catch (JSDisconnectedException)
        {
        }
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    public async ValueTask DisposeAsync()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
        if (_script is null) return;
        try
        {
            await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
    }
}
