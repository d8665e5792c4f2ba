using System.Globalization;
using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>The filter of the office's list, with the same rules for queries and for rows that arrive by the feed, and its address.</summary>
public sealed record VoiceFilter
{
    private const string Path = "voice";

    public VoiceView View { get; init; } = VoiceView.Open;
    public VoiceKind? Kind { get; init; }
    public long? CentreId { get; init; }
    public long? CrewId { get; init; }
    public string? Text { get; init; }
    public VoiceSort Sort { get; init; } = VoiceSort.Pressing;

    public bool HasText => !string.IsNullOrWhiteSpace(Text);

    public bool IsNarrowed => Kind is not null || CentreId is not null || CrewId is not null || HasText;

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
        (Kind is null || row.Kind == Kind) && (CentreId is null || row.CentreId == CentreId) && (CrewId is null || row.CrewId == CrewId)
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
        var query = QueryHelpers.ParseQuery(address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? address[at..] : "");
        var understood = true;
        filter = new VoiceFilter
        {
            View = Member<VoiceView>("view") ?? VoiceView.Open,
            Kind = Member<VoiceKind>("kind"),
            CentreId = Id("centre"),
            CrewId = Id("crew"),
            Text = Take("q") is { Length: > 0 } text ? text : null,
            Sort = Member<VoiceSort>("sort") ?? VoiceSort.Pressing,
        };
        return understood && query.Count == 0;

        string? Take(string name) => query.Remove(name, out StringValues values) ? values.ToString().Trim() : null;

        long? Id(string name)
        {
            if (Take(name) is not { Length: > 0 } typed) return null;
            if (TypedId.Parse(typed) is { } id) return id;
            understood = false;
            return null;
        }

        T? Member<T>(string name) where T : struct, Enum
        {
            if (Take(name) is not { Length: > 0 } typed) return null;
            if (Enum.TryParse<T>(typed, ignoreCase: true, out var member) && Enum.IsDefined(member)) return member;
            understood = false;
            return null;
        }
    }

    /// <summary>The case on the sheet, in an address.</summary>
    public static long? SelectedIn(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue("case", out var id)
        ? TypedId.Parse(id.ToString()) : null;

    public string ToAddress(long? selected = null) => QueryHelpers.AddQueryString(Path, new Dictionary<string, string?>
    {
        ["view"] = View == VoiceView.Open ? null : View.ToString(),
        ["kind"] = Kind?.ToString(),
        ["centre"] = CentreId?.ToString(CultureInfo.InvariantCulture),
        ["crew"] = CrewId?.ToString(CultureInfo.InvariantCulture),
        ["q"] = Text,
        ["sort"] = Sort == VoiceSort.Pressing ? null : Sort.ToString(),
        ["case"] = selected?.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Only the query string, for the export of this list and for saved views.</summary>
    public string ToQuery() => ToAddress()[Path.Length..];
}
