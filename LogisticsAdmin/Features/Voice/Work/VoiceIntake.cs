using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// 代报: what somebody said by phone or at the counter, recorded by the office. The person is the reporter, as if they had sent it; the timeline says who
/// recorded it, who owns it from then on.
/// </summary>
public sealed class VoiceIntake(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, VoiceWork work)
{
    private const int MostFound = 12;

    private static readonly VoiceIntakeFormValidator Rules = new();

    /// <summary>
    /// Records a case and returns its id. A form sent twice makes one case. An anonymous one, which the person has to ask for, keeps the building only,
    /// and its text must not name them.
    /// </summary>
    /// <exception cref="NotFound">Anyone outside the office.</exception>
    public async Task<long> RecordAsync(VoiceIntakeForm form, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        Rules.Demand(form);
        var (me, reporter) = (user.PersonId, form.PersonId!.Value);
        if (reporter == me) throw Rejected.At<VoiceText>(nameof(VoiceIntakeForm.PersonId), "OwnReport");
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandVoiceOffice();
            var key = KeyOf(form, me);
            if (key is not null && await db.VoiceCases.Where(c => c.SubmissionKey == key).Select(c => (long?)c.Id).FirstOrDefaultAsync(token) is { } before)
                return before;
            await DemandPersonAsync(db, form, token);
            var now = office.Now;
            var report = await VoiceTargets.FillAsync(
                db, new VoiceReport(form.Kind!.Value, form.Text!.Trim(), form.Anonymous) { SubmissionKey = key }, form.Addressee, form.Place, reporter, token);
            var sent = VoiceCase.Submit(await db.NextNumberAsync(VoiceLimits.Series, office.DayOf(now), token), report, now, recordedById: me);
            sent.Recalculate(await work.TimesAsync(db, token), now);
            db.VoiceCases.Add(sent);
            db.VoiceReporters.Add(new VoiceReporter(sent, reporter));
            await VoiceWork.BindAsync(db, sent, sent.Events.Single(), form.Photos, token);
            await db.SaveChangesAsync(token);
            await VoiceNotices.WriteAsync(db, sent, VoiceVerb.Submit, me, now, token);
            await VoiceNotices.TellRecordedAsync(db, sent, now, token);
            return sent.Id;
        }, ct);
    }

    /// <summary>People for whom the office may record something, found by name, pinyin, number or phone.</summary>
    /// <exception cref="NotFound">Anyone outside the office.</exception>
    public async Task<IReadOnlyList<VoicePerson>> PeopleAsync(string typed, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        if (!SearchIndex.HasWords(typed)) return [];
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = db.SearchIds<Person>(typed);
        var people = db.Users.AsNoTracking().Where(p => p.RetiredAt == null && p.Id != me && found.Contains(p.Id))
            .OrderBy(p => p.FullName).ThenBy(p => p.Id).Take(MostFound);
        return await (
            from p in people
            join r in db.Set<Room>() on p.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join b in db.Set<Building>() on room.BuildingId equals b.Id into buildings
            from building in buildings.DefaultIfEmpty()
            orderby p.FullName, p.Id
            select new VoicePerson(p.Id, p.FullName, p.Number, p.PhoneNumber, room == null || building == null
                ? null : new LocalName(building.Name + " " + room.Name, building.NameEn + " " + room.NameEn))).ToListAsync(ct);
    }

    private static async Task DemandPersonAsync(LogisticsDb db, VoiceIntakeForm form, CancellationToken ct)
    {
        var id = form.PersonId;
        var person = await db.Users.AsNoTracking().Where(p => p.Id == id && p.RetiredAt == null)
            .Select(p => new { p.FullName, p.Number, p.PhoneNumber }).FirstOrDefaultAsync(ct)
            ?? throw Rejected.At<VoiceText>(nameof(VoiceIntakeForm.PersonId), "UnknownPerson");
        // Whoever records it knows the name, so a refusal tells nothing.
        if (form.Anonymous && VoiceWork.Names(form.Text, person.FullName, person.Number, person.PhoneNumber))
            throw Rejected.At<VoiceText>(nameof(VoiceIntakeForm.Text), "NamesReporter");
    }

    private static Guid? KeyOf(VoiceIntakeForm form, long me) =>
        FormKey.Of(form.Key, me, form.PersonId, form.Kind, form.Text?.Trim(), form.Anonymous, form.Addressee, form.Place);
}

/// <summary>Somebody for whom a case can be recorded. <paramref name="Room"/> is null for people without one.</summary>
public sealed record VoicePerson(long Id, string FullName, string? Number, string? Phone, LocalName? Room);
