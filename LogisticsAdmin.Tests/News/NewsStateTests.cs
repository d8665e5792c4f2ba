using System.Reflection;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>Which verb is possible in which state, and where it leads: the whole table, written by hand.</summary>
public sealed class NewsStateTests
{
    private static readonly DateTimeOffset Now = TestHost.Start;

    private static readonly Dictionary<string, Action<NewsItem>> Verbs = new()
    {
        ["Write"] = i => i.Write(new NewsContent("标题", "", "", "", "正文", ""), RevisionReason.Saved, 1, Now, null),
        ["Address"] = i => i.Address(AudienceRule.Everyone, false, false, false, null, null),
        ["SetTimes"] = i => i.SetTimes(null, null),
        ["SetOutage"] = i => i.SetOutage(null, null, null, []),
        ["MoveTo"] = i => i.MoveTo(new NewsColumn("other", NewsKind.News)),
        ["Submit"] = i => i.Submit(1, Now),
        ["Recall"] = i => i.Recall(),
        ["Return"] = i => i.Return(2, "why", Now),
        ["Approve"] = i => i.Approve(2, Now),
        ["Release"] = i => i.Release(Now),
        ["Unschedule"] = i => i.Unschedule(),
        ["Publish"] = i => i.Publish(Now, wasLate: false),
        ["Correct"] = i => i.Correct(new NewsContent("新标题", "", "", "", "正文", ""), new LocalName("改了", ""), 1, Now, null),
        ["Pin"] = i => i.Pin(null),
        ["ExpireAt"] = i => i.ExpireAt(null),
        ["Expire"] = i => i.Expire(Now),
        ["Withdraw"] = i => i.Withdraw(1, "why", Now),
        ["Discard"] = i => i.Discard(),
        ["RestoreDraft"] = i => i.RestoreDraft(),
    };

    // - is refused, = leaves the state, else the first letters of the next state.
    private const string Table = """
                      Draft InReview Scheduled Published Expired Withdrawn Discarded
        Write         =     -        -         -         -       -         -
        Address       =     -        -         -         -       -         -
        SetTimes      =     -        -         -         -       -         -
        SetOutage     =     -        -         -         -       -         -
        MoveTo        =     -        -         -         -       -         -
        Submit        InReview -     -         -         -       -         -
        Recall        -     Draft    -         -         -       -         -
        Return        -     Draft    -         -         -       -         -
        Approve       -     Published -        -         -       -         -
        Release       Published -    -         -         -       -         -
        Unschedule    -     -        Draft     -         -       -         -
        Publish       -     -        Published -         -       -         -
        Correct       -     -        -         =         -       -         -
        Pin           =     =        =         =         -       -         -
        ExpireAt      -     -        -         =         -       -         -
        Expire        -     -        -         Expired   -       -         -
        Withdraw      -     -        -         Withdrawn Withdrawn -       -
        Discard       Discarded -    -         -         -       -         -
        RestoreDraft  -     -        -         -         -       -         Draft
        """;

    [Fact]
    public void Each_verb_leads_from_each_state_where_the_table_says_or_is_refused()
    {
        var lines = Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(Enum.GetNames<NewsState>(), lines[0]);
        Assert.Equal(Verbs.Keys, lines.Skip(1).Select(l => l[0]));
        foreach (var line in lines.Skip(1))
        {
            foreach (var (state, expected) in Enum.GetValues<NewsState>().Zip(line.Skip(1)))
            {
                var item = In(state);
                var refusal = Record.Exception(() => Verbs[line[0]](item));
                if (expected == "-") Assert.IsType<Rejected>(refusal);
                else Assert.Equal((null, expected == "=" ? state.ToString() : expected), (refusal, item.State.ToString()));
            }
        }
    }

    private static NewsItem In(NewsState state)
    {
        var item = new NewsItem("TZ20261122-0001", new NewsColumn("services", NewsKind.Notice), 1, Now);
        typeof(NewsItem).GetProperty(nameof(NewsItem.State), BindingFlags.Public | BindingFlags.Instance)!.SetValue(item, state);
        return item;
    }
}
