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
        var write = JSInterop.SetupVoid("office.writeAddress", _ => true).SetVoidResult();
        using var address = new PageAddress(navigation, JSInterop.JSRuntime, () => followed.Add(new Uri(navigation.Uri).Query));

        address.Write("/repairs?q=水");
        Assert.Equal(["/repairs?q=水", true], Assert.Single(write.Invocations).Arguments);
        Assert.EndsWith("?q=水", Uri.UnescapeDataString(address.Current), StringComparison.Ordinal);
        navigation.NavigateTo("/repairs?q=水");
        Assert.Empty(followed);

        navigation.NavigateTo("/repairs?view=New");
        navigation.NavigateTo("/repairs/board?view=New");
        Assert.Equal(["?view=New"], followed);
    }
}
