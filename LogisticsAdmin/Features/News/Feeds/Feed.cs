using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>A feed as it is sent, with what conditional requests compare.</summary>
internal sealed record Feed(byte[] Content, string Type, EntityTagHeaderValue Tag, DateTimeOffset Changed);
