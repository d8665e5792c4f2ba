using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Live.Presence;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogisticsAdmin.Features.News.Writing.Pages;

/// <summary>Loading, following what others do, and saving; the verbs with dialogs stand beside the markup.</summary>
public partial class NewsEditor
{
    private sealed record Texts(long Sequence, string? Title, string? TitleEn, string? Summary, string? SummaryEn, string? Body, string? BodyEn);

    protected override bool Wants(Change change) =>
        change is KeyChanged { Topic: NewsTopics.Items or NewsTopics.Drafts } changed && changed.Key == Interlocked.Read(ref _id)
        || change is PresenceChanged presence && presence.Now.Key == new PresenceKey(PresenceKind, Interlocked.Read(ref _id));

    protected override async Task OnInitializedAsync()
    {
        _key = Key;
        await base.OnInitializedAsync();
    }

    // The address of another item opens it on the same page.
    protected override async Task OnParametersSetAsync()
    {
        if (_key == Key) return;
        _key = Key;
        if (IsDraft && _conflict is null) await SaveAsync(isAutosave: true);
        await _soon.CancelAsync();
        Close();
        await LoadAsync();
    }

    private void Close()
    {
        Presence.Leave(this);
        Problems.Clear();
        Interlocked.Exchange(ref _id, 0);
        (_item, _conflict, _others, _form, _shown) = (null, null, null, new NewsForm(), new NewsForm());
        (_openedKey, _savedAt, _typed, _language) = (null, null, 0, Languages.Chinese);
        (_isDirty, _isCorrecting, _isRestored) = (false, false, false);
    }

    protected override async Task LoadAsync()
    {
        _problem = await Actions.ProblemAsync(async () =>
        {
            if (_item is null)
            {
                _columns = await News.ColumnsAsync(DisposalToken);
                _buildings = await News.BuildingsAsync(DisposalToken);
                _paragraphs = await News.ParagraphsAsync(DisposalToken);
                var key = Key;
                var item = await News.OpenAsync(key, DisposalToken);
                if (DisposalToken.IsCancellationRequested || key != Key) return;
                Interlocked.Exchange(ref _id, item.Id);
                _item = item;
                (_form, _shown) = (item.Form with { }, item.Form);
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
            if (_item is not { } open) return;
            var now = await News.OpenAsync(open.Id.ToString(CultureInfo.InvariantCulture), DisposalToken);
            if (_item?.Id != open.Id) return;
            if (now.Form.Version == _form.Version)
            {
                _item = now;
                return;
            }
            if (MayWrite && await PullAsync()) _isDirty = true;
            var isMineStored = _isCorrecting && now.Form.Content == _form.Content && NewsSettings.Differing(now.Form, _form).Count == 0;
            if (_isDirty && MayWrite && !isMineStored || !await ShowAsync(now, MayWrite ? _typed : null)) _conflict = now;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Shows what is stored; false when something was typed since <paramref name="typed"/>, which then stays. Null: in any case.</summary>
    private async Task<bool> ShowAsync(NewsEditing now, long? typed = null, bool keepsTyped = false)
    {
        var mayWrite = now.State == NewsState.Draft || _isCorrecting && now.State == _item?.State;
        if (!await PutAsync(now.Form, mayWrite, typed, keepsTyped)) return false;
        if (_item?.State != now.State) _isCorrecting = false;
        (_item, _form, _conflict, _isDirty, _isRestored, _savedAt) = (now, now.Form with { }, null, false, false, null);
        ShowPreview();
        return true;
    }

    private async Task<bool> PutAsync(NewsForm form, bool mayWrite, long? typed, bool keepsTyped)
    {
        if (_openedKey is null)
        {
            _shown = form;
            return true;
        }
        try
        {
            return await Script.InvokeAsync<bool>("put", _root,
                new { form.Title, form.TitleEn, form.Summary, form.SummaryEn, form.Body, form.BodyEn }, form.Version, mayWrite, typed, keepsTyped);
        }
        catch (OperationCanceledException)
        {
            _shown = form;
            return true;
        }
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
            var (changes, typed, sent) = (_changes, _typed, _form with { });
            return await Actions.RunAsync(async () =>
            {
                var draft = await Service.SaveAsync(_id, sent, isAutosave);
                _form.Version = draft.Version;
                Problems.Clear();
                (_item, _savedAt) = (_item! with { Revision = draft.Revision, Form = sent with { Version = draft.Version } }, Office.Now);
                if (changes == _changes) _isDirty = false;
                await Script.InvokeVoidAsync("saved", _root, typed, draft.Version);
            }, Refused);
        }
        finally
        {
            _gate.Release();
        }
    }

    // What was fetched from the fields and not stored yet when the page is left. What was not fetched or is refused stays in the browser's storage.
    private async Task SaveLastAsync()
    {
        if (!await _gate.WaitAsync(LastSavePatience)) return;
        try
        {
            if (!_isDirty || !IsDraft || _conflict is not null) return;
            var before = _form.Version;
            var draft = await Service.SaveAsync(_id, _form, isAutosave: true);
            await Script.InvokeVoidAsync("stored", DraftKey, before, draft.Version);
        }
        catch (Exception lost) when (lost is Refusal or OperationCanceledException or JSException)
        {
            // Nobody is there any more to be told.
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
            var theirs = await News.OpenAsync(_id.ToString(CultureInfo.InvariantCulture), DisposalToken);
            if (theirs.Id != _id) return;
            _conflict = theirs;
            StateHasChanged();
        });
        return true;
    }

    // The labels of the settings that I changed since the form was opened, and of those that only they changed.
    private (IReadOnlyList<string> Mine, IReadOnlyList<string> Theirs) ChangedSettings(NewsEditing theirs)
    {
        var (byMe, byThem) = (NewsSettings.Differing(_item!.Form, _form), NewsSettings.Differing(_item.Form, theirs.Form));
        return ([.. byMe.Intersect(NewsSettings.Differing(_form, theirs.Form))], [.. byThem.Except(byMe)]);
    }

    private string Labels(IEnumerable<string> keys) => string.Join(T["Separator.Values"], keys.Select(key => T[key]));

    /// <summary>My text and the settings that I changed become the newest; their text stays one of the revisions.</summary>
    private async Task KeepMineAsync()
    {
        if (_conflict is not { } theirs) return;
        await PullAsync();
        (_form, _item, _conflict, _isDirty) = (NewsSettings.Merged(_item!.Form, _form, theirs.Form), theirs, null, true);
        await SaveAsync(isAutosave: false);
    }

    /// <summary>Mine is kept as a revision, too, and then theirs is the newest again.</summary>
    private async Task TakeTheirsAsync()
    {
        if (_conflict is not { } theirs) return;
        await PullAsync();
        var isStored = await Actions.RunAsync(async () =>
        {
            if (!IsDraft || theirs.State != NewsState.Draft) return;
            // As a revision only the text: all settings are theirs.
            var mine = NewsSettings.Merged(_form, _form, theirs.Form);
            var kept = await Service.SaveAsync(_id, mine);
            if (kept.Revision != theirs.Revision) await Service.RestoreAsync(_id, theirs.Revision, kept.Version);
        }, Refused);
        if (isStored) await TakeStoredAsync();
    }

    // Whether what is typed here can still be stored, after what the others did.
    private bool MayStore(NewsEditing theirs) => theirs.State == (_isCorrecting ? NewsState.Published : NewsState.Draft);

    // What was typed stays in the browser, and is offered when the item is a draft again.
    private Task<bool> ShowStoredAsync() => Actions.RunAsync(async () =>
        await ShowAsync(await News.OpenAsync(_id.ToString(CultureInfo.InvariantCulture)), keepsTyped: true));

    private Task<bool> TakeStoredAsync() => Actions.RunAsync(async () => await ShowAsync(await News.OpenAsync(_id.ToString(CultureInfo.InvariantCulture))));

    private Task<bool> RunAsync(Func<Task> verb) => Actions.RunAsync(async () =>
    {
        await verb();
        await FollowAsync();
    });

    private async Task BeginCorrectionAsync()
    {
        _isCorrecting = true;
        await Script.InvokeVoidAsync("allow", _root, true);
    }

    private async Task LeaveCorrectionAsync()
    {
        await PullAsync();
        var isChanged = _form.Content != _item!.Form.Content || NewsSettings.Differing(_item.Form, _form).Count > 0 || _item.HasPendingFiles;
        if (isChanged && !await Dialogs.ConfirmAsync(T["DropCorrection"], T["DropCorrectionWarning"], yes: T["DropCorrectionYes"], back: T["GoOn"])) return;
        if (_item.HasPendingFiles && !await Actions.RunAsync(() => Uploads.DropPendingAsync(_id))) return;
        await StopCorrectionAsync();
    }

    private async Task StopCorrectionAsync()
    {
        _isCorrecting = false;
        await Script.InvokeVoidAsync("forget", _root);
        await TakeStoredAsync();
    }

    private async Task DiscardAsync()
    {
        if (await SaveAsync(isAutosave: true)) await RunAsync(() => Service.DiscardAsync(_id));
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

    private void AskForConfirmation(ChangeEventArgs chosen)
    {
        _form.NeedsConfirmation = chosen.Value is true;
        Touch();
    }

    private void ChooseOutage(ChangeEventArgs chosen)
    {
        _form.OutageKind = Enum.TryParse<OutageKind>((string?)chosen.Value, out var kind) ? kind : null;
        Touch();
    }

    private void AddBuilding(string? chosen)
    {
        if (TypedId.Parse(chosen) is not { } id) return;
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
        return T[ahead >= ReleaseRules.OutageNotice ? "OutageEarlyEnough" : "WarnOutageShort",
            Math.Max(0, (int)ahead.TotalHours), (int)ReleaseRules.OutageNotice.TotalHours];
    }

    public override async ValueTask DisposeAsync()
    {
        Presence.Leave(this);
        await _soon.CancelAsync();
        await SaveLastAsync();
        _self?.Dispose();
        await Script.DisposeAsync();
        await base.DisposeAsync();
        _soon.Dispose();
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }
}
