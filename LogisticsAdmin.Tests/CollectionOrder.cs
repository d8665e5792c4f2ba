using LogisticsAdmin.Tests.Browser;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Xunit.TestCollectionOrderer(typeof(LogisticsAdmin.Tests.CollectionOrder))]

namespace LogisticsAdmin.Tests;

/// <summary>Starts the browser tests first: they take longest and must not be the last to run alone.</summary>
public sealed class CollectionOrder : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionDisplayName is BrowserTests.Name or BrowserWalks.Name ? 0 : 1)
            .ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];
}
