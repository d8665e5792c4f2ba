using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>Opens the name of an anonymous reporter: for administrators, with a reason, in the audit log, and told to the reporter.</summary>
public sealed class VoiceNames(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, VoiceWork work)
{
    /// <summary>Returns who sent the case. Each opening is recorded before it is answered.</summary>
    public async Task<VoiceName> OpenAsync(long id, VoiceVerbForm form, CancellationToken ct = default)
    {
        if (!user.Actor.Is(Role.Administrator)) throw new NotFound();
        VoiceVerbFormValidator.Of(VoiceVerb.OpenName).Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            var sent = await work.OpenAsync(db, id, VoiceVerb.OpenName, token);
            var (now, reason, me) = (office.Now, form.Text!.Trim(), user.PersonId);
            sent.OpenName(me, reason, now);
            db.VoiceNameOpenings.Add(new VoiceNameOpening(sent, me, reason, now));
            await VoiceNotices.WriteAsync(db, sent, VoiceVerb.OpenName, me, now, token);
            var people = db.Users;
            return await db.VoiceReporters.Where(r => r.CaseId == id).Join(people, r => r.PersonId, p => p.Id, (_, p) =>
                new VoiceName(p.FullName, p.Number, p.PhoneNumber)).SingleAsync(token);
        }, ct);
    }
}

/// <summary>Who sent an anonymous case. Shown once, and stored nowhere else.</summary>
public sealed record VoiceName(string FullName, string? Number, string? Phone);
