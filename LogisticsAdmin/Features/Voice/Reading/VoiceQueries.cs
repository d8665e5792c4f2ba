using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>What the office reads of cases. For everybody else all of it is <see cref="NotFound"/>.</summary>
public sealed class VoiceQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, VoiceWork work, IEnumerable<IComplaintSubject> subjects,
    SharedRows<VoiceRow> shared)
{
    private const int ExportStep = 500, MaxMembers = 50;

    /// <summary>One window of the list: after <paramref name="after"/>, or before <paramref name="before"/>.</summary>
    public async Task<Page<VoiceRow>> WindowAsync(
        VoiceFilter filter, int take, VoiceEdge? after = null, VoiceEdge? before = null, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        if (filter.HasText && !SearchIndex.HasWords(filter.Text!)) return Page<VoiceRow>.Empty;
        await using var db = await databases.CreateDbContextAsync(ct);
        var cases = Find(db, filter).Where(VoiceFilter.InView(filter.View, user.PersonId));
        var sort = SortOf(filter);
        if (before is { } edge)
        {
            var earlier = InOrder(Beside(cases, sort, edge, isBehind: false), sort, backwards: true);
            var back = await ReadAsync(db, earlier.Take(take + 1), sort, ct);
            return new Page<VoiceRow>([.. back.TakeLast(take)], back.Count > take, MoreAfter: true);
        }
        if (after is { } start) cases = Beside(cases, sort, start, isBehind: true);
        var forward = await ReadAsync(db, InOrder(cases, sort, backwards: false).Take(take + 1), sort, ct);
        return new Page<VoiceRow>([.. forward.Take(take)], MoreBefore: after is not null, forward.Count > take);
    }

    /// <summary>The number of cases in each view, under the rest of the filter.</summary>
    public async Task<IReadOnlyDictionary<VoiceView, int>> CountsAsync(VoiceFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        var counts = Enum.GetValues<VoiceView>().ToDictionary(view => view, _ => 0);
        if (filter.HasText && !SearchIndex.HasWords(filter.Text!)) return counts;
        await using var db = await databases.CreateDbContextAsync(ct);
        var cases = Find(db, filter);
        foreach (var view in counts.Keys) counts[view] = await cases.CountAsync(VoiceFilter.InView(view, user.PersonId), ct);
        return counts;
    }

    /// <summary>The number of cases that match each filter.</summary>
    public async Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<VoiceFilter> filters, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        List<int> counts = [];
        foreach (var filter in filters)
        {
            var isEmpty = filter.HasText && !SearchIndex.HasWords(filter.Text!);
            counts.Add(isEmpty ? 0 : await Find(db, filter).CountAsync(VoiceFilter.InView(filter.View, user.PersonId), ct));
        }
        return counts;
    }

    /// <summary>All matching cases in the list's order, read in batches.</summary>
    public IAsyncEnumerable<VoiceRow> ExportAsync(VoiceFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        return ReadAllAsync(filter, ct);
    }

    /// <summary>One case with its timeline. What it is about is named only if the reader may see that thing.</summary>
    /// <exception cref="NotFound">There is none, or the reader is not of the office.</exception>
    public async Task<VoiceDetail> DetailAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var cases = db.VoiceCases.AsNoTracking();
        var row = await VoiceRow.From(db, cases.Where(c => c.Id == id)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var isMine = await work.IsMineAsync(db, id, ct);
        var more = await cases.Where(c => c.Id == id).Select(c => new { c.SubjectKind, c.SubjectKey, c.ExtendedTo }).SingleAsync(ct);
        var published = await db.VoicePublications.AsNoTracking().Living().Where(p => p.CaseId == id)
            .Select(p => new VoicePublished(p.Title, p.Question, p.Answer, p.PublishedAt)).FirstOrDefaultAsync(ct);
        var members = row.Members == 0 ? [] : await cases.Where(c => c.LeadId == id).OrderBy(c => c.Id).Take(MaxMembers)
            .Select(c => new { c.Id, c.Number, c.Text }).ToListAsync(ct);
        var lead = row.LeadId is not { } leadId ? null
            : await cases.Where(c => c.Id == leadId).Select(c => new { c.Id, c.Number, c.Text }).FirstOrDefaultAsync(ct);
        return new VoiceDetail(row, await VoiceTimeline.ReadAsync(db, id, user.Actor.MaySeeInternal(isMine), ct), Verbs(row, isMine))
        {
            Subject = more.SubjectKind is { } kind && subjects.FirstOrDefault(s => s.Kind == kind) is { } known
                ? await known.FindAsync(more.SubjectKey ?? "", ct) : null,
            ExtendedTo = more.ExtendedTo,
            Published = published,
            Members = [.. members.Select(m => new VoiceLink(m.Id, m.Number, CleanText.Summary(m.Text)))],
            Lead = lead is null ? null : new VoiceLink(lead.Id, lead.Number, CleanText.Summary(lead.Text)),
        };
    }

    /// <summary>What can be chosen in filters and dialogs.</summary>
    public async Task<VoiceChoices> ChoicesAsync(CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return new VoiceChoices(
            await db.Set<Centre>().AsNoTracking().Living().OrderBy(c => c.Code).Select(c => new VoiceChoice(c.Id, new LocalName(c.Name, c.NameEn)))
                .ToListAsync(ct),
            await db.Set<Crew>().AsNoTracking().Living().OrderBy(c => c.Code).Select(c => new VoiceChoice(c.Id, new LocalName(c.Name, c.NameEn)))
                .ToListAsync(ct),
            await VoiceNotices.Holders(db, RoleGroups.Office).OrderBy(p => p.FullName).Select(p => new VoiceColleague(p.Id, p.FullName)).ToListAsync(ct),
            await db.Set<Building>().AsNoTracking().Living().Where(b => b.Campus.RetiredAt == null).OrderBy(b => b.Id)
                .Select(b => new VoiceChoice(b.Id, new LocalName(b.Name, b.NameEn))).ToListAsync(ct));
    }

    /// <summary>The newest cases whose number, text or place contain what was typed.</summary>
    public async Task<IReadOnlyList<VoiceRow>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        if (!SearchIndex.HasWords(typed)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var hits = db.SearchIds<VoiceCase>(typed);
        var cases = db.VoiceCases.AsNoTracking().Where(c => hits.Contains(c.Id)).OrderByDescending(c => c.Id).Take(take);
        var ids = await cases.Select(c => c.Id).ToListAsync(ct);
        return [.. (await VoiceRow.From(db, db.VoiceCases.AsNoTracking().Where(c => ids.Contains(c.Id))).ToListAsync(ct)).OrderByDescending(r => r.Id)];
    }

    private HashSet<VoiceVerb> Verbs(VoiceRow row, bool isMine) =>
        [.. Enum.GetValues<VoiceVerb>().Where(v => v != VoiceVerb.Submit && user.Actor.May(v, isMine) && row.State.Allows(v)
            && (v != VoiceVerb.OpenName || row.IsAnonymous) && (v != VoiceVerb.Take || row.OwnerId is null)
            && (v != VoiceVerb.Group || row is { LeadId: null, Members: 0 }) && (v != VoiceVerb.Ungroup || row.LeadId is not null)
            && (v != VoiceVerb.Escalate || !row.IsEscalated))];

    private static VoiceSort SortOf(VoiceFilter filter) => filter.Sort ?? VoiceSort.Pressing;

    private static IQueryable<VoiceCase> Find(LogisticsDb db, VoiceFilter filter)
    {
        var cases = db.VoiceCases.AsNoTracking();
        if (filter.Kind is { } kind) cases = cases.Where(c => c.Kind == kind);
        if (filter.CentreId is { } centre) cases = cases.Where(c => c.CentreId == centre);
        if (filter.CrewId is { } crew) cases = cases.Where(c => c.CrewId == crew);
        if (filter.BuildingId is { } building) cases = cases.Where(c => c.BuildingId == building);
        if (filter.OwnerId is { } owner) cases = cases.Where(c => c.OwnerId == owner);
        if (filter.From is { } from) cases = cases.Where(c => c.SubmittedAt >= from);
        if (filter.Before is { } before) cases = cases.Where(c => c.SubmittedAt < before);
        if (filter.HasText)
        {
            var found = db.SearchIds<VoiceCase>(filter.Text!);
            cases = cases.Where(c => found.Contains(c.Id));
        }
        return cases;
    }

    private static IQueryable<VoiceCase> Beside(IQueryable<VoiceCase> cases, VoiceSort sort, VoiceEdge edge, bool isBehind)
    {
        var (pressing, id, newest) = (edge.Major, edge.Minor, -edge.Minor);
        var at = new DateTimeOffset(sort == VoiceSort.Pressing ? 0 : Math.Abs(edge.Major), TimeSpan.Zero);
        return (sort, isBehind) switch
        {
            (VoiceSort.Newest, true) => cases.Where(c => c.SubmittedAt < at || (c.SubmittedAt == at && c.Id < newest)),
            (VoiceSort.Newest, false) => cases.Where(c => c.SubmittedAt > at || (c.SubmittedAt == at && c.Id > newest)),
            (VoiceSort.Oldest, true) => cases.Where(c => c.SubmittedAt > at || (c.SubmittedAt == at && c.Id > id)),
            (VoiceSort.Oldest, false) => cases.Where(c => c.SubmittedAt < at || (c.SubmittedAt == at && c.Id < id)),
            (_, true) => cases.Where(c => c.Pressing > pressing || (c.Pressing == pressing && c.Id > id)),
            _ => cases.Where(c => c.Pressing < pressing || (c.Pressing == pressing && c.Id < id)),
        };
    }

    private static IQueryable<VoiceCase> InOrder(IQueryable<VoiceCase> cases, VoiceSort sort, bool backwards) => (sort, backwards) switch
    {
        (VoiceSort.Newest, false) or (VoiceSort.Oldest, true) => cases.OrderByDescending(c => c.SubmittedAt).ThenByDescending(c => c.Id),
        (VoiceSort.Oldest, false) or (VoiceSort.Newest, true) => cases.OrderBy(c => c.SubmittedAt).ThenBy(c => c.Id),
        (_, false) => cases.OrderBy(c => c.Pressing).ThenBy(c => c.Id),
        _ => cases.OrderByDescending(c => c.Pressing).ThenByDescending(c => c.Id),
    };

    private async Task<List<VoiceRow>> ReadAsync(LogisticsDb db, IQueryable<VoiceCase> chosen, VoiceSort sort, CancellationToken ct)
    {
        var ids = await chosen.Select(c => c.Id).ToListAsync(ct);
        var rows = await VoiceRow.From(db, db.VoiceCases.AsNoTracking().Where(c => ids.Contains(c.Id))).ToListAsync(ct);
        return [.. rows.OrderBy(r => VoiceEdge.Of(r, sort)).Select(shared.Share)];
    }

    private async IAsyncEnumerable<VoiceRow> ReadAllAsync(VoiceFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        if (filter.HasText && !SearchIndex.HasWords(filter.Text!)) yield break;
        List<long> all;
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            all = await InOrder(Find(db, filter).Where(VoiceFilter.InView(filter.View, user.PersonId)), SortOf(filter), backwards: false)
                .Select(c => c.Id).ToListAsync(ct);
        }
        foreach (var ids in all.Chunk(ExportStep))
        {
            user.Actor.DemandVoiceOffice();
            await using var db = await databases.CreateDbContextAsync(ct);
            var rows = await VoiceRow.From(db, db.VoiceCases.AsNoTracking().Where(c => ids.Contains(c.Id))).ToDictionaryAsync(r => r.Id, ct);
            foreach (var id in ids)
                if (rows.TryGetValue(id, out var row)) yield return row;
        }
    }
}
