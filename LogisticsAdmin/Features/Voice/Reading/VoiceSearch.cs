using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>Search results for cases, by number, text and place; never by who sent them. For the office.</summary>
internal sealed class VoiceSearch(VoiceQueries queries, IStringLocalizer<VoiceText> words) : ISearchProvider
{
    public int Order => 45;
    public string Kind => "voice";
    public IReadOnlyList<LocalName> SearchedBy { get; } = [LocalName.Of<VoiceText>("SearchedBy")];
    public int MaxHits => 10;
    public int MaxHitsBesideOthers => 3;

    public bool IsFor(Actor actor) => actor.IsOffice;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default) =>
    [
        .. (await queries.SearchAsync(typed, take, ct)).Select(r => new SearchHit(
            FormattableString.Invariant($"voice/{r.Id}"), r.Number, r.Number, r.Summary,
            $"{words[$"{nameof(VoiceKind)}.{r.Kind}"]} · {words[$"{nameof(VoiceState)}.{r.State}"]}")),
    ];
}
