using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing.Parts;
using LogisticsAdmin.Live;
using LogisticsAdmin.Live.Presence;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LogisticsAdmin.Features.News.Writing.Pages;

/// <summary>
/// Writes one item. What is typed stays in the browser's fields and local storage; it is fetched after a pause, shown in the preview and saved.
/// A save that somebody else has overtaken shows both texts and overwrites nothing.
/// </summary>
public sealed partial class NewsEditor
{
    private const string PresenceKind = "news";

    /// <summary>Characters that people read in a minute.</summary>
    private const int ReadingPace = 360;

    /// <summary>The most bytes that the six texts can have together, in UTF-8 and as JSON.</summary>
    private const long MaxTextBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan AutosavePause = TimeSpan.FromSeconds(1.5);

    private static readonly IReadOnlyList<(string Name, string Keys, string Icon)> Tools =
    [
        ("heading", "Ctrl+Alt+2", "M6 5v14M16 5v14M6 12h10"),
        ("bold", "Ctrl+B", "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z"),
        ("italic", "Ctrl+I", "M14 5h-4M14 19h-4M14 5l-4 14"),
        ("bullets", "Ctrl+Shift+8", "M9 6h11M9 12h11M9 18h11M4 6h.1M4 12h.1M4 18h.1"),
        ("numbers", "Ctrl+Shift+7", "M10 6h10M10 12h10M10 18h10M4 4h1v4M4 16h2l-2 3h2"),
        ("quote", "Ctrl+Shift+9", "M5 5v14M10 8h9M10 12h9M10 16h6"),
        ("link", "Ctrl+K", "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"),
        ("table", "", "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14"),
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private NewsEditing? _item, _conflict;
    private NewsForm _form = new();
    private IReadOnlyList<ColumnChoice> _columns = [];
    private IReadOnlyList<BuildingChoice> _buildings = [];
    private IReadOnlyList<ParagraphChoice> _paragraphs = [];
    private SubjectPresence? _others;
    private ElementReference _root;
    private DotNetObjectReference<NewsEditor>? _self;
    private CancellationTokenSource _soon = new();
    private string? _problem, _openedKey;
    private string _language = Languages.Chinese, _html = "";
    private bool _isDirty, _isCorrecting, _isRestored;
    private int _changes;
    private long _typed, _id;
    private DateTimeOffset? _savedAt;

    [Parameter] public string Key { get; set; } = "";

    private FormProblems Problems => field ??= new FormProblems(Refusals);

    private ComponentScript Script => field ??= new ComponentScript(Js, Assets["Features/News/Writing/Pages/NewsEditor.razor.js"]);

    private bool IsDraft => _item?.State == NewsState.Draft;

    private bool MayWrite => IsDraft || _isCorrecting;

    private bool IsChinese => _language == Languages.Chinese;

    private string DraftKey => $"draft:{User.PersonId}:news:{_id}{(_isCorrecting ? ":correct" : "")}";

    private sealed record Texts(long Sequence, string? Title, string? TitleEn, string? Summary, string? SummaryEn, string? Body, string? BodyEn);

    private sealed record Kept(bool IsRestored, long Version);

    protected override bool Wants(Change change) => change is KeyChanged { Topic: NewsTopics.Items } changed && changed.Key == Interlocked.Read(ref _id)
        || change is PresenceChanged presence && presence.Now.Key == new PresenceKey(PresenceKind, Interlocked.Read(ref _id));

    protected override async Task LoadAsync()
    {
        _problem = await Actions.ProblemAsync(async () =>
        {
            if (_item is null)
            {
                _columns = await News.ColumnsAsync(DisposalToken);
                _buildings = await News.BuildingsAsync(DisposalToken);
                _paragraphs = await News.ParagraphsAsync(DisposalToken);
                var item = await News.OpenAsync(Key, DisposalToken);
                if (DisposalToken.IsCancellationRequested) return;
                Interlocked.Exchange(ref _id, item.Id);
                _item = item;
                _form = Copy(item.Form);
                if (!item.Form.Content.HasChinese && item.Form.Content.HasEnglish) _language = Languages.English;
                ShowPreview();
                _others = Presence.Enter(this, Subject());
            }
            else
            {
                await FollowAsync();
            }
        });
    }

    protected override async Task<bool> ApplyAsync(IReadOnlyList<Change> changes)
    {
        if (_item is null) return false;
        if (changes.Any(c => c is PresenceChanged)) _others = Presence.Others(Subject());
        if (changes.Any(c => c is KeyChanged)) await LoadAsync();
        return true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_item is null || _openedKey == DraftKey) return;
        _openedKey = DraftKey;
        _self ??= DotNetObjectReference.Create(this);
        try
        {
            var kept = await Script.InvokeAsync<Kept>("open", _root, _self, new
            {
                Key = DraftKey,
                _form.Version,
                IsOpen = MayWrite,
                Upload = $"news/{_id}/files",
                MaxBytes = NewsLimits.FileBytes,
                TooLarge = T["Refusal.FileTooLarge", NewsLimits.FileBytes / 1024 / 1024].Value,
            });
            if (!kept.IsRestored) return;
            await PullAsync();
            if (kept.Version != _form.Version) _conflict = _item;
            else (_isRestored, _) = (true, TouchAsync());
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // Without its script the page keeps no local draft and has no toolbar.
        }
    }

    /// <summary>Somebody typed, and paused.</summary>
    [JSInvokable]
    public async Task TypedAsync()
    {
        if (!MayWrite || !await PullAsync()) return;
        await TouchAsync();
        StateHasChanged();
    }

    /// <summary>The shortcut for saving.</summary>
    [JSInvokable]
    public async Task SaveNowAsync()
    {
        if (IsDraft) await SaveAsync(isAutosave: false);
        StateHasChanged();
    }

    /// <summary>An upload ended, with the reason if it was refused.</summary>
    [JSInvokable]
    public async Task UploadedAsync(string? problem)
    {
        Problems.Clear();
        if (problem is not null) Problems.ShowRefusal(Rejected.Fields([new FieldProblem(NewsUploads.Field, "", typeof(WritingText), [], problem)]));
        await LoadAsync();
        StateHasChanged();
    }

    // What others did: their text is shown at once if nothing of mine is unsaved, else beside mine.
    private async Task FollowAsync()
    {
        await _gate.WaitAsync(DisposalToken);
        try
        {
            var now = await News.OpenAsync(_id.ToString(CultureInfo.InvariantCulture), DisposalToken);
            if (now.Form.Version == _form.Version)
            {
                _item = now;
                return;
            }
            if (MayWrite && await PullAsync()) _isDirty = true;
            if (_isDirty && MayWrite && now.State == _item!.State && now.Form.Content != _form.Content) _conflict = now;
            else await ShowAsync(now);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ShowAsync(NewsEditing now)
    {
        if (_item?.State != now.State) _isCorrecting = false;
        (_item, _form, _conflict, _isDirty, _isRestored, _savedAt) = (now, Copy(now.Form), null, false, false, null);
        await Script.InvokeVoidAsync("put", _root, new { now.Form.Title, now.Form.TitleEn, now.Form.Summary, now.Form.SummaryEn, now.Form.Body, now.Form.BodyEn },
            now.Form.Version, MayWrite);
        ShowPreview();
    }

    /// <summary>Fetches what stands in the fields; true when it differs from what was known.</summary>
    private async Task<bool> PullAsync()
    {
        Texts? texts;
        try
        {
            await using var stream = await Script.InvokeAsync<IJSStreamReference>("texts", _root);
            await using var json = await stream.OpenReadStreamAsync(MaxTextBytes, DisposalToken);
            texts = await JsonSerializer.DeserializeAsync<Texts>(json, JsonSerializerOptions.Web, DisposalToken);
        }
        catch (Exception lost) when (lost is OperationCanceledException or JSException)
        {
            return false;
        }
        if (texts is null) return false;
        _typed = texts.Sequence;
        var before = _form.Content;
        (_form.Title, _form.TitleEn, _form.Summary, _form.SummaryEn) = (texts.Title, texts.TitleEn, texts.Summary, texts.SummaryEn);
        (_form.Body, _form.BodyEn) = (texts.Body, texts.BodyEn);
        if (_form.Content == before) return false;
        ShowPreview();
        return true;
    }

    private void Touch() => _ = TouchAsync();

    private async Task TouchAsync()
    {
        (_isDirty, _changes) = (true, _changes + 1);
        if (!IsDraft || _conflict is not null) return;
        await _soon.CancelAsync();
        _soon.Dispose();
        _soon = new CancellationTokenSource();
        _ = SaveSoonAsync(_soon.Token);
    }

    private async Task SaveSoonAsync(CancellationToken token)
    {
        try
        {
            await Task.Delay(AutosavePause, token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        RunUnawaited(async () =>
        {
            await SaveAsync(isAutosave: true);
            StateHasChanged();
        });
    }

    /// <summary>Saves the draft; true when everything is stored.</summary>
    private async Task<bool> SaveAsync(bool isAutosave)
    {
        await _gate.WaitAsync(DisposalToken);
        try
        {
            if (!IsDraft || _conflict is not null) return false;
            if (await PullAsync()) _isDirty = true;
            if (!_isDirty) return true;
            var (changes, typed) = (_changes, _typed);
            return await Actions.RunAsync(async () =>
            {
                var draft = await Service.SaveAsync(_id, _form, isAutosave);
                _form.Version = draft.Version;
                Problems.Clear();
                (_item, _savedAt) = (_item! with { Revision = draft.Revision, Form = Copy(_form) }, Office.Now);
                if (changes == _changes) _isDirty = false;
                await Script.InvokeVoidAsync("saved", _root, typed, draft.Version);
            }, Refused);
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool Refused(Refusal refusal)
    {
        if (refusal is not Stale) return Problems.ShowRefusal(refusal);
        RunUnawaited(async () =>
        {
            _conflict = await News.OpenAsync(_id.ToString(CultureInfo.InvariantCulture), DisposalToken);
            StateHasChanged();
        });
        return true;
    }

    /// <summary>Mine becomes the newest revision; theirs stays one of the revisions.</summary>
    private async Task KeepMineAsync()
    {
        if (_conflict is not { } theirs) return;
        await PullAsync();
        (_form.Version, _conflict, _isDirty) = (theirs.Form.Version, null, true);
        await SaveAsync(isAutosave: false);
    }

    /// <summary>Mine is kept as a revision, too, and then theirs is the newest again.</summary>
    private async Task TakeTheirsAsync()
    {
        if (_conflict is not { } theirs) return;
        await PullAsync();
        var isDone = await Actions.RunAsync(async () =>
        {
            if (theirs.State != NewsState.Draft) return;
            var mine = Copy(theirs.Form);
            (mine.Title, mine.TitleEn, mine.Summary, mine.SummaryEn) = (_form.Title, _form.TitleEn, _form.Summary, _form.SummaryEn);
            (mine.Body, mine.BodyEn) = (_form.Body, _form.BodyEn);
            var kept = await Service.SaveAsync(_id, mine);
            if (kept.Revision != theirs.Revision) await Service.RestoreAsync(_id, theirs.Revision, kept.Version);
        }, Refused);
        if (isDone) await TakeStoredAsync();
    }

    private Task<bool> TakeStoredAsync() => Actions.RunAsync(async () => await ShowAsync(await News.OpenAsync(_id.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Saves, says at the fields what is missing, and asks before the text goes on.</summary>
    private async Task ReleaseAsync(ReleaseStep step)
    {
        if (IsDraft && !await SaveAsync(isAutosave: false)) return;
        Problems.Clear();
        if (!await Actions.RunAsync(() => Service.DemandCompleteAsync(_id), Problems.ShowRefusal))
        {
            await ShowProblemAsync();
            return;
        }
        await TakeStoredAsync();
        await AskAsync<ReleaseDialog>(T[step == ReleaseStep.Submit ? "Submit" : "Publish"],
            new DialogParameters<ReleaseDialog> { { d => d.Item, _item }, { d => d.Step, step } });
    }

    // The first field with a problem is shown, in the language in which it is written.
    private async Task ShowProblemAsync()
    {
        if (Any(nameof(NewsForm.TitleEn), nameof(NewsForm.SummaryEn), nameof(NewsForm.BodyEn))) _language = Languages.English;
        if (Any(nameof(NewsForm.Title), nameof(NewsForm.Summary), nameof(NewsForm.Body))) _language = Languages.Chinese;
        ShowPreview();
        StateHasChanged();
        await Script.InvokeVoidAsync("focusProblem", _root);

        bool Any(params ReadOnlySpan<string> fields)
        {
            foreach (var field in fields)
                if (Problems.At(field) is not null) return true;
            return false;
        }
    }

    private async Task AskAsync<TDialog>(string title, DialogParameters parameters) where TDialog : ComponentBase
    {
        await (await Dialogs.ShowAsync<TDialog>(title, parameters, DialogSize.Narrow)).Result;
        if (!DisposalToken.IsCancellationRequested) await LoadAsync();
    }

    private Task<bool> RunAsync(Func<Task> verb) => Actions.RunAsync(async () =>
    {
        await verb();
        await FollowAsync();
    });

    private async Task WithdrawAsync()
    {
        var holders = 0;
        if (!await Actions.RunAsync(async () => holders = await News.HoldersAsync(_id))) return;
        await AskAsync<ReasonDialog>(T["Withdraw"], new DialogParameters<ReasonDialog>
        {
            { d => d.Send, because => Service.WithdrawAsync(_id, because) }, { d => d.Verb, T["Withdraw"].Value }, { d => d.IsDangerous, true },
            { d => d.Warning, T["WithdrawWarning", holders].Value }, { d => d.Item, _id },
        });
    }

    private Task ReturnAsync() => AskAsync<ReasonDialog>(T["Return"], new DialogParameters<ReasonDialog>
    {
        { d => d.Send, because => Service.ReturnAsync(_id, because) }, { d => d.Verb, T["Return"].Value }, { d => d.Item, _id },
    });

    private Task PinAsync() => AskAsync<WhenDialog>(T["Pin"], new DialogParameters<WhenDialog>
    {
        { d => d.When, _item!.Form.PinnedUntil?.ToDateTime(TimeOnly.MinValue) }, { d => d.IsDay, true }, { d => d.Label, T["PinnedUntil"].Value },
        { d => d.Send, at => Service.PinAsync(_id, at is { } day ? DateOnly.FromDateTime(day) : null) },
    });

    private Task ExpireAsync() => AskAsync<WhenDialog>(T["ChangeExpiry"], new DialogParameters<WhenDialog>
    {
        { d => d.When, _item!.Form.ExpiresAt }, { d => d.Label, T["ExpiresAt"].Value }, { d => d.Send, at => Service.ExpireAtAsync(_id, at) },
    });

    private async Task RevisionsAsync()
    {
        if (IsDraft && !await SaveAsync(isAutosave: true)) return;
        await (await Dialogs.ShowAsync<RevisionsDialog>(T["Revisions"],
            new DialogParameters<RevisionsDialog> { { d => d.Item, _item }, { d => d.MayRestore, IsDraft } }, DialogSize.Wide)).Result;
        if (!DisposalToken.IsCancellationRequested) await LoadAsync();
    }

    private async Task SendToMyselfAsync()
    {
        if (IsDraft && !await SaveAsync(isAutosave: true)) return;
        if (await Actions.RunAsync(() => Service.SendToMyselfAsync(_id))) Snackbar.Add(T["SentToPhone"], Severity.Success);
        await LoadAsync();
    }

    private async Task BeginCorrectionAsync()
    {
        _isCorrecting = true;
        await Script.InvokeVoidAsync("allow", _root, true);
    }

    private async Task StopCorrectionAsync()
    {
        _isCorrecting = false;
        await Script.InvokeVoidAsync("forget", _root);
        await TakeStoredAsync();
    }

    private async Task CorrectAsync()
    {
        await PullAsync();
        var holders = 0;
        if (!await Actions.RunAsync(async () => holders = await News.HoldersAsync(_id))) return;
        Problems.Clear();
        var dialog = await Dialogs.ShowAsync<CorrectDialog>(T["Correct"], new DialogParameters<CorrectDialog>
        {
            { d => d.Send, (correction, tells) => Service.CorrectAsync(_id, _form, correction, tells) }, { d => d.Holders, holders }, { d => d.Item, _id },
        }, DialogSize.Narrow);
        if (await dialog.Result is not { Canceled: false }) return;
        await StopCorrectionAsync();
    }

    private async Task ParagraphAsync(string? id)
    {
        if (_paragraphs.FirstOrDefault(p => p.Id.ToString(CultureInfo.InvariantCulture) == id) is not { } paragraph) return;
        var text = !IsChinese && paragraph.TextEn.Length > 0 || paragraph.Text.Length == 0 ? paragraph.TextEn : paragraph.Text;
        await Script.InvokeVoidAsync("insert", _root, text);
    }

    private Task<bool> TakeOutAsync(NewsFileRow file) => RunAsync(() => Uploads.RemoveAsync(_id, file.Key));

    private void Cover(Guid key)
    {
        _form.CoverKey = _form.CoverKey == key ? null : key;
        Touch();
    }

    private void AudienceChanged(AudienceRule rule)
    {
        _form.Audience = rule;
        Touch();
    }

    private void ConfirmationAsync(ChangeEventArgs chosen)
    {
        _form.NeedsConfirmation = chosen.Value is true;
        Touch();
    }

    private void OutageAsync(ChangeEventArgs chosen)
    {
        _form.OutageKind = Enum.TryParse<OutageKind>((string?)chosen.Value, out var kind) ? kind : null;
        Touch();
    }

    private void BuildingAsync(string? chosen)
    {
        if (!long.TryParse(chosen, CultureInfo.InvariantCulture, out var id)) return;
        _form.OutageBuildings = [.. _form.OutageBuildings, id];
        Touch();
    }

    private void Without(long building)
    {
        _form.OutageBuildings = [.. _form.OutageBuildings.Where(b => b != building)];
        Touch();
    }

    private void Choose(string language)
    {
        _language = language;
        ShowPreview();
    }

    private void ShowPreview() => _html = NewsHtml.Render((IsChinese ? _form.Body : _form.BodyEn) ?? "");

    private PresenceSubject Subject() => new(new PresenceKey(PresenceKind, _id), actor => actor.IsOffice);

    private LocalName ColumnName(NewsEditing item) => _columns.FirstOrDefault(c => c.Id == _form.ColumnId)?.Name ?? item.Column;

    private string BuildingName(long id) => _buildings.FirstOrDefault(b => b.Id == id)?.Name.ToString() ?? "?";

    private string SavedWords(NewsEditing item)
    {
        if (_isDirty && MayWrite) return T["Unsaved", item.Number];
        return (_savedAt ?? item.Life.SavedAt) is { } at ? T["SavedAt", item.Number, Office.Show(at), item.Revision] : item.Number;
    }

    private string CountWords()
    {
        var length = new StringInfo((IsChinese ? _form.Body : _form.BodyEn) ?? "").LengthInTextElements;
        return T["Count", length, Math.Max(1, (int)Math.Ceiling(length / (double)ReadingPace))];
    }

    private string? OutageNotice()
    {
        if (_form.OutageFrom is not { } from) return null;
        var begins = Office.At(DateOnly.FromDateTime(from), TimeOnly.FromDateTime(from));
        var goesOut = _form.PublishAt is { } at ? Office.At(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)) : Office.Now;
        var ahead = begins - (goesOut > Office.Now ? goesOut : Office.Now);
        return T[ahead >= ReleaseRules.OutageNotice ? "OutageEarlyEnough" : "WarnOutageShort", Math.Max(0, (int)ahead.TotalHours), (int)ReleaseRules.OutageNotice.TotalHours];
    }

    private static NewsForm Copy(NewsForm form) => new()
    {
        Version = form.Version,
        ColumnId = form.ColumnId,
        Title = form.Title,
        TitleEn = form.TitleEn,
        Summary = form.Summary,
        SummaryEn = form.SummaryEn,
        Body = form.Body,
        BodyEn = form.BodyEn,
        CoverKey = form.CoverKey,
        Audience = form.Audience,
        IsPublic = form.IsPublic,
        IsUrgent = form.IsUrgent,
        NeedsConfirmation = form.NeedsConfirmation,
        ConfirmBefore = form.ConfirmBefore,
        PinnedUntil = form.PinnedUntil,
        PublishAt = form.PublishAt,
        ExpiresAt = form.ExpiresAt,
        OutageKind = form.OutageKind,
        OutageFrom = form.OutageFrom,
        OutageUntil = form.OutageUntil,
        OutageBuildings = form.OutageBuildings,
    };

    public override async ValueTask DisposeAsync()
    {
        await _soon.CancelAsync();
        // What was typed and not saved yet is in the browser's storage, and is restored when the text is opened again.
        Presence.Leave(this);
        _self?.Dispose();
        await Script.DisposeAsync();
        await base.DisposeAsync();
        _soon.Dispose();
        _gate.Dispose();
    }
}
