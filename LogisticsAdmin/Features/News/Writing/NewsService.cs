using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>
/// Writes, reviews, schedules, corrects and withdraws items. Administrators may, and dispatchers and managers with the right "may publish"; to
/// people outside the office drafts do not exist.
/// </summary>
public sealed class NewsService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, NewsBoard board, NewsSignal signal, NewsUndo undo)
{
    /// <summary>Series of the numbers: notices and news.</summary>
    private const string Notices = "TZ", News = "XW";

    private static readonly NewsFormValidator Rules = new();

    /// <summary>Begins a draft in a column.</summary>
    /// <returns>Its id.</returns>
    public async Task<long> CreateAsync(long columnId, CancellationToken ct = default) => (await CreateAsync(columnId, null, ct)).Id;

    /// <summary>Begins a draft with this content, audience and settings, for templates and for copies of earlier items.</summary>
    public Task<NewsDraft> CreateAsync(long columnId, NewsForm? form, CancellationToken ct = default)
    {
        if (form is not null) Rules.Demand(form);
        return WriteAsync(async (db, me, token) =>
        {
            var column = await db.NewsColumns.Living().SingleOrDefaultAsync(c => c.Id == columnId, token) ?? throw new NotFound();
            var number = await db.NextNumberAsync(column.Kind == NewsKind.Notice ? Notices : News, office.Today, token);
            var item = new NewsItem(number, column, me, office.Now);
            db.NewsItems.Add(item);
            if (form is not null) await DescribeAsync(db, item, form, token);
            item.Write(form?.Content ?? NewsContent.Empty, RevisionReason.Created, me, office.Now, last: null);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(NewsTopics.Drafts, item.Id));
            return Draft(item);
        }, ct);
    }

    /// <summary>
    /// Stores a draft. Autosaves of one person within ten minutes are one revision, unless much was cut. Refused as <see cref="Stale"/> when
    /// somebody else saved since the form was opened: nothing is overwritten.
    /// </summary>
    /// <returns>The version that the next save must carry, and the number of the revision.</returns>
    public Task<NewsDraft> SaveAsync(long id, NewsForm form, bool isAutosave = false, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return ActAsync(id, async (db, item, me, token) =>
        {
            await DemandVersionAsync(db, item, form.Version, token);
            await DescribeAsync(db, item, form, token);
            var last = await LastRevisionAsync(db, id, token);
            item.Write(form.Content, isAutosave ? RevisionReason.Autosaved : RevisionReason.Saved, me, office.Now, last);
        }, ct);
    }

    /// <summary>Puts the text of an earlier revision back into a draft, as a new revision.</summary>
    public Task<NewsDraft> RestoreAsync(long id, int revision, long version, CancellationToken ct = default) => ActAsync(id, async (db, item, me, token) =>
    {
        await DemandVersionAsync(db, item, version, token);
        var wanted = await db.Set<NewsRevision>().AsNoTracking().SingleOrDefaultAsync(r => r.ItemId == id && r.Number == revision, token)
            ?? throw new NotFound();
        item.Write(wanted.Content, RevisionReason.Restored, me, office.Now, await LastRevisionAsync(db, id, token));
    }, ct);

    /// <summary>Says what an item still lacks before it can be submitted or released; changes nothing.</summary>
    /// <exception cref="Rejected">With a problem at each field that lacks something.</exception>
    public async Task DemandCompleteAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.DemandPublisherAsync(user.Actor, ct);
        var item = await db.NewsItems.AsNoTracking().Include(i => i.OutageBuildings).SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw new NotFound();
        await DemandCompleteAsync(db, item, ct);
    }

    /// <summary>送审, for columns that need a second person; those who may publish are told.</summary>
    public Task<NewsDraft> SubmitAsync(long id, CancellationToken ct = default) => ActAsync(id, async (db, item, me, token) =>
    {
        await DemandCompleteAsync(db, item, token);
        item.Submit(me, office.Now);
        var (publishers, roles, offices) = (db.NewsPublishers, db.UserRoles, RoleGroups.Office.ToIds());
        // The right outlives a change of role, and an account its holder: both are asked, as when they open the text.
        var reviewers = await db.Users.Where(p => p.RetiredAt == null && (p.Status == PersonStatus.Active || p.Status == PersonStatus.Expected))
            .Where(p => roles.Any(r => r.UserId == p.Id && (r.RoleId == (long)Role.Administrator
                || (offices.Contains(r.RoleId) && publishers.Any(may => may.PersonId == p.Id)))))
            .Select(p => p.Id).Where(p => p != me && p != item.AuthorId).ToListAsync(token);
        foreach (var reviewer in reviewers) Tell(db, reviewer, NewsNotification.ReviewAsked, item);
    }, ct);

    /// <summary>The author takes a submitted text back to go on writing.</summary>
    public Task<NewsDraft> RecallAsync(long id, CancellationToken ct = default) => ActAsync(id, (_, item, me, _) =>
    {
        if (item.SubmittedById != me && item.AuthorId != me) throw new Forbidden();
        item.Recall();
        return Task.CompletedTask;
    }, ct);

    /// <summary>审核通过, by somebody who neither wrote nor submitted it. It goes out at once or at its time.</summary>
    public Task<NewsDraft> ApproveAsync(long id, CancellationToken ct = default) => ActAsync(id, async (db, item, me, token) =>
    {
        await DemandSecondPersonAsync(db, item, me, token);
        await DemandCompleteAsync(db, item, token);
        item.Approve(me, office.Now);
        if (item.State == NewsState.Published) db.TellAll(item, office.Now);
    }, ct);

    /// <summary>退回修改, by somebody who neither wrote nor submitted it; the author is told.</summary>
    public Task<NewsDraft> ReturnAsync(long id, string? because, CancellationToken ct = default)
    {
        var reason = Reason(because);
        return ActAsync(id, (db, item, me, _) =>
        {
            if (item.AuthorId == me || item.SubmittedById == me) throw Rejected.Because<WritingText>("SecondPersonNeeded");
            item.Return(me, reason, office.Now);
            foreach (var person in new[] { item.AuthorId, item.SubmittedById }.OfType<long>().Distinct()) Tell(db, person, NewsNotification.Returned, item);
            return Task.CompletedTask;
        }, ct);
    }

    /// <summary>Releases a draft of a column without review: at once, or at its time.</summary>
    public Task<NewsDraft> ReleaseAsync(long id, CancellationToken ct = default) => ActAsync(id, async (db, item, _, token) =>
    {
        if (item.Column.NeedsReview) throw Rejected.Because<WritingText>("NeedsReview", item.Column.LocalName);
        await DemandCompleteAsync(db, item, token);
        item.Release(office.Now);
        if (item.State == NewsState.Published) db.TellAll(item, office.Now);
    }, ct);

    /// <summary>取消定时: back to a draft.</summary>
    public Task<NewsDraft> UnscheduleAsync(long id, CancellationToken ct = default) => ActAsync(id, (_, item, _, _) =>
    {
        item.Unschedule();
        return Task.CompletedTask;
    }, ct);

    /// <summary>撤回: gone at once from pages, feeds and search of the readers. The reason is kept.</summary>
    public async Task<NewsDraft> WithdrawAsync(long id, string? because, CancellationToken ct = default)
    {
        var reason = Reason(because);
        var draft = await ActAsync(id, async (db, item, me, token) =>
        {
            item.Withdraw(me, reason, office.Now);
            await db.TakeBackAllAsync(item, token);
        }, ct);
        signal.Wake();
        return draft;
    }

    /// <summary>
    /// 更正: changes texts, attachments and the outage of a published item and says what changed; with <paramref name="tellsAgain"/> all those
    /// addressed get a message. In a column with review it takes somebody who neither wrote nor submitted the item.
    /// </summary>
    public Task<NewsDraft> CorrectAsync(long id, NewsForm form, LocalName correction, bool tellsAgain, CancellationToken ct = default)
    {
        Rules.Demand(form);
        if (string.IsNullOrWhiteSpace(correction.Zh) && string.IsNullOrWhiteSpace(correction.En))
            throw Rejected.At<WritingText>("Correction", "CorrectionMissing");
        if (Math.Max(correction.Zh.Length, correction.En.Length) > NewsLimits.Correction)
            throw Rejected.At<WritingText>("Correction", "CorrectionTooLong", NewsLimits.Correction);
        return ActAsync(id, async (db, item, me, token) =>
        {
            await DemandVersionAsync(db, item, form.Version, token);
            if (item.Column.NeedsReview && (item.AuthorId == me || item.SubmittedById == me))
                throw Rejected.Because<WritingText>("CorrectionBySecondPerson", item.Column.LocalName);
            item.Correct(form.Content, correction, me, office.Now, await LastRevisionAsync(db, id, token));
            if (item.OutageKind is not null && form.OutageKind is not null)
                item.MoveOutage(Moment(form.OutageFrom), Moment(form.OutageUntil), form.OutageBuildings);
            foreach (var file in await db.NewsFiles.Where(f => f.ItemId == id && f.Pending != null).ToListAsync(token)) file.Correct(office.Now);
            await DemandCompleteAsync(db, item, token);
            if (tellsAgain && await db.NewsTellings.SingleOrDefaultAsync(t => t.ItemId == id, token) is { } telling)
                telling.Restart((int)NewsNotification.Corrected);
        }, ct);
    }

    /// <summary>Pins until the end of a day of the office; null unpins.</summary>
    public Task<NewsDraft> PinAsync(long id, DateOnly? until, CancellationToken ct = default) => ActAsync(id, (_, item, _, _) =>
    {
        item.Pin(until);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Changes when a published item ends, in the office's time; null: never. Refuses a time that has passed: withdrawing ends at once.</summary>
    public Task<NewsDraft> ExpireAtAsync(long id, DateTime? at, CancellationToken ct = default) => ActAsync(id, (_, item, _, _) =>
    {
        if (Moment(at) <= office.Now) throw Rejected.At<WritingText>("When", "ExpiresTooEarly");
        item.ExpireAt(Moment(at));
        return Task.CompletedTask;
    }, ct);

    /// <summary>Gives a draft up; it can be restored, and for some seconds undone.</summary>
    public async Task<NewsDraft> DiscardAsync(long id, CancellationToken ct = default)
    {
        long? step = null;
        var draft = await ActAsync(id, async (db, item, _, token) => step = await undo.RecordAsync(db, NewsUndo.Discarded, [id], () =>
        {
            item.Discard();
            return Task.CompletedTask;
        }, token), ct);
        undo.Offer(step);
        return draft;
    }

    /// <summary>Puts a message with the preview into the acting person's own inbox, to be opened on their phone.</summary>
    public Task<NewsDraft> SendToMyselfAsync(long id, CancellationToken ct = default) => WriteAsync(async (db, me, token) =>
    {
        var item = await db.NewsItems.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, token) ?? throw new NotFound();
        db.Inbox.Add(new InboxItem(me, PreviewKind.KindId, item.Number, null, office.Now, CleanText.Summary(item.Content.AnyTitle, 100)));
        db.Announce(new KeyChanged(InboxService.Topic, me));
        return Draft(item);
    }, ct);

    /// <summary>Takes a draft that was given up into use again.</summary>
    public Task<NewsDraft> RestoreDraftAsync(long id, CancellationToken ct = default) => ActAsync(id, (_, item, _, _) =>
    {
        item.RestoreDraft();
        return Task.CompletedTask;
    }, ct);

    private async Task DescribeAsync(LogisticsDb db, NewsItem item, NewsForm form, CancellationToken ct)
    {
        if (form.Audience.Lines.Count + form.Audience.Except.Count > NewsLimits.AudienceLines
            || form.Audience.Lines.Concat(form.Audience.Except).Any(l => l.Values.Count > NewsLimits.AudienceValues))
        {
            throw Rejected.At<WritingText>(nameof(NewsForm.Audience), "AudienceTooLong", NewsLimits.AudienceLines, NewsLimits.AudienceValues);
        }
        if (form.ColumnId != 0 && form.ColumnId != item.ColumnId)
            item.MoveTo(await db.NewsColumns.Living().SingleOrDefaultAsync(c => c.Id == form.ColumnId, ct) ?? throw new NotFound());
        item.Address(form.Audience, form.IsPublic, form.IsUrgent, form.NeedsConfirmation, Moment(form.ConfirmBefore), form.PinnedUntil);
        item.SetTimes(Moment(form.PublishAt), Moment(form.ExpiresAt));
        item.SetOutage(form.OutageKind, Moment(form.OutageFrom), Moment(form.OutageUntil), form.OutageBuildings);
        if (form.CoverKey is { } cover && !await db.NewsFiles.AnyAsync(f => f.ItemId == item.Id && f.Key == cover && f.IsPicture, ct)) throw new NotFound();
        item.SetCover(form.CoverKey);
    }

    private async Task DemandCompleteAsync(LogisticsDb db, NewsItem item, CancellationToken ct)
    {
        var groups = await db.AudienceGroupsAsync(ct);
        // A saved audience that is retired addresses nobody; as an exception it would except nobody.
        if (item.Audience.Groups.Any(g => !groups.ContainsKey(g))) throw Rejected.At<WritingText>(nameof(NewsForm.Audience), "GroupRetired");
        var addressed = await db.Addressed(item.Audience, groups).Take(1).CountAsync(ct);
        ReleaseRules.Demand(item, addressed, office.Now);
    }

    private static async Task DemandSecondPersonAsync(LogisticsDb db, NewsItem item, long me, CancellationToken ct)
    {
        if (item.AuthorId == me || item.SubmittedById == me || await db.Set<NewsRevision>().AnyAsync(r => r.ItemId == item.Id && r.ById == me, ct))
            throw Rejected.Because<WritingText>("SecondPersonNeeded");
    }

    private static async Task DemandVersionAsync(LogisticsDb db, NewsItem item, long version, CancellationToken ct)
    {
        if (item.Version != version) throw new Stale(await db.LastChangedByAsync<NewsItem>(item.Id, ct), item.Content.AnyTitle);
    }

    private static string Reason(string? because)
    {
        var reason = CleanText.Clean(because);
        if (reason.Length == 0) throw Rejected.At<WritingText>("Because", "ReasonMissing");
        if (reason.Length > NewsLimits.Reason) throw Rejected.At<WritingText>("Because", "ReasonTooLong", NewsLimits.Reason);
        return reason;
    }

    private DateTimeOffset? Moment(DateTime? local) =>
        local is { } at ? office.At(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)) : null;

    private void Tell(LogisticsDb db, long person, NewsNotification kind, NewsItem item)
    {
        db.Inbox.Add(new InboxItem(person, (int)kind, item.Number, null, office.Now));
        db.Announce(new KeyChanged(InboxService.Topic, person));
    }

    private static Task<NewsRevision?> LastRevisionAsync(LogisticsDb db, long id, CancellationToken ct) =>
        db.Set<NewsRevision>().Where(r => r.ItemId == id).OrderByDescending(r => r.Number).FirstOrDefaultAsync(ct);

    private static NewsDraft Draft(NewsItem item) => new(item.Id, item.Number, item.Version, item.Revision, item.State);

    private Task<NewsDraft> ActAsync(long id, Func<LogisticsDb, NewsItem, long, CancellationToken, Task> act, CancellationToken ct) =>
        WriteAsync(async (db, me, token) =>
        {
            var item = await db.NewsItems.Include(i => i.Column).Include(i => i.OutageBuildings).SingleOrDefaultAsync(i => i.Id == id, token)
                ?? throw new NotFound();
            var wasReadable = NewsAccess.IsReadable(item.State);
            await act(db, item, me, token);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(wasReadable || NewsAccess.IsReadable(item.State) ? NewsTopics.Items : NewsTopics.Drafts, id));
            return Draft(item);
        }, ct);

    private async Task<NewsDraft> WriteAsync(Func<LogisticsDb, long, CancellationToken, Task<NewsDraft>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var draft = await db.WriteAsync(async token =>
        {
            await db.DemandPublisherAsync(user.Actor, token);
            return await work(db, user.PersonId, token);
        }, ct);
        // Autosaves come every few seconds and change nothing that readers see.
        if (draft.State != NewsState.Draft) board.Invalidate();
        if (draft.State == NewsState.Published) signal.Wake();
        return draft;
    }
}
