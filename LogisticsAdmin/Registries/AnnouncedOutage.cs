using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A planned cut-off.</summary>
/// <param name="NoticeId">The notice that announces it.</param>
/// <param name="Number">The number of the notice.</param>
/// <param name="Kind">What is cut off, as a code such as Water.</param>
/// <param name="What">The same in words, such as 停水.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it is expected to end.</param>
/// <param name="Buildings">The buildings that it concerns.</param>
/// <param name="Address">Where the acting person reads the notice.</param>
public sealed record AnnouncedOutage(
    long NoticeId, string Number, string Kind, LocalName What, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<long> Buildings, string Address);
