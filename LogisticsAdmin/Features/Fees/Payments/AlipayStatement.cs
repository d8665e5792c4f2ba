using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// 业务明细 of Alipay: a zip with tables in GBK, or the table of single trades itself. Its columns are found by their names. A file without the mark of
/// its end was broken off, and is refused as one of another day is.
/// </summary>
internal static partial class AlipayStatement
{
    /// <summary>Of the file as it is downloaded, and of a table in it.</summary>
    public const int FileBytes = 16 * 1024 * 1024, TableBytes = 64 * 1024 * 1024;

    public const string Trade = "支付宝交易号", Request = "商户订单号", Type = "业务类型", Subject = "商品名称", Done = "完成时间",
        Amount = "订单金额（元）", Refund = "退款批次号/请求号", RefundType = "退款", End = "业务明细列表结束";

    private const int MostTables = 20;

    private static readonly TimeSpan Chinese = TimeSpan.FromHours(8);
    private static readonly string[] Needed = [Trade, Request, Type, Amount, Refund];
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    /// <exception cref="GatewayFailure">The file is too large, broken off, or of another day.</exception>
    public static IReadOnlyList<GatewayLine> Read(byte[] file, DateOnly day)
    {
        if (file.Length > FileBytes) throw new GatewayFailure("STATEMENT_TOO_LARGE");
        if (file is not [(byte)'P', (byte)'K', ..]) return Parse(TextOf(file), day) ?? throw new GatewayFailure("NO_STATEMENT_FILE");
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read, leaveOpen: false, Gbk);
            if (zip.Entries.Count > MostTables) throw new GatewayFailure("STATEMENT_TOO_LARGE");
            foreach (var entry in zip.Entries)
                if (Parse(TextOf(Inflate(entry)), day) is { } lines) return lines;
        }
        catch (InvalidDataException)
        {
            throw new GatewayFailure("NO_STATEMENT_FILE");
        }
        throw new GatewayFailure("NO_STATEMENT_FILE");
    }

    // The sizes in the directory of a zip may be wrong.
    private static byte[] Inflate(ZipArchiveEntry entry)
    {
        if (entry.Length > TableBytes) throw new GatewayFailure("STATEMENT_TOO_LARGE");
        using var stream = entry.Open();
        using var table = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (table.Length + read > TableBytes) throw new GatewayFailure("STATEMENT_TOO_LARGE");
            table.Write(buffer, 0, read);
        }
        return table.ToArray();
    }

    private static string TextOf(byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            return Gbk.GetString(bytes);
        }
    }

    /// <summary>Null for a table that is none of single trades, such as that of sums.</summary>
    private static List<GatewayLine>? Parse(string text, DateOnly day)
    {
        Dictionary<string, int>? columns = null;
        List<GatewayLine> lines = [];
        var isWhole = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimStart().StartsWith('#'))
            {
                if ((FirstDay().Match(line) is { Success: true } first && first.Groups["day"].Value != Written(day))
                    || (LastDay().Match(line) is { Success: true } last && !EndsWith(day, last.Groups["day"].Value, last.Groups["time"].Value)))
                {
                    throw new GatewayFailure("STATEMENT_OF_OTHER_DAY");
                }
                isWhole |= line.Contains(End, StringComparison.Ordinal);
                continue;
            }
            var fields = FieldsOf(line);
            if (fields.TrueForAll(f => f.Length == 0)) continue;
            if (columns is null)
            {
                if (Needed.All(fields.Contains)) columns = fields.Index().DistinctBy(f => f.Item).ToDictionary(f => f.Item, f => f.Index);
                continue;
            }
            lines.Add(LineOf(fields, columns));
        }
        if (columns is null) return null;
        return isWhole ? lines : throw new GatewayFailure("STATEMENT_BROKEN_OFF");
    }

    private static string Written(DateOnly day) => day.ToString("yyyy'年'MM'月'dd", CultureInfo.InvariantCulture);

    /// <summary>A statement of one day ends within it, or at the next midnight; one of a month does not.</summary>
    private static bool EndsWith(DateOnly day, string last, string time) =>
        last == Written(day) || (last == Written(day.AddDays(1)) && time == "00:00:00");

    private static GatewayLine LineOf(List<string> fields, Dictionary<string, int> columns)
    {
        // A comma in the name of what was sold moves all columns behind it.
        var (moved, subject) = (fields.Count - columns.Count, columns.GetValueOrDefault(Subject, int.MaxValue));
        if (!decimal.TryParse(Field(Amount), NumberStyles.Number, CultureInfo.InvariantCulture, out var yuan) || decimal.Round(yuan, 2) != yuan
            || !Money.IsInRange(yuan))
        {
            throw new GatewayFailure("STATEMENT_AMOUNT");
        }
        var isRefund = Field(Type).Contains(RefundType, StringComparison.Ordinal);
        return new GatewayLine(
            isRefund ? GatewayLineKind.Refund : GatewayLineKind.Payment, CleanText.Summary(Field(Trade), PaymentLimits.TradeNumber - 1),
            CleanText.Summary(Field(Request), PaymentLimits.RequestNumber - 1),
            isRefund && Field(Refund) is { Length: > 0 } refund ? CleanText.Summary(refund, PaymentLimits.RequestNumber - 1) : null,
            Money.FromYuan(Math.Abs(yuan)),
            DateTime.TryParseExact(Field(Done), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year > 2000
                ? new DateTimeOffset(at, Chinese).ToUniversalTime() : null);

        string Field(string name) => columns.TryGetValue(name, out var index)
            && fields.ElementAtOrDefault(index > subject && moved > 0 ? index + moved : index) is { } value ? value : "";
    }

    // Fields end with tabs, so that spreadsheets take numbers of trades as text.
    private static List<string> FieldsOf(string line)
    {
        List<string> fields = [];
        var (field, isQuoted) = (new StringBuilder(), false);
        foreach (var c in line)
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted) Next();
            else field.Append(c);
        }
        Next();
        return fields;

        void Next()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }

    [GeneratedRegex(@"起始日期：\[(?<day>\d{4}年\d{2}月\d{2})日", RegexOptions.CultureInvariant)]
    private static partial Regex FirstDay();

    [GeneratedRegex(@"终止日期：\[(?<day>\d{4}年\d{2}月\d{2})日(?:\s+(?<time>\d{2}:\d{2}:\d{2}))?", RegexOptions.CultureInvariant)]
    private static partial Regex LastDay();
}
