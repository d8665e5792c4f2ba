using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>
/// How the content of a closed month is stored: texts, values and definitions as JSON, then the rows of each section as bytes, all of it
/// compressed. The hash is that of the bytes before compression, so that another compression would not change it.
/// </summary>
public static class ClosedContent
{
    private const int Format = 1;

    /// <summary>The bytes to store, and the hash over everything in them.</summary>
    public static (byte[] Bytes, string Hash) Write(ReportContent content)
    {
        using var plain = new MemoryStream();
        using (var writer = new BinaryWriter(plain, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            var head = JsonSerializer.SerializeToUtf8Bytes(Stored.Of(content), Json);
            writer.Write(head.Length);
            writer.Write(head);
            foreach (var section in content.Sections) WriteRows(writer, section.Snapshot.Facts.Rows);
        }
        var bytes = plain.ToArray();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)) brotli.Write(bytes);
        return (packed.ToArray(), HashOf(bytes));
    }

    public static ReportContent Read(byte[] stored) => ReadPlain(Unpack(stored));

    /// <summary>The hash of what is stored now; null when it can't even be read.</summary>
    public static string? HashOfStored(byte[] stored)
    {
        try
        {
            return HashOf(Unpack(stored));
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string HashOf(byte[] plain) => Convert.ToHexStringLower(SHA256.HashData(plain));

    private static byte[] Unpack(byte[] stored)
    {
        using var brotli = new BrotliStream(new MemoryStream(stored), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }

    private static ReportContent ReadPlain(byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain));
        if (reader.ReadInt32() is var format && format != Format) throw new InvalidDataException($"A closed month of format {format} can't be read.");
        var head = JsonSerializer.Deserialize<Stored>(reader.ReadBytes(reader.ReadInt32()), Json)
            ?? throw new InvalidDataException("A closed month has no content.");
        return head.ToContent(_ => ReadRows(reader));
    }

    private static void WriteRows(BinaryWriter writer, IReadOnlyList<FactRow> rows)
    {
        writer.Write7BitEncodedInt(rows.Count);
        var (keys, times, measures) = rows.Count == 0 ? (0, 0, 0) : (rows[0].Keys.Length, rows[0].Times.Length, rows[0].Measures.Length);
        writer.Write7BitEncodedInt(keys);
        writer.Write7BitEncodedInt(times);
        writer.Write7BitEncodedInt(measures);
        foreach (var row in rows.OrderBy(r => r.Id))
        {
            writer.Write7BitEncodedInt64(row.Id);
            WriteBits(writer, row.Counted);
            WriteBits(writer, row.Base);
            foreach (var number in row.Keys.Concat(row.Times).Concat(row.Measures))
            {
                writer.Write(number is not null);
                if (number is { } value) writer.Write7BitEncodedInt64(value);
            }
        }
    }

    private static List<FactRow> ReadRows(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var (keys, times, measures) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        List<FactRow> rows = new(count);
        for (var i = 0; i < count; i++)
            rows.Add(new FactRow(reader.Read7BitEncodedInt64(), ReadBits(reader), ReadBits(reader), Numbers(keys), Numbers(times), Numbers(measures)));
        return rows;

        long?[] Numbers(int length)
        {
            var numbers = new long?[length];
            for (var n = 0; n < length; n++) numbers[n] = reader.ReadBoolean() ? reader.Read7BitEncodedInt64() : null;
            return numbers;
        }
    }

    private static void WriteBits(BinaryWriter writer, UInt128 bits)
    {
        writer.Write((ulong)(bits >> 64));
        writer.Write((ulong)bits);
    }

    private static UInt128 ReadBits(BinaryReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());

    private sealed record Stored(
        string Period, DateTimeOffset AsOf, LocalName Office, string DocumentNumber, List<StoredSection> Sections, Dictionary<string, string> Comments)
    {
        public static Stored Of(ReportContent content) => new(content.Period.ToString(), content.AsOf, content.Office, content.DocumentNumber,
            [.. content.Sections.Select(StoredSection.Of)], new Dictionary<string, string>(content.Comments));

        public ReportContent ToContent(Func<StoredSection, IReadOnlyList<FactRow>> rows) => new()
        {
            Period = ReportPeriod.Parse(Period) ?? throw new InvalidDataException($"{Period} is no period."),
            AsOf = AsOf,
            Office = Office,
            DocumentNumber = DocumentNumber,
            Sections = [.. Sections.Select(s => s.ToContent(rows(s)))],
            Comments = Comments,
        };
    }

    private sealed record StoredSection(
        SectionLayout Layout, DateTimeOffset AsOf, Dictionary<string, FigureReading> Readings, List<FigureValue> Values, List<LocalName> Summary,
        List<StoredMonth> History, Dictionary<string, Dictionary<long, LocalName>> Names)
    {
        public static StoredSection Of(ReportedSection section) => new(section.Layout, section.Snapshot.Facts.AsOf,
            new Dictionary<string, FigureReading>(section.Readings), [.. section.Snapshot.Values.Values], [.. section.Summary],
            [.. section.History.Select(m => new StoredMonth(m.Month.ToString(), [.. m.Values.Values]))],
            section.Snapshot.Facts.Names.ToDictionary(n => n.Key, n => Used(section, n.Key, n.Value)));

        public ReportedSection ToContent(IReadOnlyList<FactRow> rows) => new(
            new SectionSnapshot(Layout, new SectionFacts(
                rows, Names.ToDictionary(n => n.Key, n => (IReadOnlyDictionary<long, LocalName>)n.Value), AsOf), Values.ToDictionary(v => v.Code)),
            Readings, Summary, [.. History.Select(m => new MonthValues(ReportPeriod.Parse(m.Month)!, m.Values.ToDictionary(v => v.Code)))]);

        // Only the names that occur: a campus has thousands of rooms.
        private static Dictionary<long, LocalName> Used(ReportedSection section, string dimension, IReadOnlyDictionary<long, LocalName> names)
        {
            var place = section.Layout.PlaceOfDimension(dimension);
            var keys = section.Snapshot.Facts.Rows.Select(r => r.Keys[place]).OfType<long>().ToHashSet();
            return names.Where(n => keys.Contains(n.Key)).ToDictionary(n => n.Key, n => n.Value);
        }
    }

    private sealed record StoredMonth(string Month, List<FigureValue> Values);
}
