using LogisticsAdmin.Live;
using LogisticsAdmin.Live.Presence;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Live;

/// <summary>The board in isolation: opening, leaving, claiming, and what is published about it.</summary>
public sealed class PresenceBoardTests : IDisposable
{
    private static readonly PresenceKey Ticket = Key(7), Another = Key(8);

    private static readonly Actor Wang = Office(1, "王静");
    private static readonly Actor Li = Office(2, "李敏");
    private static readonly Actor Zhou = Office(3, "周雅婷");

    private readonly FakeTimeProvider _clock = new(TestHost.Start);
    private readonly RecordingFeed _feed = new();
    private readonly PresenceBoard _board;
    private readonly Guid _wang, _li;

    public PresenceBoardTests()
    {
        _board = new PresenceBoard(_feed, _clock);
        (_wang, _li) = (OpenCircuit(Wang), OpenCircuit(Li));
        _feed.Published.Clear();
    }

    public void Dispose() => _board.Dispose();

    [Fact]
    public void Whoever_opens_a_ticket_is_told_in_the_order_of_coming_and_whoever_leaves_is_gone()
    {
        var zhou = OpenCircuit(Zhou);
        Assert.Equal(["王静", "李敏", "周雅婷"], SinglePublished().Now.Viewers.Select(v => v.Name));
        _board.Close(_wang);
        Assert.Equal(["李敏", "周雅婷"], SinglePublished().Now.Viewers.Select(v => v.Name));
        _board.Close(_li);
        _board.Close(zhou);
        Assert.Empty(_feed.Published[^1].Now.Viewers);
        Assert.Null(_board.Of(Ticket));

        _feed.Published.Clear();
        _board.Close(zhou);
        Assert.Empty(_feed.Published);
    }

    [Fact]
    public void A_circuit_has_one_ticket_open_and_leaves_it_with_its_claim_for_the_next()
    {
        _board.Claim(_wang, ClaimKind.Reply);
        _feed.Published.Clear();
        _board.Open(_wang, Wang, Subject(Another));

        Assert.Equal([Ticket, Another], _feed.Published.Select(c => c.Now.Key));
        Assert.Null(_feed.Published[0].Now.Claim);
        Assert.Equal(["李敏"], _board.Of(Ticket)!.Viewers.Select(v => v.Name));
        Assert.Equal(["王静"], _board.Of(Another)!.Viewers.Select(v => v.Name));
    }

    [Fact]
    public void The_same_person_in_two_tabs_is_there_once_until_both_are_closed()
    {
        var second = OpenCircuit(Wang);
        Assert.Empty(_feed.Published);
        Assert.Equal(["王静", "李敏"], _board.Of(Ticket)!.Viewers.Select(v => v.Name));
        _board.Close(_wang);
        Assert.Equal(["李敏", "王静"], _board.Of(Ticket)!.Viewers.Select(v => v.Name));
        _board.Close(second);
        Assert.Equal(["李敏"], _board.Of(Ticket)!.Viewers.Select(v => v.Name));
    }

    [Fact]
    public void A_claim_goes_with_the_tab_in_which_the_person_composes()
    {
        var second = OpenCircuit(Wang);
        _board.Claim(_wang, ClaimKind.Reply);
        _board.Claim(second, ClaimKind.Reply);
        _board.Release(_wang);
        _board.Close(_wang);
        Assert.Equal("王静", _board.Of(Ticket)!.Claim!.Name);
        _board.Close(second);
        Assert.Null(_board.Of(Ticket)!.Claim);
    }

    [Fact]
    public void A_claim_lasts_two_minutes_and_its_end_is_told()
    {
        var claim = _board.Claim(_wang, ClaimKind.Assign);
        Assert.Equal(("王静", ClaimKind.Assign, TestHost.Start.AddMinutes(2)), (claim!.Name, claim.Kind, claim.Until));
        Assert.Equal(claim, SinglePublished().Now.Claim);

        _clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_feed.Published);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(SinglePublished().Now.Claim);
        Assert.Equal(2, _board.Of(Ticket)!.Viewers.Count);
    }

    [Fact]
    public void Claims_of_several_tickets_end_each_in_its_time_by_one_timer()
    {
        var zhou = OpenCircuit(Zhou, Another);
        _board.Claim(_wang, ClaimKind.Reply);
        _clock.Advance(TimeSpan.FromSeconds(45));
        _board.Claim(zhou, ClaimKind.Reply);
        _feed.Published.Clear();

        _clock.Advance(TimeSpan.FromSeconds(75));
        Assert.Equal(Ticket, SinglePublished().Now.Key);
        _clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(Another, SinglePublished().Now.Key);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_feed.Published);
    }

    [Fact]
    public void Typing_on_extends_the_claim_and_tells_nobody_more_often_than_every_half_minute()
    {
        _board.Claim(_wang, ClaimKind.Reply);
        Assert.False(SinglePublished().IsRenewalOnly);
        for (var letter = 0; letter < 29; letter++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _board.Claim(_wang, ClaimKind.Reply);
        }
        Assert.Empty(_feed.Published);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(_clock.GetUtcNow().AddMinutes(2), _board.Claim(_wang, ClaimKind.Reply)!.Until);
        Assert.True(SinglePublished().IsRenewalOnly);
        _clock.Advance(TimeSpan.FromSeconds(119));
        Assert.NotNull(_board.Of(Ticket)!.Claim);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(SinglePublished().Now.Claim);
    }

    [Fact]
    public void An_open_dialog_keeps_its_claim_without_a_letter_until_it_was_left_alone_for_ten_minutes()
    {
        _board.Claim(_wang, ClaimKind.Assign, inDialog: true);
        Assert.False(SinglePublished().IsRenewalOnly);
        for (var second = 0; second < 600; second++)
        {
            Assert.True(_board.Of(Ticket)!.Claim!.Until > _clock.GetUtcNow());
            Assert.Equal("王静", _board.Claim(_li, ClaimKind.Assign, inDialog: true)!.Name);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Null(_board.Of(Ticket)!.Claim);
        Assert.All(_feed.Published[..^1], published => Assert.True(published.IsRenewalOnly));
        Assert.InRange(_feed.Published.Count, 2, 8);
    }

    [Fact]
    public void Each_letter_or_choice_in_the_dialog_begins_its_ten_minutes_anew()
    {
        for (var letter = 0; letter < 5; letter++)
        {
            _board.Claim(_wang, ClaimKind.Assign, inDialog: true);
            _clock.Advance(TimeSpan.FromSeconds(10));
            _board.Claim(_wang, ClaimKind.Assign, inDialog: true);
            _clock.Advance(TimeSpan.FromMinutes(9.9));
            Assert.NotNull(_board.Of(Ticket)!.Claim);
        }
        _clock.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Null(_board.Of(Ticket)!.Claim);
    }

    [Fact]
    public void A_dialog_frees_its_claim_at_once_when_it_is_closed_or_its_circuit_is_lost()
    {
        foreach (var end in new Action<Guid>[] { _board.Release, _board.Close })
        {
            _board.Claim(_wang, ClaimKind.Assign, inDialog: true);
            _clock.Advance(TimeSpan.FromMinutes(5));
            end(_wang);
            Assert.Null(_board.Of(Ticket)!.Claim);
            _feed.Published.Clear();
            _clock.Advance(TimeSpan.FromDays(1));
            Assert.Empty(_feed.Published);
        }
    }

    [Fact]
    public void A_dialog_taken_over_renews_nothing_and_claims_again_only_once_the_other_is_done()
    {
        _board.Claim(_wang, ClaimKind.Assign, inDialog: true);
        _clock.Advance(TimeSpan.FromMinutes(3));
        _board.TakeOver(_li);
        Assert.Equal("李敏", _board.Claim(_wang, ClaimKind.Assign, inDialog: true)!.Name);
        _clock.Advance(PresenceBoard.ClaimDuration);
        Assert.Null(_board.Of(Ticket)!.Claim);

        Assert.Equal("王静", _board.Claim(_wang, ClaimKind.Assign, inDialog: true)!.Name);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("王静", _board.Of(Ticket)!.Claim!.Name);
    }

    [Fact]
    public void What_is_typed_after_a_dialog_lasts_two_minutes_again_and_a_dialog_after_a_reply_longer()
    {
        _board.Claim(_wang, ClaimKind.Assign, inDialog: true);
        _board.Release(_wang);
        _board.Claim(_wang, ClaimKind.Reply);
        _clock.Advance(PresenceBoard.ClaimDuration);
        Assert.Null(_board.Of(Ticket)!.Claim);

        _board.Claim(_wang, ClaimKind.Assign);
        _board.Claim(_wang, ClaimKind.Assign, inDialog: true);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.NotNull(_board.Of(Ticket)!.Claim);
    }

    [Fact]
    public void A_live_claim_of_somebody_else_stays_theirs_and_a_lapsed_one_is_free()
    {
        var claim = _board.Claim(_wang, ClaimKind.Reply);
        _feed.Published.Clear();
        Assert.Equal(claim, _board.Claim(_li, ClaimKind.Assign));
        _board.Release(_li);
        Assert.Empty(_feed.Published);

        _board.Release(_wang);
        Assert.Null(SinglePublished().Now.Claim);
        Assert.Equal("李敏", _board.Claim(_li, ClaimKind.Assign)!.Name);
    }

    [Fact]
    public void Taking_over_moves_the_claim_and_says_from_whom()
    {
        _board.Claim(_wang, ClaimKind.Reply);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _feed.Published.Clear();
        _board.TakeOver(_li);
        var taken = SinglePublished().Now.Claim!;
        Assert.Equal(("李敏", ClaimKind.Reply, 1L, _clock.GetUtcNow().AddMinutes(2)), (taken.Name, taken.Kind, taken.TakenFrom!.Value, taken.Until));

        Assert.Equal(taken, _board.Claim(_wang, ClaimKind.Reply));
        _board.Release(_wang);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(taken, _board.Of(Ticket)!.Claim);
        Assert.Equal("王静", _board.TakeOver(_wang)!.Name);
    }

    [Fact]
    public void There_is_nothing_to_take_where_nobody_composes_or_nothing_is_open()
    {
        Assert.Null(_board.TakeOver(_li));
        _board.Claim(_wang, ClaimKind.Reply);
        _board.Close(_wang);
        Assert.Null(_board.TakeOver(_li));
        Assert.Null(_board.Claim(_wang, ClaimKind.Reply));
        Assert.Null(_board.TakeOver(_wang));
        Assert.Null(_board.Of(Ticket)!.Claim);
    }

    [Fact]
    public void A_closed_circuit_frees_presence_and_claim_in_one_change()
    {
        _board.Claim(_wang, ClaimKind.Reply);
        _feed.Published.Clear();
        _board.Close(_wang);
        var now = SinglePublished().Now;
        Assert.Null(now.Claim);
        Assert.Equal(["李敏"], now.Viewers.Select(v => v.Name));
    }

    [Fact]
    public void Without_oneself_the_others_remain_and_nobody_is_nothing()
    {
        _board.Claim(_wang, ClaimKind.Reply);
        var now = _board.Of(Ticket)!;
        Assert.Equal("王静", now.Without(2)!.Claim!.Name);
        Assert.Null(now.Without(1)!.Claim);
        Assert.Same(now, now.Without(3));
        _board.Close(_li);
        Assert.Null(_board.Of(Ticket)!.Without(1));
    }

    [Fact]
    public async Task Many_circuits_at_once_leave_nothing_behind()
    {
        await Task.WhenAll(Enumerable.Range(10, 16).Select(person => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                var circuit = OpenCircuit(Office(person, $"{person}"), Key(i % 5));
                _board.Claim(circuit, ClaimKind.Reply);
                _board.TakeOver(circuit);
                if (i % 2 == 0) _board.Release(circuit);
                _board.Close(circuit);
            }
        }, TestContext.Current.CancellationToken)));
        Assert.All(Enumerable.Range(0, 5), ticket => Assert.Null(_board.Of(Key(ticket))));
        Assert.Equal(["王静", "李敏"], _board.Of(Ticket)!.Viewers.Select(v => v.Name));
        Assert.All(Enumerable.Range(0, 5), ticket => Assert.Empty(_feed.Published.Last(c => c.Now.Key == Key(ticket)).Now.Viewers));
    }

    private static Actor Office(long id, string name) => new(id, name, new HashSet<Role> { Role.Dispatcher }, null, null);

    private static PresenceKey Key(long id) => new("ticket", id);

    private static PresenceSubject Subject(PresenceKey key) => new(key, _ => true);

    private Guid OpenCircuit(Actor actor, PresenceKey? key = null)
    {
        var circuit = Guid.NewGuid();
        _board.Open(circuit, actor, Subject(key ?? Ticket));
        return circuit;
    }

    /// <summary>The only change published since the last call.</summary>
    private PresenceChanged SinglePublished()
    {
        var published = Assert.Single(_feed.Published);
        _feed.Published.Clear();
        return published;
    }

    private sealed class RecordingFeed : IChangeFeed
    {
        public List<PresenceChanged> Published { get; } = [];
        public long Sequence => 0;

        // The board publishes one change at a time.
        public void Publish(IReadOnlyList<Change> changes) => Published.AddRange(changes.Cast<PresenceChanged>());

        public Subscription Subscribe(long? personId, Func<Change, bool> filter, Guid? session = null) => throw new NotSupportedException();
    }
}
