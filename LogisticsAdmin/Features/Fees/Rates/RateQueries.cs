using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>Reads rates, for the office; for anybody else there is nothing: <see cref="NotFound"/>.</summary>
public sealed partial class RateQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    private const int MaxAffected = 200;

    /// <summary>The kinds in use, in their order, with today's prices.</summary>
    public async Task<IReadOnlyList<KindRow>> KindsAsync(CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var kinds = await db.FeeKinds.AsNoTracking().Living().OrderBy(k => k.Order).ThenBy(k => k.Id).ToListAsync(ct);
        var rates = (await db.FeeRates.AsNoTracking().ToListAsync(ct)).ToLookup(r => r.KindId);
        var waiting = await db.RateProposals.AsNoTracking().Where(p => p.State == ProposalState.Waiting).GroupBy(p => p.KindId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. kinds.Select(k => RowOf(k, [.. rates[k.Id]], waiting.GetValueOrDefault(k.Id)))];
    }

    /// <summary>All versions of a kind: those that begin last first.</summary>
    public async Task<IReadOnlyList<RateRow>> VersionsAsync(long kindId, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return await VersionsAsync(db, kindId, ct);
    }

    /// <summary>Every version of every kind, for export.</summary>
    public async Task<IReadOnlyList<RateExportRow>> AllAsync(CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var kinds = await db.FeeKinds.AsNoTracking().OrderBy(k => k.Order).ThenBy(k => k.Id).ToListAsync(ct);
        var versions = (await VersionsAsync(db, null, ct)).ToLookup(v => v.KindId);
        return [.. kinds.SelectMany(k => versions[k.Id].Select(v => new RateExportRow(k.LocalName, k.UnitName, v)))];
    }

    /// <summary>What waits for a second person, the oldest first; of one kind, or of all.</summary>
    public async Task<IReadOnlyList<ProposalRow>> ProposalsAsync(long? kindId = null, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var names = await ScopeNames.LoadAsync(db, ct);
        var found = await (
            from proposal in db.RateProposals.AsNoTracking()
            where proposal.State == ProposalState.Waiting && (kindId == null || proposal.KindId == kindId)
            join person in db.Users on proposal.ProposedById equals person.Id
            orderby proposal.Id
            select new { Proposal = proposal, person.FullName, IsHere = person.RetiredAt == null }).ToListAsync(ct);
        var roles = (await (
            from role in db.UserRoles
            join proposal in db.RateProposals on role.UserId equals proposal.ProposedById
            where proposal.State == ProposalState.Waiting
            select role).Distinct().ToListAsync(ct)).ToLookup(r => r.UserId, r => (Role)r.RoleId);
        return
        [
            .. found.Select(f => new ProposalRow(
                f.Proposal.Id, f.Proposal.Version, f.Proposal.KindId, f.Proposal.Scope, names.Of(f.Proposal.Scope), f.Proposal.FirstDay, f.Proposal.Rule,
                f.Proposal.Reason, f.Proposal.DocumentNumber, f.Proposal.WithdrawsRateId, f.FullName, f.Proposal.ProposedAt,
                f.Proposal.ProposedById == user.PersonId,
                f.IsHere && FeesAccess.AreTwo(user.Actor, f.Proposal.ProposedById, [.. roles[f.Proposal.ProposedById]]))),
        ];
    }

    /// <summary>The groups, buildings and campuses in use that a price may be for.</summary>
    public async Task<IReadOnlyList<ScopeChoice>> ScopesAsync(CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return (await ScopeNames.LoadAsync(db, ct, living: true)).Choices;
    }

    /// <summary>Rooms in use that match what was typed, at most eight.</summary>
    public async Task<IReadOnlyList<FoundRoom>> FindRoomsAsync(string typed, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return await db.FindRoomsAsync(typed, 8, ct);
    }

    /// <summary>One room; null where there is none.</summary>
    public async Task<FoundRoom?> RoomAsync(long id, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return await db.FoundRoomAsync(id, ct);
    }

    /// <summary>
    /// The regular bills of a rate's kind and scope whose days reach its first day or later and that were made before it was published: what a rate of the
    /// past changes.
    /// </summary>
    public async Task<AffectedBills> AffectedBillsAsync(long rateId, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var rate = await db.FeeRates.AsNoTracking().FirstOrDefaultAsync(r => r.Id == rateId, ct) ?? throw new NotFound();
        return await AffectedAsync(db, rate.KindId, rate.Scope, rate.FirstDay, rate.PublishedAt, ct);
    }

    /// <summary>The bills that a waiting proposal would change.</summary>
    public async Task<AffectedBills> AffectedByProposalAsync(long proposalId, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var proposal = await db.RateProposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == proposalId, ct) ?? throw new NotFound();
        return await AffectedAsync(db, proposal.KindId, proposal.Scope, proposal.FirstDay, DateTimeOffset.MaxValue, ct);
    }

    private async Task<LogisticsDb> OpenedAsync(CancellationToken ct)
    {
        user.Actor.DemandFees();
        return await databases.CreateDbContextAsync(ct);
    }

    private KindRow RowOf(FeeKind kind, FeeRate[] rates, int waiting)
    {
        var today = office.Today;
        List<FeeRate> current =
        [
            .. rates.Where(r => r.WithdrawnAt is null && r.FirstDay <= today).GroupBy(r => r.Scope).Select(g => g.MaxBy(r => r.FirstDay)!)
                .Where(r => r.Rule.SetsPrice),
        ];
        return new KindRow(
            kind.Id, kind.LocalName, kind.UnitName, kind.Measure, kind.Payer, kind.Cycle,
            current.Find(r => r.Scope == RateScope.Everywhere.Key)?.Rule, current.Count == 0 ? null : current.Min(r => r.Rule.Steps[0].Price),
            rates.Count(r => r.WithdrawnAt is null && r.FirstDay > today), waiting, rates.Length == 0 ? null : rates.Max(r => r.Id));
    }

    private async Task<List<RateRow>> VersionsAsync(LogisticsDb db, long? kindId, CancellationToken ct)
    {
        var names = await ScopeNames.LoadAsync(db, ct);
        var found = await (
            from rate in db.FeeRates.AsNoTracking()
            where kindId == null || rate.KindId == kindId
            join a in db.Users on rate.PublishedById equals a.Id into publishers
            from publisher in publishers.DefaultIfEmpty()
            join b in db.Users on rate.ApprovedById equals b.Id into approvers
            from approver in approvers.DefaultIfEmpty()
            join c in db.Users on rate.SupersededById equals c.Id into superseders
            from superseder in superseders.DefaultIfEmpty()
            join d in db.Users on rate.WithdrawnById equals d.Id into withdrawers
            from withdrawer in withdrawers.DefaultIfEmpty()
            select new
            {
                Rate = rate,
                Publisher = publisher.FullName,
                Approver = approver.FullName,
                Superseder = superseder.FullName,
                Withdrawer = withdrawer.FullName,
            }).ToListAsync(ct);
        var today = office.Today;
        var current = found.Where(f => f.Rate.WithdrawnAt is null && f.Rate.FirstDay <= today).GroupBy(f => (f.Rate.KindId, f.Rate.Scope))
            .Select(g => g.MaxBy(f => f.Rate.FirstDay)!.Rate.Id).ToHashSet();
        return
        [
            .. found.OrderByDescending(f => f.Rate.FirstDay).ThenByDescending(f => f.Rate.Id).Select(f => new RateRow(
                f.Rate.Id, f.Rate.Version, f.Rate.KindId, f.Rate.Scope, names.Of(f.Rate.Scope), f.Rate.FirstDay, f.Rate.Rule, f.Rate.Reason,
                f.Rate.DocumentNumber, StateOf(f.Rate), new RateActs(
                    f.Publisher, f.Rate.PublishedAt, f.Approver, f.Rate.FollowsWithdrawnId, f.Rate.SupersededByRateId, f.Superseder, f.Rate.SupersededAt,
                    f.Withdrawer, f.Rate.WithdrawnAt, f.Rate.WithdrawnBecause))),
        ];

        RateState StateOf(FeeRate rate) => rate switch
        {
            { WithdrawnAt: not null } => RateState.Withdrawn,
            _ when rate.FirstDay > today => RateState.Scheduled,
            _ when current.Contains(rate.Id) => RateState.Current,
            _ => RateState.Superseded,
        };
    }

    private static async Task<AffectedBills> AffectedAsync(
        LogisticsDb db, long kind, string scopeKey, DateOnly first, DateTimeOffset before, CancellationToken ct)
    {
        var (scope, rooms, members, shares) = (RateScope.Parse(scopeKey), db.Rooms, db.ResidentGroupMembers, db.BillShares);
        var bills =
            from bill in db.Bills.AsNoTracking()
            where bill.FeeKindId == kind && bill.Kind == BillKind.Regular && bill.Last >= first && bill.At < before
            join p in db.Users on bill.PersonId equals (long?)p.Id into people
            from person in people.DefaultIfEmpty()
            join r in rooms on bill.RoomId ?? person.RoomId equals (long?)r.Id into places
            from room in places.DefaultIfEmpty()
            select new { Bill = bill, Person = person, Room = room };
        bills = scope.Kind switch
        {
            RateScopeKind.Building => bills.Where(b => b.Room.BuildingId == scope.Id),
            RateScopeKind.Campus => bills.Where(b => b.Room.Building.CampusId == scope.Id),
            RateScopeKind.RoomType when scope.Beds is { } beds =>
                bills.Where(b => b.Room.Kind == (RoomKind)scope.Id && b.Room.Beds.Count(x => x.RetiredAt == null) == beds),
            RateScopeKind.RoomType => bills.Where(b => b.Room.Kind == (RoomKind)scope.Id),
            RateScopeKind.Group => bills.Where(b => members.Any(m => m.GroupId == scope.Id && m.FirstDay <= b.Bill.Last
                && (m.LastDay == null || m.LastDay >= b.Bill.First)
                && (m.PersonId == b.Bill.PersonId || shares.Any(s => s.BillId == b.Bill.Id && s.PersonId == m.PersonId)))),
            _ => bills,
        };
        var total = await bills.CountAsync(ct);
        var fen = await bills.SumAsync(b => b.Bill.AmountFen, ct);
        var newest = await bills.OrderByDescending(b => b.Bill.Id).Take(MaxAffected).Select(b => new
        {
            b.Bill.Id,
            b.Bill.Number,
            b.Bill.Period,
            b.Bill.AmountFen,
            Person = b.Bill.PersonId == null ? null : b.Person.FullName,
            Room = b.Room == null ? null : new { b.Room.Name, b.Room.NameEn, Building = b.Room.Building.Name, BuildingEn = b.Room.Building.NameEn },
        }).ToListAsync(ct);
        return new AffectedBills(total, new Money(fen),
        [
            .. newest.Select(b => new AffectedBill(b.Id, b.Number, b.Period, b.Person is { } name ? new LocalName(name, name)
                : b.Room is { } r ? RoomName(new LocalName(r.Building, r.BuildingEn), new LocalName(r.Name, r.NameEn)) : new LocalName("", ""),
                new Money(b.AmountFen))),
        ]);
    }

    private static LocalName RoomName(LocalName building, LocalName room) =>
        new($"{building.Zh} {room.Zh}", $"{(building.En.Length > 0 ? building.En : building.Zh)} {(room.En.Length > 0 ? room.En : room.Zh)}");
}
