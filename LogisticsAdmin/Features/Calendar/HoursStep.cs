using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>First step: the suggested working hours and holidays, from which deadlines are calculated.</summary>
internal sealed class HoursStep(IStringLocalizer<CalendarText> words) : ISetupStep
{
    public int Order => 50;
    public string Key => "hours";
    public LocalName Title { get; } = LocalName.Of<CalendarText>("FirstStep.Title");
    public LocalName About { get; } = LocalName.Of<CalendarText>("FirstStep.About");
    public IReadOnlyList<SetupLink> Links { get; } = [new(LocalName.Of<CalendarText>("FirstStep.Link"), "calendar")];
    public bool IsSuggested => true;
    public bool IsOptional => false;

    public async Task<SetupState> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var days = await db.OfficeSlots.Where(s => s.Season == Season.Term).Select(s => s.DayOfWeek).Distinct().CountAsync(ct);
        return new SetupState(words["FirstStep.Summary", days, await db.CalendarSpans.CountAsync(ct)], []);
    }
}
