using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>What a person sent under their name. For the office; anonymous cases are in no way part of it, not even counted.</summary>
internal sealed class VoiceOfPerson(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonSection
{
    public LocalName Title { get; } = LocalName.Of<VoiceText>("OfPerson");
    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = db.VoiceReporters.Where(r => r.PersonId == personId).Select(r => r.CaseId);
        var named = db.VoiceCases.AsNoTracking().Where(c => !c.IsAnonymous && own.Contains(c.Id));
        var total = await named.CountAsync(ct);
        var newest = await named.OrderByDescending(c => c.SubmittedAt).Take(take)
            .Select(c => new { c.Id, c.SubmittedAt, c.Number, c.Text, c.State }).ToListAsync(ct);
        return new PageSection(total, [.. newest.Select(c => new SectionLine(
            c.SubmittedAt, c.Number, CleanText.Summary(c.Text), LocalName.Of<VoiceText>($"VoiceState.{c.State}"),
            string.Create(CultureInfo.InvariantCulture, $"voice/{c.Id}")))]);
    }
}
