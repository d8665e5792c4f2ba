using System.Globalization;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The timeline as residents and technicians read it.</summary>
public sealed class PhoneWordsTests
{
    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Every_event_reads_in_words_without_a_code(string language)
    {
        await using var host = await TestHost.OpenAsync();
        var words = (await host.AsAsync(TestUsers.Resident)).Get<PhoneWords>();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        foreach (var verb in Enum.GetValues<RepairVerb>())
        {
            foreach (var code in CodesOf(verb))
            {
                var said = words.Event(
                    new TimelineEntry(1, verb, host.Clock.GetUtcNow(), 2, "王静", TicketStatus.New, TicketStatus.New, code, null, null, null, false), 3);
                Assert.DoesNotMatch(@"[A-Za-z]\.[A-Za-z]", said);
                Assert.DoesNotContain("{", said, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>What the verb writes into its event.</summary>
    private static string?[] CodesOf(RepairVerb verb) => verb switch
    {
        RepairVerb.Hold => [.. Enum.GetNames<HoldReason>()],
        RepairVerb.ChangeUrgency => [.. Enum.GetNames<Urgency>()],
        RepairVerb.DecideExtension => [.. Enum.GetNames<Decision>()],
        RepairVerb.RequestExtension => ["90", "90.InTime", "90.Late"],
        RepairVerb.Undo => [.. Enum.GetNames<RepairVerb>(), "Assign.Bulk"],
        RepairVerb.Rate => ["4"],
        _ => [null],
    };
}
