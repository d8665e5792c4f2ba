using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>Which columns of a file with these headers are which: remembered from the last time such a file came in.</summary>
public sealed class ImportMapping : Versioned
{
    private ImportMapping() { }

    public ImportMapping(string kind, string headers) => (Kind, Headers) = (kind, headers);

    public string Kind { get; private set; } = "";

    /// <summary>Fingerprint of the header row.</summary>
    public string Headers { get; private set; } = "";

    /// <summary>JSON: column key to the sheet's column, zero-based.</summary>
    public string Columns { get; private set; } = "{}";

    /// <summary>How such a file was read as a whole, with all changes: <see cref="ImportReading.ToFile"/>. Null: column by column.</summary>
    public byte[]? Reading { get; private set; }
    public DateTimeOffset UsedAt { get; private set; }

    public void Remember(string columns, ImportReading? reading, DateTimeOffset at) =>
        (Columns, Reading, UsedAt) = (columns, reading?.ToFile(), at);
}
