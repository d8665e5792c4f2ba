using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>What a person may choose. <paramref name="Address"/> is null without a confirmed e-mail.</summary>
public sealed record MailPreferencesView(bool IsOn, string? Address, TimeOnly DigestAt, IReadOnlyList<MailKindGroup> Groups);

/// <summary>Kinds of one slice; the name is null for kinds of their own.</summary>
public sealed record MailKindGroup(LocalName? Name, IReadOnlyList<MailKindRow> Kinds);

public sealed record MailKindRow(int Kind, LocalName Label, bool IsUrgent, MailMode Mode);

/// <summary>What a link in a mail unsubscribes from, in the language of the mail; the kind is null for the daily digest.</summary>
public sealed record UnsubscribeView(LocalName? Kind, bool IsDone, string Language);
