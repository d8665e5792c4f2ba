namespace LogisticsAdmin.Features.News;

/// <summary>The words of the whole slice: states, kinds, refusals, audit. Parts have words of their own.</summary>
public sealed class NewsText;
