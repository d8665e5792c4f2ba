using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static LogisticsAdmin.Tests.Fees.RateServiceTests;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What takes the place of a withdrawn rate where it, the one before it or its replacement sets no price.</summary>
public sealed class RateWithdrawalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_replacement_takes_the_place_of_a_withdrawn_rate_that_sets_no_price(bool isProposed)
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        await PublishAsync(host, kind, Today, 1);
        var none = await PublishAsync(host, kind, Today.AddDays(1), 0, form => form.SetsNoPrice = true);

        // As the dialog begins.
        await ReplaceAsync(host, none, isProposed, form =>
        {
            form.BeginWith(PriceRule.None);
            form.HasReplacement = true;
            form.Steps[0].Price = 0.55m;
        });

        var rates = await RatesAsync(host, kind);
        Assert.Equal((3, none, PriceRule.Flat(0.55m)), (rates.Count, rates[^1].FollowsWithdrawnId, rates[^1].Rule));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_replacement_without_a_price_lets_the_wider_scope_apply_and_not_the_price_before(bool isProposed)
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        await PublishAsync(host, kind, Today, 9);
        await PublishAsync(host, kind, Today, 1, InBedrooms);
        var wrong = await PublishAsync(host, kind, Today.AddDays(1), 2, InBedrooms);

        await ReplaceAsync(host, wrong, isProposed, form => (form.HasReplacement, form.SetsNoPrice) = (true, true));

        var rates = await RatesAsync(host, kind);
        Assert.Equal((wrong, false), (rates[^1].FollowsWithdrawnId!.Value, rates[^1].Rule.SetsPrice));
        var applies = new RateBook(rates.Select(r => r.Fact)).At(kind, new RateSubject([], RoomKind.Bedroom, 4, 1, 1), Today.AddDays(1));
        Assert.Equal(9, applies!.Rule.Steps[0].Price);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Without_a_rate_before_it_only_a_form_that_asks_for_no_price_puts_one_in_its_place(bool isProposed, bool asksForNone)
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var wrong = await PublishAsync(host, kind, Today.AddDays(1), 2);

        var published = await ReplaceAsync(host, wrong, isProposed, form => (form.HasReplacement, form.SetsNoPrice) = (asksForNone, asksForNone));

        var rates = await RatesAsync(host, kind);
        Assert.NotNull(rates[0].WithdrawnAt);
        Assert.Equal(asksForNone ? [published] : [], rates.Skip(1).Select(r => (long?)r.Id));
        Assert.Equal(asksForNone, published is not null);
    }

    /// <summary>Withdraws a rate at once, or after its first day by a proposal that is approved; returns what took its place.</summary>
    private static async Task<long?> ReplaceAsync(TestHost host, long id, bool isProposed, Action<WithdrawForm> change)
    {
        if (!isProposed) return await WithdrawAsync(host, id, change);
        host.Clock.Advance(TimeSpan.FromDays(3));
        var version = await host.InDatabaseAsync(db => db.FeeRates.Where(r => r.Id == id).Select(r => r.Version).SingleAsync(Ct));
        var form = new WithdrawForm { Version = version, Reason = "误发" };
        change(form);
        var proposal = (await (await host.AsAsync(TestUsers.Manager)).Get<RateService>().WithdrawAsync(id, form, Ct)).ProposalId!.Value;
        return (await (await host.AsAsync(TestUsers.Administrator)).Get<RateService>().ApproveAsync(proposal, 1, Ct)).RateId;
    }

    private static void InBedrooms(RateForm form) => (form.ScopeKind, form.RoomKind) = (RateScopeKind.RoomType, RoomKind.Bedroom);
}
