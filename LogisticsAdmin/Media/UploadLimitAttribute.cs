using Microsoft.AspNetCore.Http.Metadata;

namespace LogisticsAdmin.Media;

/// <summary>Marks a page or endpoint that accepts files and says how many bytes they may have together.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UploadLimitAttribute(long fileBytes) : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>Allowance for the form's other fields and the multipart boundaries.</summary>
    private const long FieldBytes = 1024 * 1024;

    public long MaxBytes { get; } = fileBytes + FieldBytes;

    public long? MaxRequestBodySize => MaxBytes;
}
