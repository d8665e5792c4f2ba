namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>Marks pages and endpoints that need no account, so that <see cref="PublicLimits"/> counts who asks for them.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PublicLimitAttribute : Attribute;
