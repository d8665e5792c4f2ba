using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Demo;

/// <summary>A clock that stands still, for what the demo did then.</summary>
internal sealed class DemoMoment(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;

    /// <summary>The office at this time of a day; now where that is still to come.</summary>
    public static OfficeTime Of(OfficeTime office, IOptions<OfficeOptions> options, DateOnly day, TimeOnly time)
    {
        var moment = office.At(day, time);
        return new OfficeTime(new DemoMoment(moment < office.Now ? moment : office.Now), options);
    }
}
