using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>
/// 结账: a month's report as it was closed, which later changes of tickets don't touch. A month has at most one that is in force; reopening
/// keeps the earlier ones.
/// </summary>
public sealed class ReportClosing : Versioned, IAudited
{
    private ReportClosing() { }

    public ReportClosing(DateOnly month, int number, byte[] content, string contentHash, long byId, DateTimeOffset at)
    {
        (Month, Number, ClosedById, ClosedAt) = (month, number, byId, at);
        Hash = HashOf(contentHash, month, number, byId, at);
        Content = new ReportClosingContent(content);
    }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; private set; }

    /// <summary>1 for the first closing of the month, 2 after it was reopened once, and so on.</summary>
    public int Number { get; private set; }

    /// <summary>SHA-256 over the content before compression and over which closing it is, by whom and when, in hexadecimal digits.</summary>
    public string Hash { get; private set; } = "";

    [NotAudited]
    public long ClosedById { get; private set; }

    [NotAudited]
    public DateTimeOffset ClosedAt { get; private set; }
    public DateTimeOffset? ReopenedAt { get; private set; }

    [NotAudited]
    public long? ReopenedById { get; private set; }
    public string? ReopenReason { get; private set; }

    public ReportClosingContent Content { get; private set; } = null!;

    /// <summary>The hash that a closing with this content has.</summary>
    public static string HashOf(string contentHash, DateOnly month, int number, long byId, DateTimeOffset at) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{contentHash} {month:yyyy-MM} {number} {byId} {at.UtcTicks}"))));

    public void Reopen(string reason, long byId, DateTimeOffset at)
    {
        if (ReopenedAt is not null) throw Rejected.Because<ReportsText>("AlreadyReopened");
        (ReopenedAt, ReopenedById, ReopenReason) = (at, byId, CleanText.Clean(reason));
    }
}

/// <summary>The content of a closing, apart from it because lists of closings don't need it; see <see cref="ClosedContent"/>.</summary>
public sealed class ReportClosingContent
{
    private ReportClosingContent() { }

    internal ReportClosingContent(byte[] bytes) => Bytes = bytes;

    public long ClosingId { get; private set; }
    public byte[] Bytes { get; private set; } = [];
}
