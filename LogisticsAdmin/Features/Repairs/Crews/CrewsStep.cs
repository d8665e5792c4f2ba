using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>First step: crews with a technician and a lead each.</summary>
internal sealed class CrewsStep(IStringLocalizer<CrewsText> words) : ISetupStep
{
    public int Order => 30;
    public string Key => "crews";
    public LocalName Title { get; } = LocalName.Of<CrewsText>("FirstStep.Title");
    public LocalName About { get; } = LocalName.Of<CrewsText>("FirstStep.About");
    public IReadOnlyList<SetupLink> Links { get; } = [new(LocalName.Of<CrewsText>("FirstStep.Link"), "settings/crews")];
    public bool IsSuggested => false;
    public bool IsOptional => false;

    public async Task<SetupState> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new
        {
            Name = new LocalName(c.Name, c.NameEn),
            c.LeadId,
            HasTechnician = db.Users.Any(p => p.CrewId == c.Id && p.RetiredAt == null
                && db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician)),
        }).ToListAsync(ct);
        List<string> missing = [];
        if (crews.Count == 0) missing.Add(words["FirstStep.NoCrew"]);
        missing.AddRange(crews.Where(c => !c.HasTechnician).Select(c => words["FirstStep.NoTechnician", c.Name].Value));
        missing.AddRange(crews.Where(c => c.HasTechnician && c.LeadId is null).Select(c => words["FirstStep.NoLead", c.Name].Value));
        return new SetupState(words["FirstStep.Summary", crews.Count], missing);
    }
}
