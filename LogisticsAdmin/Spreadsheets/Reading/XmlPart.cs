using System.IO.Compression;
using System.Text;
using System.Xml;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// Reads one XML part of a workbook forwards with bounded memory: no DTD, and limits for depth, the size of a node and the number of
/// different names.
/// </summary>
internal sealed class XmlPart : IDisposable
{
    private const int MaxDepth = 64;
    private const int MaxNames = 10_000;
    private const int MaxNode = SheetLimits.Mebi;

    private readonly ReadBudget _budget;
    private readonly LimitedText _text;
    private readonly XmlReader _xml;
    private char[] _content = new char[1024];
    private int _length;

    public XmlPart(ZipArchiveEntry entry, ReadBudget budget)
    {
        _budget = budget;
        _text = new LimitedText(new StreamReader(entry.Open(), new UTF8Encoding(false, throwOnInvalidBytes: true)));
        _xml = XmlReader.Create(_text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            NameTable = new LimitedNameTable(),
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = true,
        });
    }

    public int Depth => _xml.Depth;
    public string Name => _xml.LocalName;
    public bool IsStart => _xml.NodeType == XmlNodeType.Element;
    public bool IsEmpty => _xml.IsEmptyElement;

    /// <summary>Value of the attribute that <see cref="NextAttribute"/> moved to.</summary>
    public string Value => _xml.Value;

    public string? this[string attribute] => _xml.GetAttribute(attribute);

    public string? this[string attribute, IEnumerable<string> namespaces] =>
        namespaces.Select(n => _xml.GetAttribute(attribute, n)).FirstOrDefault(v => v is not null);

    public bool NextAttribute() => _xml.MoveToNextAttribute();

    public void MoveToElement() => _xml.MoveToElement();

    public bool Next()
    {
        _budget.Step();
        _text.Count = 0;
        try
        {
            if (!_xml.Read()) return false;
        }
        // XmlReader has no error code for it, and the person needs a message of its own.
        catch (XmlException e) when (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            throw Rejected.Because<SpreadsheetsText>("DtdInside");
        }
        if (_xml.Depth > MaxDepth) throw new InvalidDataException();
        return true;
    }

    /// <summary>Moves to the next element inside the one at <paramref name="depth"/>.</summary>
    public bool NextInside(int depth)
    {
        while (Next() && _xml.Depth > depth)
            if (IsStart) return true;
        return false;
    }

    public void Skip()
    {
        if (IsEmpty) return;
        var depth = Depth;
        while (Next() && _xml.Depth > depth) { }
    }

    /// <summary>The text of this element; valid until the next call.</summary>
    public ReadOnlySpan<char> Content()
    {
        _length = 0;
        AppendContent();
        return _content.AsSpan(0, _length);
    }

    /// <summary>The text of a string item: plain text or rich-text runs, without phonetic guides.</summary>
    public ReadOnlySpan<char> StringItem()
    {
        _length = 0;
        if (IsEmpty) return [];
        var depth = Depth;
        while (NextInside(depth))
        {
            if (Name == "t") AppendContent();
            else if (Name is "rPh" or "rPr") Skip();
        }
        return _content.AsSpan(0, _length);
    }

    public void Dispose() => _xml.Dispose();

    private void AppendContent()
    {
        if (IsEmpty) return;
        var depth = Depth;
        while (Next() && _xml.Depth > depth)
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)) continue;
            while (_xml.ReadValueChunk(_content, _length, _content.Length - _length) is var read and > 0)
            {
                if ((_length += read) > _budget.Limits.CellCharacters) throw Rejected.Because<SpreadsheetsText>("TextTooLong", _budget.Limits.CellCharacters);
                if (_length == _content.Length) Array.Resize(ref _content, 2 * _length);
            }
        }
    }

    /// <summary>Refuses a part when a single node has more characters than any real workbook needs.</summary>
    private sealed class LimitedText(StreamReader text) : TextReader
    {
        public int Count { get; set; }

        public override int Read(char[] buffer, int index, int count)
        {
            var read = text.Read(buffer, index, count);
            if ((Count += read) > MaxNode) throw new InvalidDataException();
            return read;
        }

        public override int Read() => throw new NotSupportedException();

        public override int Peek() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            text.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Names stay in memory while the part is read, so their number is limited.</summary>
    private sealed class LimitedNameTable : NameTable
    {
        private int _count;

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? New(base.Add(key, start, len));

        public override string Add(string key) => Get(key) ?? New(base.Add(key));

        private string New(string name) => ++_count > MaxNames ? throw new InvalidDataException() : name;
    }
}
