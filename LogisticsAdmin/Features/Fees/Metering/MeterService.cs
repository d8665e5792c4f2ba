using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Installs, describes, shares, replaces and removes meters. For managers and administrators; anybody else gets <see cref="Forbidden"/>. Each
/// meter in use has an opening reading, and each removed one a closing reading. Nothing changes before the day to which a meter is billed.
/// </summary>
public sealed class MeterService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IEnumerable<IBilledMeters> billed, MetersUndo undo)
{
    /// <summary>Adds a meter with its opening reading and its rooms; returns its id.</summary>
    public async Task<long> InstallAsync(MeterForm form, CancellationToken ct = default)
    {
        new MeterFormValidator(MeterAct.Install).Demand(form);
        var (id, step) = await WriteAsync(async (db, token) =>
        {
            var added = 0L;
            var recorded = await undo.RecordNewAsync(db, nameof(MeterAct.Install), MetersUndo.Nothing, async () =>
            {
                await DemandMeteredAsync(db, form.KindId!.Value, token);
                DemandPast(form.Day!.Value);
                var shares = await SharesAsync(db, form.Rooms!, token);
                return added = (await AddAsync(db, form, form.KindId.Value, shares, token)).Id;
            }, token);
            return (added, recorded);
        }, ct);
        undo.Offer(step);
        return id;
    }

    /// <summary>Changes multiplier and digits, as long as nothing was read since the opening.</summary>
    public Task DescribeAsync(long id, MeterForm form, CancellationToken ct = default)
    {
        new MeterFormValidator(MeterAct.Describe).Demand(form);
        return UndoableAsync(MeterAct.Describe, id, form, async (db, chain, token) =>
        {
            if (chain.Slots.Count > 1 || await db.MeterReadings.AnyAsync(r => r.MeterId == id && r.Source != ReadingSource.Opening, token))
                throw Rejected.Because<MeteringText>("ReadAlready");
            chain.Meter.Describe(form.Multiplier!.Value, form.Digits!.Value);
            if (chain.Slots[0].Value >= chain.Meter.RollsOverAt) throw Rejected.At<MeteringText>(nameof(MeterForm.Digits), "TooManyDigits", chain.Meter.Digits);
            return ReadingAnswer.Stored(id);
        }, ct);
    }

    /// <summary>From a day on the meter counts for these rooms with these shares.</summary>
    public Task ShareAsync(long id, MeterForm form, CancellationToken ct = default)
    {
        new MeterFormValidator(MeterAct.Share).Demand(form);
        return UndoableAsync(MeterAct.Share, id, form, async (db, chain, token) =>
        {
            var (meter, day) = (chain.Meter, form.Day!.Value);
            DemandPast(day);
            var billedTo = await BilledToAsync(db, id, token);
            DemandUnbilled(day, billedTo);
            var shares = await SharesAsync(db, form.Rooms!, token);
            var open = meter.Rooms.Where(r => r.LastDay is null).ToList();
            var ending = open.Where(r => !shares.Contains((r.RoomId, r.Share))).ToList();
            var kept = open.Except(ending).Select(r => (r.RoomId, r.Share)).ToList();
            var latest = ending.Select(r => r.FirstDay).Append(meter.InstalledOn).Max();
            if (day < latest) throw Rejected.At<MeteringText>(nameof(MeterForm.Day), "SharedSince", ReadingWords.Day(latest));
            // On the last day that is billed a share may begin, but none is undone: bills count it.
            if (ending.Exists(r => r.FirstDay == day)) DemandUnbilled(day, billedTo?.AddDays(1));
            foreach (var room in ending)
            {
                // A share that would have no day was a mistake of the same day.
                if (room.FirstDay == day) db.MeterRooms.Remove(room);
                else room.End(day.AddDays(-1));
            }
            await db.SaveChangesAsync(token);
            foreach (var (room, share) in shares.Except(kept)) meter.ShareWith(room, share, day);
            return ReadingAnswer.Stored(id);
        }, ct);
    }

    /// <summary>
    /// 换表: closing reading of the old and opening reading of the new meter in one write, with the same rooms and shares. The answer's id is the
    /// new meter's; a doubtful closing reading is asked about, and nothing is stored then.
    /// </summary>
    public Task<ReadingAnswer> ReplaceAsync(long id, MeterForm form, CancellationToken ct = default)
    {
        new MeterFormValidator(MeterAct.Replace).Demand(form);
        return UndoableAsync(MeterAct.Replace, id, form, async (db, chain, token) =>
        {
            var old = chain.Meter;
            var rooms = old.Rooms.Where(r => r.LastDay is null).Select(r => (r.RoomId, r.Share)).ToList();
            if (await CloseAsync(db, chain, form, token) is { Count: > 0 } doubts) return ReadingAnswer.Asks(doubts);
            await db.SaveChangesAsync(token);
            var meter = await AddAsync(db, form, old.KindId, rooms, token);
            old.Remove(form.Day!.Value, meter.Id);
            return ReadingAnswer.Stored(meter.Id);
        }, ct);
    }

    /// <summary>拆表: with its closing reading. A doubtful one is asked about, and nothing is stored then.</summary>
    public Task<ReadingAnswer> RemoveAsync(long id, MeterForm form, CancellationToken ct = default)
    {
        new MeterFormValidator(MeterAct.Remove).Demand(form);
        return UndoableAsync(MeterAct.Remove, id, form, async (db, chain, token) =>
            await CloseAsync(db, chain, form, token) is { Count: > 0 } doubts ? ReadingAnswer.Asks(doubts) : ReadingAnswer.Stored(id), ct);
    }

    /// <summary>The rooms of a form's text with their shares; refused at the field where a line names no room or several.</summary>
    internal static async Task<List<(long RoomId, int Share)>> SharesAsync(LogisticsDb db, string typed, CancellationToken ct)
    {
        List<(long RoomId, int Share)> shares = [];
        var lines = typed.Split(['\n', '；', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length is 0 or > MeterLimits.Rooms) throw Rejected.At<MeteringText>(nameof(MeterForm.Rooms), "RoomCount", MeterLimits.Rooms);
        foreach (var line in lines)
        {
            var parts = CleanText.Clean(line).Split(['*', '×'], 2, StringSplitOptions.TrimEntries);
            var share = 1;
            var isRead = parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out share);
            if (!isRead || share is < 1 or > MeterLimits.Share)
                throw Rejected.At<MeteringText>(nameof(MeterForm.Rooms), "ShareUnreadable", line);
            var named = await db.NamedRoomsAsync(parts[0], ct);
            if (named is not [{ IsRetired: false } room])
                throw Rejected.At<MeteringText>(nameof(MeterForm.Rooms), named.Count < 2 ? "UnknownRoom" : "RoomAmbiguous", parts[0]);
            if (shares.Exists(s => s.RoomId == room.Id)) throw Rejected.At<MeteringText>(nameof(MeterForm.Rooms), "RoomTwice", parts[0]);
            shares.Add((room.Id, share));
        }
        return shares;
    }

    // Stores the closing reading and ends the meter; returns the doubts instead where there are any.
    private async Task<IReadOnlyList<ReadingDoubt>> CloseAsync(LogisticsDb db, ReadingChain chain, MeterForm form, CancellationToken ct)
    {
        var (meter, day) = (chain.Meter, form.Day!.Value);
        DemandPast(day);
        DemandUnbilled(day, await BilledToAsync(db, meter.Id, ct));
        if (day < chain.Slots[^1].Day) throw Rejected.At<MeteringText>(nameof(MeterForm.Day), "ReadSince", ReadingWords.Day(chain.Slots[^1].Day));
        if (day == chain.Slots[0].Day) throw Rejected.At<MeteringText>(nameof(MeterForm.Day), "RemovedAtOnce");
        if (form.Closing >= meter.RollsOverAt) throw Rejected.At<MeteringText>(nameof(MeterForm.Closing), "TooManyDigits", meter.Digits);
        var reading = new ReadingForm { Day = day, Value = form.Closing, Reason = form.Reason, Confirmed = form.Confirmed };
        var (slot, doubts) = ReadingService.Put(chain, reading, ReadingSource.Closing, Guid.NewGuid());
        if (slot is null) return doubts;
        await ReadingChain.SaveAsync(db, [chain], office.Now, user.Actor.PersonId, ct);
        foreach (var room in meter.Rooms.Where(r => r.LastDay is null)) room.End(day);
        meter.Remove(day, null);
        return [];
    }

    private async Task<Meter> AddAsync(LogisticsDb db, MeterForm form, long kindId, List<(long RoomId, int Share)> rooms, CancellationToken ct)
    {
        var meter = new Meter(kindId, form.Number!, form.Multiplier!.Value, form.Digits!.Value, form.Day!.Value);
        if (form.Opening >= meter.RollsOverAt) throw Rejected.At<MeteringText>(nameof(MeterForm.Opening), "TooManyDigits", meter.Digits);
        if (await db.Meters.AnyAsync(m => m.KindId == kindId && m.Number == meter.Number && m.RemovedOn == null, ct))
            throw Rejected.At<MeteringText>(nameof(MeterForm.Number), "NumberTaken", meter.Number);
        foreach (var (room, share) in rooms) meter.ShareWith(room, share, meter.InstalledOn);
        db.Meters.Add(meter);
        await db.SaveChangesAsync(ct);
        db.MeterReadings.Add(new MeterReading(
            meter.Id, meter.InstalledOn, form.Opening!.Value, ReadingSource.Opening, false, user.Actor.PersonId, office.Now, Guid.NewGuid()));
        db.Announce(new KeyChanged(FeesTopics.Meters, meter.Id));
        return meter;
    }

    private static async Task DemandMeteredAsync(LogisticsDb db, long kindId, CancellationToken ct)
    {
        var kind = await db.FeeKinds.AsNoTracking().FirstOrDefaultAsync(k => k.Id == kindId && k.RetiredAt == null, ct);
        if (kind is not { IsMetered: true }) throw Rejected.At<MeteringText>(nameof(MeterForm.KindId), "KindNotMetered");
    }

    private async Task<DateOnly?> BilledToAsync(LogisticsDb db, long meterId, CancellationToken ct)
    {
        DateOnly? last = null;
        foreach (var bills in billed)
            if (await bills.BilledToAsync(db, meterId, ct) is { } day && !(day <= last)) last = day;
        return last;
    }

    // Another room or meter would count days that are paid already.
    private static void DemandUnbilled(DateOnly day, DateOnly? earliest)
    {
        if (day < earliest) throw Rejected.At<MeteringText>(nameof(MeterForm.Day), "BilledAlready", ReadingWords.Day(earliest.Value));
    }

    private void DemandPast(DateOnly day)
    {
        if (day > office.Today) throw Rejected.At<MeteringText>(nameof(MeterForm.Day), "DayInFuture");
    }

    private async Task<ReadingAnswer> UndoableAsync(
        MeterAct act, long id, MeterForm form, Func<LogisticsDb, ReadingChain, CancellationToken, Task<ReadingAnswer>> work, CancellationToken ct)
    {
        long? step = null;
        var answer = await ChangeAsync(id, form, async (db, chain, token) =>
        {
            var given = ReadingAnswer.Asks([]);
            step = await undo.RecordAsync(db, act.ToString(), [id], async () => given = await work(db, chain, token), token);
            return given;
        }, ct);
        undo.Offer(step);
        return answer;
    }

    private Task<ReadingAnswer> ChangeAsync(
        long id, MeterForm form, Func<LogisticsDb, ReadingChain, CancellationToken, Task<ReadingAnswer>> work, CancellationToken ct) => WriteAsync(
        async (db, token) =>
        {
            var chain = await ReadingChain.OfAsync(db, id, token);
            if (chain.Meter.Version != form.Version) throw new Stale(await db.LastChangedByAsync<Meter>(id, token), chain.Meter.Number);
            if (chain.Meter.RemovedOn is { } day) throw Rejected.Because<MeteringText>("MeterRemoved", chain.Meter.Number, ReadingWords.Day(day));
            db.Announce(new KeyChanged(FeesTopics.Meters, id));
            return await work(db, chain, token);
        }, ct);

    private async Task<T> WriteAsync<T>(Func<LogisticsDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(token =>
        {
            user.Actor.DemandBilling();
            return work(db, token);
        }, ct);
    }
}
