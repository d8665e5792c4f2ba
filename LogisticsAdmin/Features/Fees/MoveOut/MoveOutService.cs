using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>
/// Draws up and settles move-out statements. The office draws them up, managers and administrators settle them; nobody else knows of them. Settling
/// moves the person's part of the room's balance to their own account, sets aside what they owe for days that are not billed yet and gives back what was
/// charged for days to come.
/// </summary>
public sealed class MoveOutService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, LedgerWriter ledger, PaymentWriter payments, ILogger<MoveOutService> log)
{
    /// <summary>Numbers of statements (结算).</summary>
    public const string Series = "JS";

    private static readonly MoveOutFormValidator Rules = new();

    /// <summary>Computes the statement of somebody's newest stay, and stores nothing. <paramref name="leaving"/>: see <see cref="MoveOutForm"/>.</summary>
    /// <exception cref="NotFound">There is no such person, or they never lived anywhere.</exception>
    public async Task<MoveOutDraft> DrawUpAsync(long personId, DateOnly? leaving = null, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (stay, day) = await StayAsync(db, personId, leaving, ct);
        var facts = new MoveOutFacts(db, office, stay, day);
        var settled = await SettledIdAsync(db, stay, ct);
        return new MoveOutDraft(
            await NamesAsync(db, stay, ct), await facts.ReadAsync(ct), await facts.MetersAsync(ct), user.Actor.IsManagement, settled);
    }

    /// <summary>
    /// Settles the statement and returns its id. A stay is settled once: again gives the one that is there. Refused while a meter of the room has no
    /// reading on the day of leaving, and when the result is not the one that was shown.
    /// </summary>
    public async Task<long> SettleAsync(MoveOutForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        var (id, isNew) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandFees();
            user.Actor.DemandBilling();
            var (stay, day) = await StayAsync(db, form.PersonId, form.LeavingDay, token);
            var known = await SettledIdAsync(db, stay, token);
            return known is { } settled ? (settled, false) : (await SettleAsync(db, stay, day, form, token), true);
        }, ct);
        if (isNew) log.StatementSettled(id, user.ActorOrNull?.PersonId);
        return id;
    }

    private async Task<long> SettleAsync(LogisticsDb db, OpenStay open, DateOnly day, MoveOutForm form, CancellationToken ct)
    {
        var (facts, stay) = (new MoveOutFacts(db, office, open, day), open.Newest);
        if ((await facts.MetersAsync(ct)).FirstOrDefault(m => m.Closing is null) is { } unread)
            throw Rejected.Because<MoveOutText>("MeterUnread", unread.Kind, unread.Number);
        var figures = await facts.ReadAsync(ct);
        if (figures.Result.Fen != form.ResultFen) throw Rejected.Because<MoveOutText>("ResultChanged", figures.Result);
        var (now, me) = (office.Now, user.PersonId);
        var number = await db.NextNumberAsync(Series, office.DayOf(now), ct);
        var statement = new MoveOutStatement(number, stay.Id, stay.PersonId, stay.RoomId, figures, form.Way ?? MoveOutWay.Account, me, now);
        db.MoveOutStatements.Add(statement);
        await SetAsideAsync(db, open, figures, number, ct);
        var own = await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(stay.PersonId), ct);
        var room = await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(stay.RoomId), ct);
        var aside = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.MoveOut), ct);
        List<(LedgerAccount Account, Money Amount)> lines =
            [(own, figures.RoomPart - figures.Charges + figures.GivenBack), (room, Money.Zero - figures.RoomPart), (aside, figures.Charges)];
        foreach (var kind in (figures.Backs ?? []).GroupBy(b => b.KindId))
            lines.Add((await LedgerWriter.AccountAsync(db, LedgerAccount.OfRevenue(kind.Key), ct), new Money(-kind.Sum(b => b.AmountFen))));
        await ledger.PostAsync(db, TransactionKind.MoveOut, $"moveout:{number}", lines, ct, number);
        if (form.Way == MoveOutWay.Cash) await PayAsync(db, statement, own, figures.Result, ct);
        db.Inbox.Add(new InboxItem(
            stay.PersonId, MoveOutNotificationKind.Settled, number, figures.Result.Fen.ToString(CultureInfo.InvariantCulture), now, number));
        await db.SaveChangesAsync(ct);
        db.Announce(new KeyChanged(InboxService.Topic, stay.PersonId));
        db.Announce(new KeyChanged(FeesTopics.Payments, 0));
        return statement.Id;
    }

    private static Task<long?> SettledIdAsync(LogisticsDb db, OpenStay stay, CancellationToken ct) => db.MoveOutStatements
        .Where(s => s.OccupancyId == stay.Newest.Id && s.TakenBackAt == null).Select(s => (long?)s.Id).SingleOrDefaultAsync(ct);

    // A debt is paid with a receipt; a refund takes a second person, as all do.
    private async Task PayAsync(LogisticsDb db, MoveOutStatement statement, LedgerAccount own, Money result, CancellationToken ct)
    {
        if (result < Money.Zero)
        {
            var order = await payments.TakeCashAsync(db, own, Money.Zero - result, user.PersonId, key: null, ct);
            statement.PaidWith(order.ReceiptNumber!);
        }
        else if (result > Money.Zero)
        {
            var proposal = new MoneyProposal(MoneyProposalKind.Refund, own.Id, result, statement.Number, user.PersonId, office.Now);
            db.MoneyProposals.Add(proposal);
            await db.SaveChangesAsync(ct);
            statement.RefundedBy(proposal.Id);
        }
    }

    private static async Task SetAsideAsync(LogisticsDb db, OpenStay open, MoveOutFigures figures, string number, CancellationToken ct)
    {
        var (stay, first, last) = (open.Newest, open.First, figures.LeavingDay.AddDays(-1));
        var roomKey = LedgerAccount.RoomKey(stay.RoomId);
        List<MoveOutLine> lines = [.. figures.Lines.Where(l => l.Gap is null)];
        foreach (var line in lines)
        {
            db.SettledShares.Add(new SettledShare(
                line.KindId, line.IsOfRoom ? roomKey : LedgerAccount.PersonKey(stay.PersonId), stay.PersonId, line.First < first ? line.First : first,
                line.First, line.Last, line.Amount, number));
        }
        foreach (var back in figures.Backs ?? [])
            db.GivenBacks.Add(new GivenBack(back.BillId, back.KindId, stay.PersonId, back.Days, back.OfDays, back.Charged, number));
        // Of all other kinds: what is billed or corrected later is the person's, too.
        var ofRooms = await db.FeeKinds.Where(k => k.Payer == FeePayer.Room).Select(k => k.Id).ToListAsync(ct);
        foreach (var kind in ofRooms.Except(lines.Where(l => l.IsOfRoom).Select(l => l.KindId)))
            db.SettledShares.Add(new SettledShare(kind, roomKey, stay.PersonId, first, last.AddDays(1), last, Money.Zero, number));
    }

    /// <summary>The newest stay and the day on which it ends.</summary>
    private async Task<(OpenStay Stay, DateOnly Leaving)> StayAsync(LogisticsDb db, long personId, DateOnly? leaving, CancellationToken ct)
    {
        var stay = await db.Set<Occupancy>().AsNoTracking().Where(o => o.PersonId == personId).OrderByDescending(o => o.Until == null)
            .ThenByDescending(o => o.Until).ThenByDescending(o => o.Id).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var open = await OpenStay.OfAsync(db, office, stay, ct);
        if (stay.Until is { } until) return (open, office.DayOf(until));
        var day = leaving ?? office.Today;
        if (day > office.Today) throw Rejected.At<MoveOutText>(nameof(MoveOutForm.LeavingDay), "DayInFuture");
        if (day < office.DayOf(stay.From)) throw Rejected.At<MoveOutText>(nameof(MoveOutForm.LeavingDay), "DayBeforeStay", office.DayOf(stay.From));
        return (open, day);
    }

    private static async Task<MoveOutStay> NamesAsync(LogisticsDb db, OpenStay open, CancellationToken ct)
    {
        var stay = open.Newest;
        var person = await db.Users.Where(p => p.Id == stay.PersonId).Select(p => new { p.FullName, p.Number }).SingleAsync(ct);
        var room = await db.Set<Room>().Where(r => r.Id == stay.RoomId)
            .Select(r => new { r.Code, Building = new LocalName(r.Building.Name, r.Building.NameEn) }).SingleAsync(ct);
        return new MoveOutStay(
            stay.PersonId, person.FullName, person.Number, room.Building, room.Code, open.First, stay.Until is not null);
    }
}
