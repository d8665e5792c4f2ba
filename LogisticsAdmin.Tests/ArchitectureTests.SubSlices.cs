using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("Tickets/RepairTicket.cs", "using LogisticsAdmin.Features.Repairs.Work;")]
    [InlineData("Tickets/RepairEvent.cs", "private Work.RepairService? _repairs;")]
    [InlineData("Costs/RepairCosts.cs", "using LogisticsAdmin.Features.Repairs.Reading;")]
    [InlineData("Work/RepairService.cs", "using LogisticsAdmin.Features.Repairs.Costs;")]
    [InlineData("Reading/TicketQueries.cs", "using LogisticsAdmin.Features.Repairs.Work;")]
    [InlineData("Crews/DutyService.cs", "Features.Repairs.Slips.SlipQueries slips;")]
    [InlineData("Desk/Pages/_Imports.razor", "@using LogisticsAdmin.Features.Repairs.Phone.Parts")]
    [InlineData("Phone/Pages/Job.razor", "@using LogisticsAdmin.Features.Repairs.Desk")]
    [InlineData("Slips/SlipPage.razor", "@using LogisticsAdmin.Features.Repairs.Desk.Panel")]
    [InlineData("Parking/Lot.cs", "class Lot;")]
    public void Sub_slices_of_repairs_point_one_way(string file, string planted)
    {
        Holds(ArchitectureRules.SubSlicesOfRepairsPointOneWay);
        Finds(ArchitectureRules.SubSlicesOfRepairsPointOneWay, $"LogisticsAdmin/Features/Repairs/{file}", planted);
        Assert.Empty(ArchitectureRules.SubSlicesOfRepairsPointOneWay(
            "LogisticsAdmin/Features/Repairs/Desk/X.cs", "using LogisticsAdmin.Features.Repairs.Crews;"));
    }

    [Fact]
    public void An_enum_has_a_file_of_its_own()
    {
        Holds(ArchitectureRules.EnumsHaveAFileOfTheirOwn);
        Finds(ArchitectureRules.EnumsHaveAFileOfTheirOwn, "LogisticsAdmin/Features/Fees/Fee.cs", "public class Fee;\npublic enum FeeKind { Water }");
    }

    [Fact]
    public void A_file_is_named_after_a_type_in_it()
    {
        Holds(ArchitectureRules.FilesAreNamedAfterAType);
        Finds(ArchitectureRules.FilesAreNamedAfterAType, "LogisticsAdmin/Features/Fees/Bills.cs", "public sealed class Fee;");
        Assert.Empty(ArchitectureRules.FilesAreNamedAfterAType(
            "LogisticsAdmin/Features/Fees/FeesService.Export.cs", "public sealed partial class FeesService;"));
    }

    [Theory]
    [InlineData("LogisticsAdmin/Features/Fees/Fee.cs")]
    [InlineData("LogisticsAdmin/Features/Fees/Pages/Rates.razor")]
    [InlineData("LogisticsAdmin/Features/Fees/Pages/Rates.razor.css")]
    [InlineData("LogisticsAdmin/wwwroot/portal.js")]
    [InlineData("LogisticsAdmin.Tests/Fees/FeeTests.cs")]
    public void A_line_has_at_most_160_characters(string path)
    {
        Holds(ArchitectureRules.LinesAreShort);
        Finds(ArchitectureRules.LinesAreShort, path, "short\n" + new string('x', 161) + "\n");
        Assert.Empty(ArchitectureRules.LinesAreShort(path, new string('x', 160) + "\r\n"));
    }
}
