using MimeKit;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>The texts of a mail, which know how far they were handed over: that decides what a broken connection means.</summary>
internal sealed class OutgoingBody(MimeEntity plain, MimeEntity html) : MultipartAlternative(plain, html)
{
    /// <summary>
    /// Whether the last byte of the mail was given to the connection. From then on the server may have taken it, even if it did not answer;
    /// before, it can't have. Measuring the mail does not count, which is not asynchronous.
    /// </summary>
    public bool IsHandedOver { get; private set; }

    public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
    {
        await base.WriteToAsync(options, stream, contentOnly, cancellationToken);
        IsHandedOver = true;
    }
}
