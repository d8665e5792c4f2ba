using System.Text;
using System.Xml;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// An uploaded .xlsx or CSV file. Its kind is detected from its bytes; the file name only names the sheet of a CSV file. Whatever the bytes
/// are, opening and reading succeed or throw a refusal within bounded time and memory, and never follow links to other files. Not
/// thread-safe. The caller keeps and closes the stream.
/// </summary>
public abstract class SheetFile : IDisposable
{
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;
    private static ReadOnlySpan<byte> EmptyZip => "PK\u0005\u0006"u8;
    private static ReadOnlySpan<byte> Ole => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private readonly SheetLimits _limits;
    private readonly TimeProvider _clock;

    private protected SheetFile(SheetLimits limits, TimeProvider clock) => (_limits, _clock) = (limits, clock);

    /// <summary>At least one, in the file's order, hidden ones last.</summary>
    public abstract IReadOnlyList<SheetInfo> Sheets { get; }

    /// <summary>Refuses a file that can't be read, with one code for each reason. The stream must be able to seek.</summary>
    public static SheetFile Open(Stream stream, string name, CancellationToken ct = default) =>
        Open(stream, name, SheetLimits.Default, TimeProvider.System, ct);

    internal static SheetFile Open(Stream stream, string name, SheetLimits limits, TimeProvider clock, CancellationToken ct)
    {
        if (stream.Length == 0) throw Rejected.Because<SpreadsheetsText>("FileEmpty");
        if (stream.Length > limits.FileBytes) throw Rejected.Because<SpreadsheetsText>("FileTooLarge", limits.FileBytes / SheetLimits.Mebi);
        return RefuseDamage<SheetFile>(() =>
        {
            Span<byte> head = stackalloc byte[8];
            stream.Position = 0;
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            var budget = new ReadBudget(limits, clock, null, ct);
            if (head.StartsWith(Ole)) throw Rejected.Because<SpreadsheetsText>(IsEncrypted(stream) ? "PasswordProtected" : "OldWorkbook");
            if (head.StartsWith(Zip) || head.StartsWith(EmptyZip)) return WorkbookFile.Open(stream, limits, clock, budget);
            return CsvFile.Open(stream, Path.GetFileNameWithoutExtension(name), limits, clock, budget);
        });
    }

    /// <summary>
    /// Reads a whole sheet; refuses one without content. <paramref name="progress"/> gets the number of rows read so far, often, on the
    /// caller's thread.
    /// </summary>
    public SheetTable Read(SheetInfo sheet, Action<int>? progress = null, CancellationToken ct = default) => RefuseDamage(() =>
    {
        var budget = new ReadBudget(_limits, _clock, progress, ct);
        budget.Check();
        var table = Read(sheet, budget);
        if (table.Rows.Count == 0) throw Rejected.Because<SpreadsheetsText>("SheetEmpty", sheet.Name);
        budget.ReportRows();
        return table;
    });

    public abstract void Dispose();

    private protected abstract SheetTable Read(SheetInfo sheet, ReadBudget budget);

    /// <summary>Turns the exceptions that damaged bytes cause into one refusal. Any other exception is a bug and passes through.</summary>
    private static T RefuseDamage<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or FormatException or OverflowException or DecoderFallbackException
            or EndOfStreamException)
        {
            throw Rejected.Because<SpreadsheetsText>("FileDamaged");
        }
    }

    /// <summary>Excel stores a workbook with a password in an OLE container, in a stream of this name.</summary>
    private static bool IsEncrypted(Stream stream)
    {
        var name = Encoding.Unicode.GetBytes("EncryptedPackage");
        var bytes = new byte[64 * 1024];
        var kept = 0;
        for (stream.Position = 0; ;)
        {
            var read = stream.ReadAtLeast(bytes.AsSpan(kept), bytes.Length - kept, throwOnEndOfStream: false);
            if (bytes.AsSpan(0, kept + read).IndexOf(name) >= 0) return true;
            if (kept + read < bytes.Length) return false;
            kept = name.Length;
            bytes.AsSpan(^kept..).CopyTo(bytes);
        }
    }
}
