using System.Globalization;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Publishing, proposing and withdrawing prices: who may, what is marked, what applied and what was known.</summary>
public sealed class RateServiceTests
{
    /// <summary>The day of <see cref="TestHost.Start"/> in the office.</summary>
    internal static readonly DateOnly Today = new(2026, 11, 22);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, 0, true)]
    [InlineData(TestUsers.Administrator, 40, true)]
    [InlineData(TestUsers.Administrator, -1, false)]
    [InlineData(TestUsers.Manager, 0, false)]
    [InlineData(TestUsers.Manager, -1, false)]
    public async Task Only_an_administrator_publishes_alone_and_only_from_today_on(string who, int days, bool publishes)
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);

        var outcome = await (await host.AsAsync(who)).Get<RateService>().SubmitAsync(Form(kind, Today.AddDays(days), 1), Ct);

        Assert.Equal((publishes, !publishes), (outcome.RateId is not null, outcome.ProposalId is not null));
        Assert.Equal(publishes ? 1 : 0, (await RatesAsync(host, kind)).Count);
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_else_changes_anything_and_only_the_office_reads(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var id = await PublishAsync(host, kind, Today, 1);
        var desk = await host.AsAsync(who);
        var rates = desk.Get<RateService>();

        await Assert.ThrowsAsync<Forbidden>(() => rates.SubmitAsync(Form(kind, Today.AddDays(1), 2, newest: id), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => rates.WithdrawAsync(id, new WithdrawForm { Version = 1, Reason = "x" }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => rates.ApproveAsync(1, 1, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => rates.RefuseAsync(1, new RefuseForm { Version = 1, Reason = "x" }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => desk.Get<ResidentGroupService>().CreateAsync(new GroupForm { Code = "a", Name = "b" }, Ct));
        var read = () => desk.Get<RateQueries>().VersionsAsync(kind, Ct);
        if (who == TestUsers.Dispatcher) Assert.Single(await read());
        else await Assert.ThrowsAsync<NotFound>(read);
    }

    [Theory]
    [InlineData(TestUsers.Manager, TestUsers.Administrator, null)]
    [InlineData(TestUsers.Administrator, TestUsers.Manager, null)]
    [InlineData(TestUsers.Manager, TestUsers.Manager, "OwnProposal")]
    [InlineData(TestUsers.Administrator, TestUsers.Administrator, "OwnProposal")]
    public async Task What_begins_in_the_past_takes_a_manager_and_an_administrator(string proposer, string second, string? refusal)
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var desk = await host.AsAsync(proposer);
        await desk.Get<RateService>().SubmitAsync(Form(kind, Today.AddDays(-30), 1), Ct);
        var other = await host.AsAsync(second);
        var waiting = Assert.Single(await other.Get<RateQueries>().ProposalsAsync(kind, Ct));
        Assert.Equal((refusal is not null, refusal is null), (waiting.IsOwn, waiting.MayApprove));

        var approve = () => other.Get<RateService>().ApproveAsync(waiting.Id, waiting.Version, Ct);
        if (refusal is not null)
        {
            Assert.Equal(refusal, (await Assert.ThrowsAsync<Rejected>(approve)).Code);
            Assert.Empty(await RatesAsync(host, kind));
            return;
        }
        await approve();

        var rate = Assert.Single(await RatesAsync(host, kind));
        Assert.Equal((desk.PersonId, other.PersonId, Today.AddDays(-30)), (rate.PublishedById, rate.ApprovedById, rate.FirstDay));
        Assert.Equal("ProposalDecided", (await Assert.ThrowsAsync<Rejected>(approve)).Code);
    }

    [Fact]
    public async Task The_role_that_counts_is_the_one_the_proposer_has_when_it_is_decided()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var manager = await host.AsAsync(TestUsers.Manager);
        var proposal = (await manager.Get<RateService>().SubmitAsync(Form(kind, Today.AddDays(-1), 1), Ct)).ProposalId!.Value;
        await host.InDatabaseAsync(async db =>
        {
            db.UserRoles.RemoveRange(await db.UserRoles.Where(r => r.UserId == manager.PersonId).ToListAsync(Ct));
            return await db.SaveChangesAsync(Ct);
        });

        var approve = async () => await (await host.AsAsync(TestUsers.Administrator)).Get<RateService>().ApproveAsync(proposal, 1, Ct);

        Assert.Equal("NeedsOtherRole", (await Assert.ThrowsAsync<Rejected>(approve)).Code);
    }

    [Fact]
    public async Task A_proposal_is_refused_by_another_person_with_a_reason_and_taken_back_by_its_own()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        var (rates, theirs) = (manager.Get<RateService>(), admin.Get<RateService>());
        var one = (await rates.SubmitAsync(Form(kind, Today, 1), Ct)).ProposalId!.Value;
        Assert.Equal("ProposalWaits", (await Assert.ThrowsAsync<Rejected>(() => rates.SubmitAsync(Form(kind, Today, 2), Ct))).Code);

        await Assert.ThrowsAsync<Forbidden>(() => theirs.TakeBackAsync(one, 1, Ct));
        Assert.Equal("OwnProposal", (await Assert.ThrowsAsync<Rejected>(() => rates.RefuseAsync(one, Refusal(), Ct))).Code);
        Assert.Contains((await Assert.ThrowsAsync<Rejected>(() => theirs.RefuseAsync(one, new RefuseForm { Version = 1, Reason = " " }, Ct))).Problems,
            p => p.Field == nameof(RefuseForm.Reason));
        await theirs.RefuseAsync(one, Refusal(), Ct);
        var two = (await rates.SubmitAsync(Form(kind, Today, 2), Ct)).ProposalId!.Value;
        await rates.TakeBackAsync(two, 1, Ct);

        var stored = await host.InDatabaseAsync(db => db.RateProposals.OrderBy(p => p.Id).ToListAsync(Ct));
        Assert.Equal([(ProposalState.Refused, "文号未到"), (ProposalState.TakenBack, null)], stored.Select(p => (p.State, p.DecidedBecause)));
        Assert.Empty(await RatesAsync(host, kind));

        static RefuseForm Refusal() => new() { Version = 1, Reason = "文号未到" };
    }

    [Fact]
    public async Task Each_rate_is_marked_with_the_one_that_stands_next_also_when_it_comes_in_between_or_goes()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var first = await PublishAsync(host, kind, Today, 1);
        var last = await PublishAsync(host, kind, Today.AddDays(20), 3);
        var elsewhere = await PublishAsync(host, kind, Today.AddDays(5), 9,
            form => (form.ScopeKind, form.RoomKind) = (RateScopeKind.RoomType, RoomKind.Bedroom));
        Assert.Equal([last, null, null], await MarksAsync(host, kind));

        var between = await PublishAsync(host, kind, Today.AddDays(10), 2);
        Assert.Equal([between, null, null, last], await MarksAsync(host, kind));

        var former = await WithdrawAsync(host, between);
        var rates = await RatesAsync(host, kind);
        var followed = rates.Single(r => r.Id == former);
        Assert.Equal((between, Today.AddDays(10), PriceRule.Flat(1), "误发"),
            (followed.FollowsWithdrawnId, followed.FirstDay, followed.Rule, rates.Single(r => r.Id == between).WithdrawnBecause));
        Assert.Equal((former, last), (rates.Single(r => r.Id == first).SupersededByRateId, followed.SupersededByRateId));
        Assert.All(rates.Where(r => r.SupersededByRateId is not null),
            r => Assert.Equal((rates[0].PublishedById, TestHost.Start), (r.SupersededById, r.SupersededAt)));
        Assert.Null(rates.Single(r => r.Id == elsewhere).SupersededByRateId);
    }

    [Fact]
    public async Task Where_there_was_no_price_before_a_withdrawn_one_is_only_marked_and_one_may_be_given_instead()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var one = await PublishAsync(host, kind, Today, 1);

        Assert.Null(await WithdrawAsync(host, one));
        var two = await PublishAsync(host, kind, Today, 2);
        var three = await WithdrawAsync(host, two, form =>
        {
            form.HasReplacement = true;
            form.Steps[0].Price = 3;
        });

        var rates = await RatesAsync(host, kind);
        Assert.Equal([true, true, false], rates.Select(r => r.WithdrawnAt is not null));
        Assert.Equal((three, (long?)two, PriceRule.Flat(3)), ((long?)rates[2].Id, rates[2].FollowsWithdrawnId, rates[2].Rule));
        var again = new WithdrawForm { Version = rates[1].Version, Reason = "误发" };
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<RateService>();
        Assert.Equal("AlreadyWithdrawn", (await Assert.ThrowsAsync<Rejected>(() => admin.WithdrawAsync(two, again, Ct))).Code);
    }

    [Fact]
    public async Task A_rate_that_applied_already_is_withdrawn_only_by_two()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var before = await PublishAsync(host, kind, Today, 1);
        var wrong = await PublishAsync(host, kind, Today.AddDays(1), 2);
        host.Clock.Advance(TimeSpan.FromDays(3));
        var (admin, manager) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Manager));
        var version = (await RatesAsync(host, kind)).Single(r => r.Id == wrong).Version;

        var outcome = await admin.Get<RateService>().WithdrawAsync(wrong, new WithdrawForm { Version = version, Reason = "误发" }, Ct);
        Assert.Null(outcome.RateId);
        Assert.Null((await RatesAsync(host, kind)).Single(r => r.Id == wrong).WithdrawnAt);
        var done = await manager.Get<RateService>().ApproveAsync(outcome.ProposalId!.Value, 1, Ct);

        var rates = await RatesAsync(host, kind);
        var follower = rates.Single(r => r.Id == done.RateId);
        Assert.Equal((Today.AddDays(1), PriceRule.Flat(1), admin.PersonId, manager.PersonId, wrong),
            (follower.FirstDay, follower.Rule, follower.PublishedById, follower.ApprovedById, follower.FollowsWithdrawnId));
        Assert.NotNull(rates.Single(r => r.Id == wrong).WithdrawnAt);
        Assert.Equal(done.RateId, rates.Single(r => r.Id == before).SupersededByRateId);
    }

    [Fact]
    public async Task Of_two_who_publish_at_once_one_wins_and_the_other_is_told_who()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var writers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.AsAsync(TestUsers.Administrator)));

        var outcomes = await Task.WhenAll(writers.Select((w, i) => Task.Run(async () => await Record.ExceptionAsync(
            () => w.Get<RateService>().SubmitAsync(Form(kind, Today.AddDays(1), i + 1), Ct)))));

        Assert.Single(outcomes, o => o is null);
        var name = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == writers[0].PersonId).Select(p => p.FullName).SingleAsync(Ct));
        Assert.All(outcomes.OfType<Exception>(), o => Assert.Equal(name, Assert.IsType<Stale>(o).By));
        Assert.Single(await RatesAsync(host, kind));
    }

    [Fact]
    public async Task A_first_day_is_taken_once_in_a_scope_and_free_again_after_a_withdrawal()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var one = await PublishAsync(host, kind, Today, 1);
        var rates = (await host.AsAsync(TestUsers.Administrator)).Get<RateService>();

        var taken = await Assert.ThrowsAsync<Rejected>(() => rates.SubmitAsync(Form(kind, Today, 2, newest: one), Ct));
        Assert.Equal(("FirstDayTaken", nameof(RateForm.FirstDay)), (taken.Code, Assert.Single(taken.Problems).Field));
        await Assert.ThrowsAsync<DbUpdateException>(() => host.InDatabaseAsync(db =>
        {
            db.FeeRates.Add(new FeeRate(kind, RateScope.Everywhere, Today, PriceRule.Flat(5), "x", null, null, TestHost.Start));
            return db.SaveChangesAsync(Ct);
        }));

        await WithdrawAsync(host, one);
        await PublishAsync(host, kind, Today, 2);
        await PublishAsync(host, kind, Today, 3, form => (form.ScopeKind, form.RoomKind, form.Beds) = (RateScopeKind.RoomType, RoomKind.Bedroom, 4));
    }

    [Theory]
    [InlineData(nameof(RateForm.Steps))]
    [InlineData(nameof(RateForm.QuotaAmount))]
    [InlineData(nameof(RateForm.Reason))]
    [InlineData(nameof(RateForm.FirstDay))]
    [InlineData(nameof(RateForm.ScopeId))]
    [InlineData(nameof(RateForm.ExcludedMonths))]
    public async Task What_cannot_be_a_price_is_refused_at_its_field(string field)
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var rates = (await host.AsAsync(TestUsers.Administrator)).Get<RateService>();
        Action<RateForm>[] wrong = field switch
        {
            nameof(RateForm.Steps) =>
            [
                f => f.Steps[0].Price = null,
                f => f.Steps[0].Price = -0.0001m, f => f.Steps[0].Price = 0.00001m, f => f.Steps[0].Price = 100_000, f => f.Steps.Clear(),
                f => f.Steps.Insert(0, new StepForm { Price = 1 }), f => f.Steps.InsertRange(0, [Step(5), Step(5)]), f => f.Steps.Insert(0, Step(0)),
                f => f.Steps.InsertRange(0, Enumerable.Range(1, FeesLimits.Steps).Select(i => Step(i))),
            ],
            nameof(RateForm.QuotaAmount) => [f => f.QuotaAmount = 0, f => f.QuotaAmount = -1, f => f.QuotaAmount = 0.00001m],
            nameof(RateForm.Reason) => [f => f.Reason = null, f => f.Reason = "\u200b", f => f.Reason = new string('x', 201)],
            nameof(RateForm.FirstDay) => [f => f.FirstDay = null, f => f.FirstDay = new DateOnly(1999, 12, 31)],
            nameof(RateForm.ScopeId) => [f => f.ScopeKind = RateScopeKind.Group, f => (f.ScopeKind, f.ScopeId) = (RateScopeKind.Building, 99_999)],
            _ => [f => f.ExcludedMonths.Add(13), f => f.ExcludedMonths.AddRange([2, 2])],
        };
        foreach (var change in wrong)
        {
            var form = Form(kind, Today, 1);
            change(form);
            var refused = await Assert.ThrowsAsync<Rejected>(() => rates.SubmitAsync(form, Ct));
            Assert.Contains(refused.Problems, p => p.Field == field);
        }

        static StepForm Step(decimal end) => new() { UpTo = end, Price = 1 };
    }

    [Fact]
    public async Task Nobody_is_in_two_groups_with_a_price_for_the_same_kind()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<ResidentGroupService>();
        var (doctors, athletes) = (await GroupAsync(manager, "博士生"), await GroupAsync(manager, "运动员"));
        Assert.Equal(1, await manager.AddMembersAsync(doctors, Members(TestUsers.Resident), Ct));
        Assert.Equal(0, await manager.AddMembersAsync(doctors, Members(TestUsers.Resident), Ct));
        Assert.Equal(1, await manager.AddMembersAsync(athletes, Members(TestUsers.Resident), Ct));
        await PublishAsync(host, kind, Today, 1);
        var newest = await PublishAsync(host, kind, Today, 2, OfGroup(doctors));
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<RateService>();

        var form = Form(kind, Today.AddDays(3), 3, newest: newest);
        OfGroup(athletes)(form);
        var refused = await Assert.ThrowsAsync<Rejected>(() => admin.SubmitAsync(form, Ct));
        Assert.Equal(("TwoPricedGroups", nameof(RateForm.ScopeId)), (refused.Code, Assert.Single(refused.Problems).Field));
        Assert.Contains("王小雨", string.Join(' ', refused.Problems[0].Args), StringComparison.Ordinal);

        var member = Assert.Single(await manager.MembersAsync(athletes, Ct));
        await manager.EndMemberAsync(member.Id, Today.AddDays(2), Ct);
        await admin.SubmitAsync(form, Ct);
        refused = await Assert.ThrowsAsync<Rejected>(() => manager.AddMembersAsync(athletes, Members(TestUsers.Resident, 5), Ct));
        Assert.Equal(("TwoPricedGroups", nameof(MembersForm.Numbers)), (refused.Code, Assert.Single(refused.Problems).Field));
        refused = await Assert.ThrowsAsync<Rejected>(() => manager.AddMembersAsync(athletes, Members("nobody"), Ct));
        Assert.Equal("UnknownNumbers", refused.Code);

        static Action<RateForm> OfGroup(long id) => form => (form.ScopeKind, form.ScopeId) = (RateScopeKind.Group, id);
        static MembersForm Members(string number, int days = 0) => new() { Numbers = $" {number}\n{number}", FirstDay = Today.AddDays(days) };
    }

    [Fact]
    public async Task Groups_are_renamed_and_retired_but_never_twice_the_same_code()
    {
        await using var host = await TestHost.OpenAsync();
        var groups = (await host.AsAsync(TestUsers.Administrator)).Get<ResidentGroupService>();
        var (one, two) = (await GroupAsync(groups, "博士生"), await GroupAsync(groups, "运动员"));

        Assert.Equal("CodeTaken", (await Assert.ThrowsAsync<Rejected>(() => GroupAsync(groups, "博士生"))).Code);
        await groups.SaveAsync(one, new GroupForm { Version = 1, Code = "phd", Name = "博士研究生" }, Ct);
        await Assert.ThrowsAsync<Stale>(() => groups.SaveAsync(one, new GroupForm { Version = 1, Code = "x", Name = "y" }, Ct));
        await groups.RetireAsync(two, Ct);

        Assert.Equal([("phd", false), ("运动员", true)], (await groups.ListAsync(Ct)).Select(g => (g.Code, g.IsRetired)));
        var member = new MembersForm { Numbers = TestUsers.Resident, FirstDay = Today };
        Assert.Equal("GroupRetired", (await Assert.ThrowsAsync<Rejected>(() => groups.AddMembersAsync(two, member, Ct))).Code);
    }

    [Fact]
    public async Task Groups_are_restored_and_what_was_done_to_them_can_be_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (groups, undo) = (admin.Get<ResidentGroupService>(), admin.Get<ResidentGroupsUndo>());
        var id = await GroupAsync(groups, "博士生");

        await groups.RetireAsync(id, Ct);
        await groups.RestoreAsync(id, Ct);
        Assert.False((await groups.ListAsync(Ct))[0].IsRetired);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.True((await groups.ListAsync(Ct))[0].IsRetired);
        await groups.RestoreAsync(id, Ct);
        await groups.SaveAsync(id, new GroupForm { Version = (await groups.ListAsync(Ct))[0].Version, Code = "phd", Name = "博士研究生" }, Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);

        Assert.Equal("博士生", (await groups.ListAsync(Ct))[0].Code);
    }

    [Fact]
    public async Task Other_days_show_what_the_same_quantity_cost_and_will_cost()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, kind) = (await RoomAsync(host), await KindAsync(host));
        foreach (var (days, price) in new[] { (0, 0.4943m), (30, 0.5123m), (60, 0.6m), (90, 0.7m) })
            await PublishAsync(host, kind, Today.AddDays(days), price);
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Get<RateQueries>();

        var found = await queries.ExplainAsync(kind, room, Today.AddDays(40), quantity: 100, ct: Ct);

        Assert.Equal(51.23m, found.Charge!.Amount.Yuan);
        Assert.Equal(
            [(Today, 49.43m), (Today.AddDays(60), 60m), (Today.AddDays(90), 70m)], found.Others.Select(o => (o.Day, o.Charge.Amount.Yuan)));
    }

    [Fact]
    public async Task The_arithmetic_of_a_room_is_spelled_out()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await RoomAsync(host);
        var people = await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.RoomId == room, Ct));
        var kind = await KindAsync(host);
        await PublishAsync(host, kind, Today, 0.4943m, form => form.QuotaAmount = 10);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (queries, words) = (desk.Get<RateQueries>(), desk.Get<RateArithmetic>());
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);

        var found = await queries.ExplainAsync(kind, room, Today, quantity: 80 + 10 * people, ct: Ct);

        Assert.True(people > 0);
        Assert.Equal(
            $"{80 + 10 * people} 度 = 免费 {10 * people} + 80 × 0.4943 = 39.54 元", words.Spell(found.Charge!, found.Quantity, found.Unit));
        Assert.Equal((people, "全部"), (found.People, found.Rate!.ScopeName.ToString()));
        Assert.Null((await queries.ExplainAsync(kind, room, Today.AddDays(-1), ct: Ct)).Rate);
        Assert.Null((await queries.ExplainAsync(kind, room, Today, TestHost.Start.AddSeconds(-1), ct: Ct)).Rate);
        Assert.Equal((100m, (string?)null), await ExampleAsync());
        await BillAsync(host, kind, room, "2026-10", 33.5m);
        Assert.Equal((33.5m, "T2026-10-" + room), await ExampleAsync());

        async Task<(decimal, string?)> ExampleAsync()
        {
            var example = await queries.ExplainAsync(kind, room, Today, ct: Ct);
            return (example.Quantity, example.FromBill);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_applied_and_what_was_known_is_what_a_slow_oracle_says(int seed)
    {
        await using var host = await TestHost.OpenAsync();
        var (random, kind, room) = (new Random(seed), await KindAsync(host), await RoomAsync(host));
        var (admin, manager) = ((await host.AsAsync(TestUsers.Administrator)).Get<RateService>(), (await host.AsAsync(TestUsers.Manager)).Get<RateService>());
        var start = TestHost.Start;
        for (var n = 0; n < 25; n++)
        {
            host.Clock.Advance(TimeSpan.FromHours(random.Next(1, 400)));
            var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
            var stored = await RatesAsync(host, kind);
            List<FeeRate> standing = [.. stored.Where(r => r.WithdrawnAt is null)];
            RateOutcome outcome;
            if (standing.Count > 0 && random.Next(3) == 0)
            {
                var rate = standing[random.Next(standing.Count)];
                var form = new WithdrawForm { Version = rate.Version, Reason = "误发", HasReplacement = random.Next(3) == 0 };
                form.Steps[0].Price = n + 1;
                outcome = await admin.WithdrawAsync(rate.Id, form, Ct);
            }
            else
            {
                var form = Form(kind, today.AddDays(random.Next(-90, 90)), n + 1, newest: stored.Count == 0 ? null : stored[^1].Id);
                if (random.Next(2) == 0)
                    (form.ScopeKind, form.RoomKind, form.Beds) = (RateScopeKind.RoomType, RoomKind.Bedroom, random.Next(2) == 0 ? 4 : null);
                form.SetsNoPrice = random.Next(5) == 0;
                if (standing.Exists(r => r.Scope == form.Scope().Key && r.FirstDay == form.FirstDay)) continue;
                outcome = await admin.SubmitAsync(form, Ct);
            }
            if (outcome.ProposalId is { } proposal) await manager.ApproveAsync(proposal, 1, Ct);
        }

        var all = await RatesAsync(host, kind);
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Get<RateQueries>();
        var span = (host.Clock.GetUtcNow() - start).TotalHours;
        for (var n = 0; n < 40; n++)
        {
            var day = Today.AddDays(random.Next(-120, (int)(span / 24) + 100));
            DateTimeOffset? known = n % 3 == 0 ? null : start.AddHours(random.NextDouble() * span);
            var found = await queries.ExplainAsync(kind, room, day, known, ct: Ct);
            Assert.Equal(Oracle(all, day, known ?? DateTimeOffset.MaxValue), found.Rate?.Id);
        }
        // The database itself: one rate that stands for each scope and day, marked with the next one.
        foreach (var scope in all.Where(r => r.WithdrawnAt is null).GroupBy(r => r.Scope))
        {
            List<FeeRate> ordered = [.. scope.OrderBy(r => r.FirstDay)];
            Assert.Equal(ordered.Count, ordered.DistinctBy(r => r.FirstDay).Count());
            Assert.Equal(ordered.Skip(1).Select(r => (long?)r.Id).Append(null), ordered.Select(r => r.SupersededByRateId));
        }
    }

    [Fact]
    public async Task The_preview_says_who_would_pay_less_the_same_and_more_in_a_month()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var rooms = await host.InDatabaseAsync(db =>
            db.Rooms.Where(r => r.Kind == RoomKind.Bedroom).OrderBy(r => r.Id).Select(r => r.Id).Take(3).ToListAsync(Ct));
        var newest = await PublishAsync(host, kind, Today, 1);
        foreach (var (room, usage) in rooms.Zip([50m, 100m, 300m]))
        {
            await BillAsync(host, kind, room, "2026-09", usage);
            await BillAsync(host, kind, room, "2026-10", usage);
        }
        await BillAsync(host, kind, rooms[0], "2025-09", 1_000);
        var form = Form(kind, Today.AddDays(40), 0.5m, newest: newest);
        form.Steps.Clear();
        form.Steps.AddRange([new StepForm { UpTo = 50, Price = 0.5m }, new StepForm { Price = 1.5m }]);

        var impact = await (await host.AsAsync(TestUsers.Dispatcher)).Get<RateQueries>().ImpactAsync(form, Ct);

        // 50 → 25, 100 → 25 + 75 = 100, 300 → 25 + 375 = 400.
        Assert.Equal((3, 2, 1, 1, 1), (impact.Rooms, impact.Months, impact.Less, impact.Same, impact.More));
        Assert.Equal((900m, 1_050m, 75m), (impact.Before.Yuan, impact.After.Yuan, impact.MonthlyChange.Yuan));
        Assert.Equal((100m, 300m), (Assert.Single(impact.Dearer).Change.Yuan, impact.Dearer[0].Usage));
        Assert.Equal(-25m, Assert.Single(impact.Cheaper).Change.Yuan);
    }

    [Fact]
    public async Task A_rate_of_the_past_lists_the_bills_that_it_changes()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = await KindAsync(host);
        var room = await RoomAsync(host);
        foreach (var month in new[] { "2026-08", "2026-09", "2026-10" }) await BillAsync(host, kind, room, month, 10);
        host.Clock.Advance(TimeSpan.FromHours(1));
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));

        var proposal = (await manager.Get<RateService>().SubmitAsync(Form(kind, new DateOnly(2026, 9, 30), 2), Ct)).ProposalId!.Value;
        var before = await admin.Get<RateQueries>().AffectedByProposalAsync(proposal, Ct);
        var rate = (await admin.Get<RateService>().ApproveAsync(proposal, 1, Ct)).RateId!.Value;
        host.Clock.Advance(TimeSpan.FromHours(1));
        await BillAsync(host, kind, room, "2026-11", 10, host.Clock.GetUtcNow());
        var after = await admin.Get<RateQueries>().AffectedBillsAsync(rate, Ct);

        Assert.Equal((2, 2), (before.Total, after.Total));
        Assert.Equal(["2026-10", "2026-09"], after.Newest.Select(b => b.Period));
    }

    [Fact]
    public async Task The_examples_have_prices_of_every_kind()
    {
        await using var host = await TestHost.OpenAsync();
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Get<RateQueries>();

        var kinds = await queries.KindsAsync(Ct);

        Assert.All(kinds, k => Assert.NotNull(k.Lowest));
        Assert.Equal(PriceRule.Flat(0.4943m, new FreeQuota(10, QuotaBasis.Person, BillingCycle.Month, [], false)), kinds[0].Current);
        var versions = await queries.VersionsAsync(kinds[0].Id, Ct);
        Assert.Equal(
            [RateState.Scheduled, RateState.Withdrawn, RateState.Current, RateState.Superseded, RateState.Superseded], versions.Select(v => v.State));
        Assert.All(versions, v => Assert.NotNull(v.Acts.PublishedBy));
    }

    private static long? Oracle(IReadOnlyList<FeeRate> all, DateOnly day, DateTimeOffset known)
    {
        foreach (var scope in new[] { "type:1/4", "type:1", "all" })
        {
            FeeRate? last = null;
            foreach (var rate in all)
            {
                if (rate.Scope != scope || rate.PublishedAt > known || (rate.WithdrawnAt is { } gone && gone <= known) || rate.FirstDay > day) continue;
                if (last is null || rate.FirstDay > last.FirstDay) last = rate;
            }
            if (last is { Rule.SetsPrice: true }) return last.Id;
        }
        return null;
    }

    private static RateForm Form(long kind, DateOnly first, decimal price, long? newest = null)
    {
        var form = new RateForm { KindId = kind, FirstDay = first, Reason = "调价", DocumentNumber = "校后〔2026〕1号", NewestSeen = newest };
        form.Steps[0].Price = price;
        return form;
    }

    internal static Task<long> KindAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        var kind = new FeeKind("trial", "试用费", "Trial fee", new LocalName("度", "kWh"), FeeMeasure.Meter, FeePayer.Room, BillingCycle.Month, 900);
        db.FeeKinds.Add(kind);
        await db.SaveChangesAsync(Ct);
        return kind.Id;
    });

    internal static async Task<long> PublishAsync(TestHost host, long kind, DateOnly first, decimal price, Action<RateForm>? change = null)
    {
        var rates = await RatesAsync(host, kind);
        var form = Form(kind, first, price, rates.Count == 0 ? null : rates[^1].Id);
        change?.Invoke(form);
        return (await (await host.AsAsync(TestUsers.Administrator)).Get<RateService>().SubmitAsync(form, Ct)).RateId!.Value;
    }

    internal static async Task<long?> WithdrawAsync(TestHost host, long id, Action<WithdrawForm>? change = null)
    {
        var version = await host.InDatabaseAsync(db => db.FeeRates.Where(r => r.Id == id).Select(r => r.Version).SingleAsync(Ct));
        var form = new WithdrawForm { Version = version, Reason = "误发" };
        change?.Invoke(form);
        return (await (await host.AsAsync(TestUsers.Administrator)).Get<RateService>().WithdrawAsync(id, form, Ct)).RateId;
    }

    internal static Task<List<FeeRate>> RatesAsync(TestHost host, long kind) =>
        host.InDatabaseAsync(db => db.FeeRates.AsNoTracking().Where(r => r.KindId == kind).OrderBy(r => r.Id).ToListAsync(Ct));

    private static async Task<IEnumerable<long?>> MarksAsync(TestHost host, long kind) => (await RatesAsync(host, kind)).Select(r => r.SupersededByRateId);

    private static Task<long> GroupAsync(ResidentGroupService groups, string name) => groups.CreateAsync(new GroupForm { Code = name, Name = name }, Ct);

    /// <summary>A bedroom with four beds in which somebody lives.</summary>
    private static Task<long> RoomAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        var student = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
        return student.RoomId!.Value;
    });

    private static Task<long> BillAsync(TestHost host, long kind, long room, string month, decimal usage, DateTimeOffset? at = null) =>
        host.InDatabaseAsync(async db =>
        {
            var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
            var bill = new Bill(
                $"T{month}-{room}", BillKind.Regular, kind, FeePeriod.Parse(month)!, $"room:{room}", room, null,
                first, first.AddMonths(1).AddDays(-1), at ?? TestHost.Start);
            var rate = new RateProof(null, PriceRule.Flat(1), bill.First, bill.Last);
            bill.Prove(new BillProof([], usage, bill.First, bill.Last, [bill.First], [rate], [], 0, 0, 0, 0));
            db.Bills.Add(bill);
            await db.SaveChangesAsync(Ct);
            return bill.Id;
        });
}
