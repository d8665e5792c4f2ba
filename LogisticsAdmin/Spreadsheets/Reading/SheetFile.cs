using System.Text;
using System.Xml;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// An uploaded .xlsx or CSV file. What it is, is seen from its bytes; its name only names the sheet of a CSV file. Whatever the bytes are,
/// opening and reading either answer or refuse, within bounded time and memory; links to other files are never followed. Not for two
/// threads at once. The stream stays open and stays the caller's.
/// </summary>
public abstract class SheetFile : IDisposable
{
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;
    private static ReadOnlySpan<byte> EmptyZip => "PK\u0005\u0006"u8;
    private static ReadOnlySpan<byte> Ole => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private readonly SheetLimits _limits;
    private readonly TimeProvider _clock;

    private protected SheetFile(SheetLimits limits, TimeProvider clock) => (_limits, _clock) = (limits, clock);

    /// <summary>In the file's order, hidden ones last; at least one.</summary>
    public abstract IReadOnlyList<SheetInfo> Sheets { get; }

    /// <summary>Refuses what can't be read, with one code for each reason. Wants a stream that can seek.</summary>
    public static SheetFile Open(Stream stream, string name, CancellationToken ct = default) =>
        Open(stream, name, SheetLimits.Default, TimeProvider.System, ct);

    internal static SheetFile Open(Stream stream, string name, SheetLimits limits, TimeProvider clock, CancellationToken ct)
    {
        if (stream.Length == 0) throw Rejected.Because<SpreadsheetsText>("FileEmpty");
        if (stream.Length > limits.FileBytes) throw Rejected.Because<SpreadsheetsText>("FileTooLarge", limits.FileBytes / SheetLimits.Mebi);
        return Refusing<SheetFile>(() =>
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
    /// Reads one sheet whole; refuses one without content. Told through <paramref name="progress"/> how many rows are read; it is called on
    /// the caller's thread, often.
    /// </summary>
    public SheetTable Read(SheetInfo sheet, Action<int>? progress = null, CancellationToken ct = default) => Refusing(() =>
    {
        var budget = new ReadBudget(_limits, _clock, progress, ct);
        budget.Look();
        var table = Read(sheet, budget);
        if (table.Rows.Count == 0) throw Rejected.Because<SpreadsheetsText>("SheetEmpty", sheet.Name);
        budget.Finish();
        return table;
    });

    public abstract void Dispose();

    private protected abstract SheetTable Read(SheetInfo sheet, ReadBudget budget);

    /// <summary>What libraries throw over broken bytes is one refusal; anything else is a fault of ours and stays one.</summary>
    private static T Refusing<T>(Func<T> read)
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

    /// <summary>Excel keeps a workbook with a password in an old container, as a stream of this name.</summary>
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
