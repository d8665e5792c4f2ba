using LogisticsAdmin.Account;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>How many passwords are hashed at once, and who waits for whom.</summary>
public sealed class PasswordHashingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_are_hashed_at_once_as_allowed_and_the_others_wait()
    {
        using var hashing = new PasswordHashing(atOnce: 2, waiting: 64);
        var (running, most, done) = (0, 0, 0);
        var guesses = Enumerable.Range(0, 30).Select(n => hashing.RunAsync(isKnown: n % 3 == 0, () =>
        {
            var now = Interlocked.Increment(ref running);
            for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
            Thread.SpinWait(200_000);
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref done);
        }, Ct));

        Assert.All(await Task.WhenAll(guesses), Assert.True);
        Assert.Equal((30, true), (done, most <= 2));
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_strangers_fill_only_their_own()
    {
        using var hashing = new PasswordHashing(atOnce: 1, waiting: 2);
        using var release = new ManualResetEventSlim();
        List<string> order = [];
        var strangers = Enumerable.Range(1, 3).Select(n => Guess(isKnown: false, $"stranger {n}")).ToList();

        Assert.False(await Guess(isKnown: false, "one too many"));
        var known = Guess(isKnown: true, "known");
        release.Set();

        Assert.All(await Task.WhenAll([.. strangers, known]), Assert.True);
        Assert.Equal("known", order[1]);
        Assert.DoesNotContain("one too many", order);

        Task<bool> Guess(bool isKnown, string who) => hashing.RunAsync(isKnown, () =>
        {
            release.Wait(Ct);
            order.Add(who);
        }, Ct);
    }
}
