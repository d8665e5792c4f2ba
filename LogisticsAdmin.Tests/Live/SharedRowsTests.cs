using LogisticsAdmin.Live;
using Xunit;

namespace LogisticsAdmin.Tests.Live;

/// <summary>Open pages share the rows that they read.</summary>
public sealed class SharedRowsTests
{
    private sealed record Row(long Id, long Version, string Name) : ILiveRow;

    [Fact]
    public void A_row_that_is_read_again_is_the_same_instance_until_it_differs()
    {
        using var shared = new SharedRows<Row>();
        var first = shared.Share(new Row(1, 1, "水"));

        Assert.Same(first, shared.Share(new Row(1, 1, "水")));
        var renamed = shared.Share(new Row(1, 1, "电"));
        Assert.Equal("电", renamed.Name);
        Assert.Same(renamed, shared.Share(new Row(1, 1, "电")));
        Assert.NotSame(first, shared.Share(new Row(2, 1, "水")));
    }
}
