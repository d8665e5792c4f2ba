using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("Features/Fees/Pages/Rates.razor", """<a href="/fees">x</a>""")]
    [InlineData("Features/Fees/Pages/Rates.razor", """<a href="/@Address">x</a>""")]
    [InlineData("Features/Fees/Pages/Rates.razor", """<a href="/">x</a>""")]
    [InlineData("Features/Fees/Pages/Rates.razor", """<a href="#main">x</a>""")]
    [InlineData("Features/Fees/Pages/Rates.razor", """<img src="@($"/fees/{Id}")" />""")]
    [InlineData("Features/Fees/Pages/Rates.razor", """Navigation.NavigateTo("/fees");""")]
    [InlineData("Features/Fees/Pages/Rates.razor.js", "await fetch(`/fees/${id}`);")]
    [InlineData("Features/Fees/Pages/Rates.razor.js", "location.assign('/fees');")]
    [InlineData("Features/Fees/Pages/Rates.razor.js", "if (location.pathname === '/fees') show();")]
    [InlineData("Features/Fees/Pages/Rates.razor.css", ".card { background: url(/fees.svg); }")]
    [InlineData("Features/Fees/FeesSetup.cs", """new NavigationItem(NavigationGroup.Data, 10, "/fees", Name, "list", Policies.Office)""")]
    [InlineData("Features/Fees/FeesSetup.cs", """return Results.LocalRedirect("/fees");""")]
    [InlineData("Features/Fees/FeesSetup.cs", """context.Response.Redirect($"/{Address}");""")]
    public void Addresses_within_the_app_are_relative_to_its_base(string path, string planted)
    {
        Holds(ArchitectureRules.AddressesAreRelativeToTheBase);
        Finds(ArchitectureRules.AddressesAreRelativeToTheBase, $"LogisticsAdmin/{path}", planted);
    }
}
