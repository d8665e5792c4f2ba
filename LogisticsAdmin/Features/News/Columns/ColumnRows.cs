using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>A column; <paramref name="Released"/> counts what was ever published in it, <paramref name="Open"/> what is being prepared.</summary>
public sealed record ColumnRow(
    long Id, long Version, string Code, NewsKind Kind, LocalName Name, bool NeedsReview, int Released, int Open, bool IsFirst, bool IsLast,
    DateTimeOffset? RetiredAt);

/// <summary>A template with its texts, for the list and its dialog.</summary>
public sealed record TemplateRow(
    long Id, long Version, string Code, LocalName Name, long ColumnId, LocalName Column, string Title, string TitleEn, string Body, string BodyEn,
    OutageKind? Outage, bool IsUrgent, bool NeedsConfirmation, DateTimeOffset? RetiredAt)
{
    /// <summary>What has to be filled in, in both languages.</summary>
    public IReadOnlyList<string> Placeholders => Items.Placeholders.In(Title, Body, TitleEn, BodyEn);
}

/// <summary>A saved audience: how many people it addresses now, and how many items name it that are in use or can still be read.</summary>
public sealed record GroupRow(long Id, long Version, LocalName Name, AudienceRule Rule, int Addressed, int UsedBy, DateTimeOffset? RetiredAt);

/// <summary>Somebody with the right "may publish"; it has no effect while they are neither dispatcher nor manager, or can't sign in.</summary>
public sealed record PublisherRow(long PersonId, string FullName, IReadOnlyList<Role> Roles, bool HasEffect, string? GrantedBy, DateTimeOffset GrantedAt);

/// <summary>Somebody of the office who may be given the right.</summary>
public sealed record PublisherChoice(long Id, string FullName, IReadOnlyList<Role> Roles);
