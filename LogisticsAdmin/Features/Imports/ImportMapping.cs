using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>The choice of columns for files with these headers, remembered from the last import.</summary>
public sealed class ImportMapping : Versioned
{
    private ImportMapping() { }

    public ImportMapping(string kind, string headers) => (Kind, Headers) = (kind, headers);

    public string Kind { get; private set; } = "";

    /// <summary>Fingerprint of the header row.</summary>
    public string Headers { get; private set; } = "";

    /// <summary>JSON object: column key to column index in the sheet, from zero.</summary>
    public string Columns { get; private set; } = "{}";

    /// <summary>The mapping file that was used (<see cref="FileMapping.ToFile"/>); null when columns were chosen one by one.</summary>
    public byte[]? Reading { get; private set; }
    public DateTimeOffset UsedAt { get; private set; }

    public void Update(string columns, FileMapping? mapping, DateTimeOffset at) =>
        (Columns, Reading, UsedAt) = (columns, mapping?.ToFile(), at);
}
