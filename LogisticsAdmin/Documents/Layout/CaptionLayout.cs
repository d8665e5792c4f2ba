using LogisticsAdmin.Documents.Typesetting;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>The caption above a table, chart or tiles, with a note on the right or, if there is no room, below it.</summary>
internal sealed class CaptionLayout
{
    private const double Above = 4;
    private readonly PageFlow _flow;
    private readonly List<TextLine> _caption, _note;
    private readonly bool _isBeside;

    public CaptionLayout(PageFlow flow, string caption, string? note)
    {
        _flow = flow;
        var width = flow.Sheet.Width;
        _caption = caption.Length == 0 ? [] : PageFlow.Lines(caption, TextStyle.Caption, width);
        _note = string.IsNullOrEmpty(note) ? [] : PageFlow.Lines(note, TextStyle.CaptionNote, width);
        _isBeside = _caption.Count <= 1 && _note.Count == 1 && _caption.Sum(l => l.Width) + _note[0].Width + 16 <= width;
        Height = _caption.Count + _note.Count == 0 ? 0
            : Above + _caption.Count * TextStyle.Caption.Lead + (_isBeside && _caption.Count > 0 ? 0 : _note.Count * TextStyle.CaptionNote.Lead) + 4;
    }

    public double Height { get; }

    public void Draw()
    {
        if (Height == 0) return;
        var sheet = _flow.Sheet;
        var top = _flow.Y + Above;
        _flow.Element(ElementTag.Paragraph, () =>
        {
            var high = _flow.Put(_caption, TextStyle.Caption, sheet.Left, top);
            if (_isBeside) _flow.Put(_note, TextStyle.CaptionNote, sheet.Right, top + 1, Align.Right);
            else _flow.Put(_note, TextStyle.CaptionNote, sheet.Left, top + high);
        });
        _flow.Y += Height;
    }
}
