using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>The office's list of cases, whose filters are saved as views.</summary>
internal sealed class VoiceViews(VoiceQueries queries) : IViewedList<VoiceFilter, VoiceRow>
{
    /// <summary>Stored with each view.</summary>
    public const string List = "voice";

    private static readonly LocalName Words = LocalName.Of<VoiceText>("SavedViews");

    public string Key => List;

    public LocalName Heading => Words;

    public string Path => "voice";

    public string? Normalize(string query) => VoiceFilter.TryRead(query, out var filter) ? filter.ToQuery() : null;

    public VoiceFilter Read(string address) => VoiceFilter.Read(address);

    // A list in the user's own sort is the view too, for example right after it was saved.
    public bool IsShown(VoiceFilter view, VoiceFilter shown) => view == shown || (shown.Sort is null && view with { Sort = null } == shown);

    public bool MaySee(Actor actor, VoiceRow row) => actor.IsOffice;

    public int Moves(VoiceFilter filter, VoiceRow? before, VoiceRow after, long me) => filter.Moves(before, after, me);

    public Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<VoiceFilter> filters, CancellationToken ct) => queries.CountAsync(filters, ct);
}
