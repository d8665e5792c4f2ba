using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Verbs while another program locks the database, and afterwards.</summary>
internal static class LockedDatabase
{
    /// <summary>An app that waits a second for the lock, with a clock that goes on from this moment.</summary>
    public static Task<TestHost> OpenAsync(DateTimeOffset at) => TestHost.OpenAsync(services =>
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new RealClock(at)));
        services.Configure<WriteOptions>(o => o.Timeout = TimeSpan.FromSeconds(1));
    });

    /// <summary>All are refused in words while the lock lasts.</summary>
    public static async Task RefusedAsync(TestHost host, (string Name, Func<Task> Act)[] verbs)
    {
        await using var locked = ForeignLock.On(host.Directory);
        var refusals = await Task.WhenAll(
            verbs.Select(v => Task.Run(async () => await Record.ExceptionAsync(v.Act), TestContext.Current.CancellationToken)));
        foreach (var (refused, (name, _)) in refusals.Zip(verbs)) Assert.True(refused is Rejected { Code: "TooBusy" }, $"{name}: {refused}");
    }

    /// <summary>One after the other, each goes.</summary>
    public static async Task GoesAsync((string Name, Func<Task> Act)[] verbs)
    {
        foreach (var (name, act) in verbs)
        {
            var refused = await Record.ExceptionAsync(act);
            Assert.True(refused is null, $"{name}: {refused}");
        }
    }
}
