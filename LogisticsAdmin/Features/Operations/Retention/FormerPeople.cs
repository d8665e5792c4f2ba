using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.People.Import;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Voice.Desk;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>People who left: which of them can be anonymised, and everything that is removed then.</summary>
internal static class FormerPeople
{
    /// <summary>Deleted or graduated before the cutoff, and without open matters.</summary>
    public static IQueryable<Person> Due(LogisticsDb db, DateTimeOffset cutoff)
    {
        var open = Open(db);
        return Left(db, cutoff).Where(p => p.RoomId == null && !open.Any(t => t.ReporterId == p.Id || t.TechnicianId == p.Id || t.OwnerId == p.Id));
    }

    /// <summary>Left before the cutoff, but with an open ticket that they reported, work on or answer for, or with a room.</summary>
    public static IQueryable<Person> WithOpenMatters(LogisticsDb db, DateTimeOffset cutoff)
    {
        var open = Open(db);
        return Left(db, cutoff).Where(p => p.RoomId != null || open.Any(t => t.ReporterId == p.Id || t.TechnicianId == p.Id || t.OwnerId == p.Id));
    }

    /// <summary>Removes what names the person from every table, inside a write. The audit log keeps which fields changed, without their values.</summary>
    public static async Task AnonymiseAsync(LogisticsDb db, Person person, DateTimeOffset now, CancellationToken ct)
    {
        var (id, entity) = (person.Id, nameof(Person));
        person.Anonymise(now);
        foreach (var ticket in await db.RepairTickets.Where(t => t.ReporterId == id && (t.ContactName != null || t.ContactPhone != null)).ToListAsync(ct))
            ticket.RemoveContact();
        foreach (var freshman in await db.Freshmen.Where(f => f.PersonId == id).ToListAsync(ct)) freshman.ForgetWords();
        foreach (var leaver in await db.Leavers.Where(l => l.PersonId == id).ToListAsync(ct)) leaver.ForgetWords();
        // Why two swap is about both.
        foreach (var change in await db.RoomChanges.Where(c => c.PersonId == id || c.OtherId == id).ToListAsync(ct)) change.ForgetWords();
        var refused = db.RoomChanges.Where(c => c.DecidedById == null && c.Because != null && c.Votes.Any(v => v.PersonId == id && v.Agrees == false));
        foreach (var change in await refused.ToListAsync(ct)) change.ForgetBecause();
        await db.EndSessionsAsync(s => s.PersonId == id, ct);
        await PersonRecords.ForgetPasskeysAsync(db, id, ct);
        await db.SaveChangesAsync(ct);

        await BulkWriter.RemoveAsync(db, db.UserRoles.Where(r => r.UserId == id), ct);
        await BulkWriter.RemoveAsync(db, db.UserClaims.Where(c => c.UserId == id), ct);
        await BulkWriter.RemoveAsync(db, db.UserTokens.Where(t => t.UserId == id), ct);
        await BulkWriter.RemoveAsync(db, db.UserLogins.Where(l => l.UserId == id), ct);
        await BulkWriter.RemoveAsync(db, db.Set<PersonPicture>().Where(p => p.PersonId == id), ct);
        await BulkWriter.RemoveAsync(db, db.Set<SignInRecord>().Where(s => s.PersonId == id), ct);
        await BulkWriter.RemoveAsync(db, db.Set<PeopleSettings>().Where(s => s.PersonId == id), ct);
        await BulkWriter.RemoveAsync(db, db.PersonDeskSettings.Where(s => s.PersonId == id), ct);
        await BulkWriter.RemoveAsync(db, db.PersonVoiceDeskSettings.Where(s => s.PersonId == id), ct);
        await BulkWriter.RemoveAsync(db, db.Inbox.Where(i => i.PersonId == id), ct);
        // That somebody was told and read stays as proof, under the name that is left.
        await BulkWriter.RemoveAsync(db, db.NewsPublishers.Where(p => p.PersonId == id), ct);
        await BulkWriter.RemoveAsync(db, db.Outbox.Where(m => m.PersonId == id), ct);
        await BulkWriter.RemoveAsync(db, db.MailPreferences.Where(p => p.PersonId == id), ct);
        var imports = db.ImportBatches.Where(b => b.Kind == PeopleImport.KindKey).Select(b => b.Id);
        await BulkWriter.RemoveAsync(db, db.ImportChanges.Where(c => c.ThingId == id && imports.Contains(c.BatchId)), ct);

        // Saving recorded the values that are removed here; the run is the act of the log.
        var act = db.AuditAct;
        await BulkWriter.RemoveAsync(db, db.Audit.Where(a => a.Entity == entity && a.EntityId == id && a.Act == act), ct);
        await BulkWriter.BlankAsync(db.Audit.Where(a => a.Entity == entity && a.EntityId == id), ct);
        var entries = db.Freshmen.Where(f => f.PersonId == id).Select(f => f.Id);
        await BulkWriter.BlankAsync(db.Audit.Where(a => a.Entity == nameof(Freshman) && entries.Contains(a.EntityId)), ct);
        var leavers = db.Leavers.Where(l => l.PersonId == id).Select(l => l.Id);
        await BulkWriter.BlankAsync(db.Audit.Where(a => a.Entity == nameof(Leaver) && leavers.Contains(a.EntityId)), ct);
        db.Announce(new KeyChanged(PersonRecords.Topic, id));
    }

    private static IQueryable<Person> Left(LogisticsDb db, DateTimeOffset cutoff) => db.Users.Where(p => p.AnonymisedAt == null
        && (p.RetiredAt < cutoff || (p.RetiredAt == null && p.Status == PersonStatus.Graduated && p.GraduatedAt < cutoff)));

    private static IQueryable<RepairTicket> Open(LogisticsDb db) => db.RepairTickets.Where(t => t.EndedAt == null);
}
