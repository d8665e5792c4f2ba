namespace LogisticsAdmin.Documents.Layout;

/// <summary>Lays a document out on a canvas.</summary>
internal static class DocumentLayout
{
    /// <summary>Draws all pages. With contents it goes through the document twice, first to find the pages of the headings.</summary>
    public static void Draw(Document document, ICanvas canvas, IProgress<double>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<int> pages = [];
        if (document.WithContents && document.Format == PageFormat.OfficialLetter)
            pages = Pass(document, new BlankCanvas(), [], null, cancellation);
        Pass(document, canvas, pages, progress, cancellation);
    }

    // Returns the pages of the headings of level 1.
    private static List<int> Pass(Document document, ICanvas canvas, IReadOnlyList<int> pages, IProgress<double>? progress, CancellationToken cancellation)
    {
        var flow = new PageFlow(document, canvas);
        canvas.Begin(ElementTag.Section);
        flow.NewPage();
        if (!flow.IsSlip) new TitleLayout(flow).Draw();
        if (document.WithContents && !flow.IsSlip) new ContentsLayout(flow, pages).Draw();
        var layouts = Prepare(flow, document.Blocks, cancellation);
        List<int> found = [];
        for (var i = 0; i < layouts.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            layouts[i].Draw();
            if (document.Blocks[i] is Heading { Level: 1 }) found.Add(flow.Page);
            progress?.Report((i + 1.0) / layouts.Count);
        }
        canvas.End();
        return found;
    }

    // From the last to the first: blocks must know what stays with them.
    private static List<BlockLayout> Prepare(PageFlow flow, IReadOnlyList<Block> blocks, CancellationToken cancellation)
    {
        List<BlockLayout> layouts = [];
        for (var i = blocks.Count - 1; i >= 0; i--)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = layouts is [.., var last] ? last : null;
            var layout = For(flow, blocks[i], next);
            // Signatures on a page of their own could be put below anything.
            if (next is SignaturesLayout) layout.Following = next.Opening;
            layouts.Add(layout);
        }
        layouts.Reverse();
        return layouts;
    }

    private static BlockLayout For(PageFlow flow, Block block, BlockLayout? next) => block switch
    {
        Heading heading => new HeadingLayout(flow, heading, next),
        Paragraph paragraph => new ParagraphLayout(flow, paragraph),
        TileGrid tiles => new TilesLayout(flow, tiles),
        Table table => new TableLayout(flow, table),
        ChartBlock chart => new ChartBlockLayout(flow, chart),
        SignatureBlock signatures => new SignaturesLayout(flow, signatures),
        CodeBlock code => new CodeLayout(flow, code),
        PageBreak => new PageBreakLayout(flow),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, null),
    };
}
