using Bunit;
using Bunit.TestDoubles;
using LogisticsAdmin.Shared.Ui;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>A page writes its address after it has changed, and follows links and the way back.</summary>
public sealed class PageAddressTests : BunitContext
{
    [Fact]
    public void A_page_is_told_of_links_to_itself_and_not_of_what_it_wrote()
    {
        var navigation = Services.GetRequiredService<BunitNavigationManager>();
        navigation.NavigateTo("/repairs?view=All");
        List<string> followed = [];
        using var address = new PageAddress(navigation, () => followed.Add(new Uri(navigation.Uri).Query));

        address.Write("/repairs?q=水");
        Assert.EndsWith("?q=水", navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(followed);

        navigation.NavigateTo("/repairs?view=New");
        navigation.NavigateTo("/repairs/board?view=New");
        Assert.Equal(["?view=New"], followed);
    }
}
