using System.Globalization;
using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>The filter of the office's list, with the same rules for queries and for rows that arrive by the feed, and its address.</summary>
public sealed record VoiceFilter
{
    public const string Chosen = "chosen";

    private const string Path = "voice";

    public VoiceView View { get; init; } = VoiceView.Open;
    public VoiceKind? Kind { get; init; }
    public long? BuildingId { get; init; }
    public long? CentreId { get; init; }
    public long? CrewId { get; init; }

    /// <summary>Who is responsible for it.</summary>
    public long? OwnerId { get; init; }
    public string? Text { get; init; }

    /// <summary>Sent at or after this moment, and before that one.</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Before { get; init; }

    /// <summary>The sort of a saved view; null for the user's own.</summary>
    public VoiceSort? Sort { get; init; }

    public bool HasText => !string.IsNullOrWhiteSpace(Text);

    public bool IsNarrowed => this with { View = VoiceView.Open, Sort = null } != new VoiceFilter();

    public static bool IsIn(VoiceView view, VoiceRow row, long me) => (row.LeadId is null || view is VoiceView.All) && view switch
    {
        VoiceView.New => row.State == VoiceState.New,
        VoiceView.Mine => row.OwnerId == me && row.State.IsOpen(),
        VoiceView.Open => row.State.IsOpen(),
        VoiceView.Late => row.IsLate,
        VoiceView.Appeals => row.State == VoiceState.Appealed,
        VoiceView.Settled => row.State == VoiceState.Settled,
        _ => true,
    };

    public bool Matches(VoiceRow row, long me) => IsIn(View, row, me) && MatchesFields(row);

    /// <summary>The part of the filter that every view's count shares.</summary>
    public bool MatchesFields(VoiceRow row) =>
        (Kind is null || row.Kind == Kind)
        && (BuildingId is null || row.BuildingId == BuildingId)
        && (CentreId is null || row.CentreId == CentreId)
        && (CrewId is null || row.CrewId == CrewId)
        && (OwnerId is null || row.OwnerId == OwnerId)
        && (From is null || row.SubmittedAt >= From)
        && (Before is null || row.SubmittedAt < Before)
        && (!HasText || SearchIndex.Matches(Text!, row.SearchText));

    internal static Expression<Func<VoiceCase, bool>> InView(VoiceView view, long me) => view switch
    {
        VoiceView.New => c => c.LeadId == null && c.State == VoiceState.New,
        VoiceView.Mine => c => c.LeadId == null && c.OwnerId == me && VoiceVerbs.Open.Contains(c.State),
        VoiceView.Open => c => c.LeadId == null && VoiceVerbs.Open.Contains(c.State),
        VoiceView.Late => c => c.LeadId == null && c.IsLate,
        VoiceView.Appeals => c => c.LeadId == null && c.State == VoiceState.Appealed,
        VoiceView.Settled => c => c.LeadId == null && c.State == VoiceState.Settled,
        _ => c => true,
    };

    /// <summary>By how much a change moves the number of matches.</summary>
    public int Moves(VoiceRow? before, VoiceRow after, long me) =>
        (Matches(after, me) ? 1 : 0) - (before is not null && Matches(before, me) ? 1 : 0);

    /// <summary>The filter in an address or query string. Values that are not understood are ignored.</summary>
    public static VoiceFilter Read(string address)
    {
        TryRead(address, out var filter);
        return filter;
    }

    /// <summary>False if the query string contains anything that is not a filter of the list, including the case on the sheet.</summary>
    public static bool TryRead(string address, out VoiceFilter filter)
    {
        var query = new QueryReader(address);
        filter = new VoiceFilter
        {
            View = query.Member<VoiceView>("view") ?? VoiceView.Open,
            Kind = query.Member<VoiceKind>("kind"),
            BuildingId = query.Id("building"),
            CentreId = query.Id("centre"),
            CrewId = query.Id("crew"),
            OwnerId = query.Id("owner"),
            Text = query.Text("q"),
            From = query.Moment("from"),
            Before = query.Moment("before"),
            Sort = query.Member<VoiceSort>("sort"),
        };
        return query.IsAllUnderstood;
    }

    /// <summary>The case on the sheet, in an address.</summary>
    public static long? SelectedIn(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue("case", out var id)
        ? TypedId.Parse(id.ToString()) : null;

    public string ToAddress(long? selected = null) => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["view"] = View == VoiceView.Open ? null : View.ToString(),
        ["kind"] = Kind?.ToString(),
        ["building"] = BuildingId?.ToString(CultureInfo.InvariantCulture),
        ["centre"] = CentreId?.ToString(CultureInfo.InvariantCulture),
        ["crew"] = CrewId?.ToString(CultureInfo.InvariantCulture),
        ["owner"] = OwnerId?.ToString(CultureInfo.InvariantCulture),
        ["q"] = Text,
        ["from"] = QueryReader.Show(From),
        ["before"] = QueryReader.Show(Before),
        ["sort"] = Sort?.ToString(),
        ["case"] = selected?.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Only the query string, as stored with a saved view.</summary>
    public string ToQuery() => ToAddress()[Path.Length..];

    /// <summary>The query string of the list's export: same filter and order, with all columns or only those chosen for the desk.</summary>
    public string ToExport(VoiceSort sort, bool onlyChosen = false) =>
        QueryHelpers.AddQueryString((this with { Sort = sort }).ToQuery(), "columns", onlyChosen ? Chosen : "");
}
