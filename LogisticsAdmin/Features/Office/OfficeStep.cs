using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Office;

/// <summary>The first step: what the office is called.</summary>
internal sealed class OfficeStep(IStringLocalizer<OfficeText> words, OfficeTime time) : ISetupStep
{
    public int Order => 10;
    public string Key => "office";
    public LocalName Title { get; } = LocalName.Of<OfficeText>("FirstStep.Title");
    public LocalName About { get; } = LocalName.Of<OfficeText>("FirstStep.About");
    public IReadOnlyList<SetupLink> Links { get; } = [new(LocalName.Of<OfficeText>("FirstStep.Link"), "settings/office")];
    public bool IsSuggested => false;
    public bool IsOptional => false;

    public async Task<SetupState> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var name = await db.OfficeProfiles.AsNoTracking().Select(p => new LocalName(p.Name, p.NameEn)).SingleOrDefaultAsync(ct);
        return name is null
            ? new SetupState(words["TimeZoneIs", time.Zone.Id], [words["FirstStep.NoName"]])
            : new SetupState($"{name} · {words["TimeZoneIs", time.Zone.Id]}", []);
    }
}
