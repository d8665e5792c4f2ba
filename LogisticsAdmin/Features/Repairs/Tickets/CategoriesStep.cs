using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>First step: the suggested categories, each with the crew that repairs it.</summary>
internal sealed class CategoriesStep(IStringLocalizer<TicketsText> words) : ISetupStep
{
    public int Order => 40;
    public string Key => "categories";
    public LocalName Title { get; } = LocalName.Of<TicketsText>("FirstStep.Title");
    public LocalName About { get; } = LocalName.Of<TicketsText>("FirstStep.About");
    public IReadOnlyList<SetupLink> Links { get; } =
    [
        new(LocalName.Of<TicketsText>("FirstStep.Link"), "settings/categories"),
        new(LocalName.Of<TicketsText>("FirstStep.Slots"), "settings/visit-slots"),
    ];
    public bool IsSuggested => true;
    public bool IsOptional => false;

    public async Task<SetupState> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var leaves = db.Categories.Living().Where(c => c.ParentId != null);
        var count = await leaves.CountAsync(ct);
        var withoutCrew = await leaves.CountAsync(c => c.DefaultCrewId == null || c.DefaultCrew!.RetiredAt != null, ct);
        List<string> missing = [];
        if (count == 0) missing.Add(words["FirstStep.NoCategory"]);
        if (withoutCrew > 0) missing.Add(words["FirstStep.NoCrew", withoutCrew]);
        return new SetupState(words["FirstStep.Summary", await db.Categories.Living().CountAsync(c => c.ParentId == null, ct), count], missing);
    }
}
