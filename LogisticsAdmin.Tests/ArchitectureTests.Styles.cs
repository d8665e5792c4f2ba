using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData(".other { color: red; }")]
    [InlineData(".card .other { color: red; }")]
    [InlineData(".card, .other:hover { color: red; }")]
    [InlineData("@media (max-width: 700px) { .card > .other[data-on] { color: red; } }")]
    [InlineData(".card label { color: red; }")]
    [InlineData(".other ::deep label { color: red; }")]
    [InlineData("/* .card */ .card-head { color: red; }")]
    public void Styles_beside_a_component_match_its_own_markup(string planted)
    {
        const string Markup = """<section class="card @(IsOn ? "on" : null)"><h2>@Title</h2><Field /></section> @* other *@""";
        Holds((path, text) => ArchitectureRules.ScopedStylesMatchTheirMarkup(path, text, Sources.GetValueOrDefault(path[..^".css".Length])));
        Finds((path, text) => ArchitectureRules.ScopedStylesMatchTheirMarkup(path, text, Markup), "LogisticsAdmin/Features/Fees/Parts/Card.razor.css", planted);
        Finds((path, text) => ArchitectureRules.ScopedStylesMatchTheirMarkup(path, text, null), "LogisticsAdmin/Features/Fees/Parts/Card.razor.css", planted);
        Assert.Empty(ArchitectureRules.ScopedStylesMatchTheirMarkup(
            "LogisticsAdmin/Features/Fees/Parts/Card.razor.css",
            """
            .office .card:not(.other, .x) > h2::before, .card.other.on, .card ::deep > .other, ::deep label { color: red; }
            @media print { .on:is(.other) { color: red; } }
            @keyframes turn { from { rotate: 0turn; } to { rotate: 1turn; } }
            """,
            Markup));
    }

    [Theory]
    [InlineData("LogisticsAdmin/Features/Repairs/Desk/List/TicketRows.razor.css")]
    [InlineData("LogisticsAdmin/Features/Repairs/Desk/Board/BoardCard.razor.css")]
    public void Rows_of_live_lists_have_no_scoped_styles(string planted)
    {
        Holds(ArchitectureRules.LiveRowsHaveNoScope);
        Finds(ArchitectureRules.LiveRowsHaveNoScope, planted, ".ticket { color: red; }");
    }

    [Theory]
    [InlineData("LogisticsAdmin/Features/Repairs/Desk/Pages/RepairDesk.razor", "Features/Repairs/Desk/RepairDesk.razor.js")]
    [InlineData("LogisticsAdmin/Features/Fees/Pages/Rates.razor", "Features/Fees/Pages/Rates.razor.js")]
    [InlineData("LogisticsAdmin/Features/Fees/Pages/Rates.razor", "Features/Repairs/Desk/Pages/RepairDesk.razor.js")]
    public void A_component_loads_the_script_beside_it(string path, string script)
    {
        Holds((file, text) => ArchitectureRules.ScriptsAreBesideTheirComponent(file, text, Sources.ContainsKey));
        Finds((file, text) => ArchitectureRules.ScriptsAreBesideTheirComponent(file, text, Sources.ContainsKey), path,
            $$"""private ComponentScript Script => field ??= new ComponentScript(Js, Assets["{{script}}"]);""");
    }

    [Fact]
    public void Pages_link_no_stylesheet_of_their_own()
    {
        Holds(ArchitectureRules.PagesLinkNoStylesheet);
        Finds(
            ArchitectureRules.PagesLinkNoStylesheet,
            "LogisticsAdmin/Features/Fees/Pages/Fees.razor",
            """<HeadContent><link rel="stylesheet" href="@Assets["fees.css"]" /></HeadContent>""");
    }
}
