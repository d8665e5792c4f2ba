using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Records readings of meters in use. Doubtful ones are asked about before they are stored. For the office and technicians; anybody else gets
/// <see cref="Forbidden"/>.
/// </summary>
public sealed class ReadingService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, ReadingPhotos photos, MetersUndo undo)
{
    private static readonly ReadingFormValidator Rules = new();

    /// <summary>
    /// Records what a meter showed on a day. The same key again gives the reading that is stored already. Doubts that the form does not
    /// confirm with a reason are returned, and nothing is stored then. A reading in the place of an estimate of the same day settles it; any other
    /// reading of the day has to be corrected instead. A reading keeps one photo, however often its form is sent.
    /// </summary>
    public Task<ReadingAnswer> RecordAsync(ReadingForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return WriteAsync(ReadingAct.Record, form.Key ?? Guid.NewGuid(), form.Photo, async (db, key, token) =>
        {
            var chain = await ReadingChain.OfAsync(db, form.MeterId ?? 0, token);
            DemandInUse(chain.Meter);
            DemandDay(chain, form.Day!.Value);
            if (chain.At(form.Day.Value) is { IsEstimate: false } same)
                throw Rejected.At<MeteringText>(nameof(ReadingForm.Day), "AlreadyRead", ReadingWords.Number(same.Value));
            return (chain, Put(chain, form, ReadingSource.Read, key));
        }, ct);
    }

    /// <summary>
    /// 更正: a new reading of the same day in the place of one that counts, with a reason; the wrong one stays as a row. Also possible after the
    /// meter was removed. Openings and closings are corrected by managers and administrators.
    /// </summary>
    public Task<ReadingAnswer> CorrectAsync(long readingId, ReadingForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        if (CleanText.Clean(form.Reason).Length == 0) throw Rejected.At<MeteringText>(nameof(ReadingForm.Reason), "ReasonMissing");
        return WriteAsync(ReadingAct.Correct, form.Key ?? Guid.NewGuid(), form.Photo, async (db, key, token) =>
        {
            var wrong = await db.MeterReadings.AsNoTracking().FirstOrDefaultAsync(r => r.Id == readingId, token) ?? throw new NotFound();
            if (wrong.ReplacedAt is not null) throw Rejected.Because<MeteringText>("AlreadyCorrected");
            if (wrong.Source is ReadingSource.Opening or ReadingSource.Closing) user.Actor.DemandBilling();
            var chain = await ReadingChain.OfAsync(db, wrong.MeterId, token);
            form.Day = wrong.Day;
            var source = wrong.Source is ReadingSource.Opening or ReadingSource.Closing ? wrong.Source : ReadingSource.Read;
            return (chain, Put(chain, form, source, key));
        }, ct);
    }

    /// <summary>估抄: what the counter will probably show, by the usual usage of a day; settled by the next true reading.</summary>
    public Task<ReadingAnswer> EstimateAsync(long meterId, DateOnly day, Guid key, string? reason = null, CancellationToken ct = default) =>
        WriteAsync(ReadingAct.Estimate, key, null, async (db, _, token) =>
        {
            var chain = await ReadingChain.OfAsync(db, meterId, token);
            DemandInUse(chain.Meter);
            DemandDay(chain, day);
            if (chain.Slots[^1].Day >= day) throw Rejected.At<MeteringText>(nameof(ReadingForm.Day), "ReadSince", ReadingWords.Day(chain.Slots[^1].Day));
            var value = chain.Expected(day) ?? throw Rejected.Because<MeteringText>("UsualUnknown");
            return (chain, Answer(chain.Put(day, value, ReadingSource.Estimated, key, Note(reason))));
        }, ct);

    private static (ReadingChain.Slot?, IReadOnlyList<ReadingDoubt>) Answer(ReadingChain.Slot slot) => (slot, []);

    /// <summary>Adds the form's reading to the chain, unless it raises doubts that the form does not confirm.</summary>
    internal static (ReadingChain.Slot? Slot, IReadOnlyList<ReadingDoubt> Doubts) Put(ReadingChain chain, ReadingForm form, ReadingSource source, Guid key)
    {
        if (form.Value >= chain.Meter.RollsOverAt) throw Rejected.At<MeteringText>(nameof(ReadingForm.Value), "TooManyDigits", chain.Meter.Digits);
        var doubts = chain.Judge(form.Day!.Value, form.Value!.Value);
        var reason = Note(form.Reason);
        if (doubts.Count > 0 && (reason is null || doubts.Any(d => !form.Confirmed.Contains(d.Kind)))) return (null, doubts);
        return (chain.Put(form.Day.Value, form.Value.Value, source, key, reason), []);
    }

    private async Task<ReadingAnswer> WriteAsync(
        ReadingAct act, Guid key, Guid? photo,
        Func<LogisticsDb, Guid, CancellationToken, Task<(ReadingChain, (ReadingChain.Slot? Slot, IReadOnlyList<ReadingDoubt> Doubts))>> work,
        CancellationToken ct)
    {
        long? step = null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var (answer, isUnused) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandReadings();
            step = null;
            if (await db.MeterReadings.FirstOrDefaultAsync(r => r.Key == key, token) is { } known)
                return (ReadingAnswer.Stored(known.Id), photo is { } again && !await KeepAsync(db, known, again, token));
            var (chain, (slot, doubts)) = await work(db, key, token);
            if (slot is not { } added) return (ReadingAnswer.Asks(doubts), false);
            // Only the management may undo it.
            if (user.Actor.IsManagement) step = await undo.RecordAsync(db, act.ToString(), [chain.Meter.Id], StoreAsync, token);
            else await StoreAsync();
            db.Announce(new KeyChanged(FeesTopics.Meters, chain.Meter.Id));
            return (ReadingAnswer.Stored(added.Stored!.Id), false);

            async Task StoreAsync()
            {
                await ReadingChain.SaveAsync(db, [chain], office.Now, user.Actor.PersonId, token);
                if (photo is { } taken) added.Stored!.Attach(taken);
            }
        }, ct);
        undo.Offer(step);
        if (isUnused) photos.Discard(photo!.Value);
        return answer;
    }

    // Of a form that is sent again: its reading may have been stored without the photo, or have one already.
    private async Task<bool> KeepAsync(LogisticsDb db, MeterReading known, Guid photo, CancellationToken ct)
    {
        if (known.PhotoKey is null && known.RecordedById == user.Actor.PersonId) known.Attach(photo);
        return known.PhotoKey == photo || await db.MeterReadings.AnyAsync(r => r.PhotoKey == photo, ct);
    }

    private static void DemandInUse(Meter meter)
    {
        if (meter.RemovedOn is { } day) throw Rejected.Because<MeteringText>("MeterRemoved", meter.Number, ReadingWords.Day(day));
    }

    private void DemandDay(ReadingChain chain, DateOnly day)
    {
        if (day > office.Today) throw Rejected.At<MeteringText>(nameof(ReadingForm.Day), "DayInFuture");
        if (day < chain.Slots[0].Day) throw Rejected.At<MeteringText>(nameof(ReadingForm.Day), "BeforeOpening", ReadingWords.Day(chain.Slots[0].Day));
    }

    internal static string? Note(string? typed) => CleanText.Clean(typed) is { Length: > 0 } note ? note : null;
}
