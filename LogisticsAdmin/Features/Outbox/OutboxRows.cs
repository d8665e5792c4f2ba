using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>
/// How mail is set up and what is on its way. <paramref name="Problem"/> says why the mail server can't be reached at the moment;
/// <paramref name="MyAddress"/> is null for a reader without a confirmed e-mail.
/// </summary>
public sealed record OutboxView(
    bool IsOn, string? Host, int Port, Mail.MailSecurity Security, string? From, TimeOnly DigestAt, bool HasAddress, string? Problem, string? MyAddress,
    OutboxCounts Counts);

/// <summary>Messages of all channels; <paramref name="SentToday"/> counts from midnight in the office.</summary>
public sealed record OutboxCounts(int Waiting, int Sending, int SentToday, int Dead);

/// <summary>Filter, order and page of the list of what was not sent.</summary>
public sealed record OutboxFilter
{
    public const int PageSize = 25;

    /// <summary>Part of the subject, the Message-ID, the recipient's name or the server's words.</summary>
    public string? Text { get; init; }

    /// <summary>Null: dead letters of every reason. With a reason for which messages are left out, those.</summary>
    public OutboxReason? Reason { get; init; }
    public OutboxSort Sort { get; init; } = OutboxSort.Ended;
    public bool Descending { get; init; } = true;
    public int Skip { get; init; }

    /// <summary>Reads the filter and the number of the page from the page's address.</summary>
    public static OutboxFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("reason"), Of("sort"), int.TryParse(Of("page"), CultureInfo.InvariantCulture, out var page) && page > 1 ? page : 1);

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static OutboxFilter Parse(string? text, string? reason, string? sort, int page = 1) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        Reason = Enum.TryParse<OutboxReason>(reason, out var why) && Enum.IsDefined(why) ? why : null,
        Sort = Enum.TryParse<OutboxSort>(sort?.TrimStart('-'), out var column) && Enum.IsDefined(column) ? column : OutboxSort.Ended,
        Descending = sort is null || sort.StartsWith('-'),
        Skip = (page - 1) * PageSize,
    };
}

/// <summary>A message that was not sent; the recipient is a person or a robot, and empty for a private kind.</summary>
public sealed record OutboxRow(
    long Id, string Channel, long? PersonId, string Recipient, LocalName? Kind, string Subject, string? About, DateTimeOffset At, DateTimeOffset? EndedAt,
    OutboxState State, OutboxReason? Reason, int Attempts, string? LastError, string? MessageId);

public sealed record OutboxWindow(IReadOnlyList<OutboxRow> Items, int Total)
{
    public static readonly OutboxWindow Empty = new([], 0);
}
