namespace LogisticsAdmin.Documents.Layout;

/// <summary>A block that is ready to be placed.</summary>
internal abstract class BlockLayout(PageFlow flow)
{
    protected PageFlow Flow { get; } = flow;

    protected Sheet Sheet => Flow.Sheet;

    /// <summary>The height that must not be divided at the block's beginning, so that a heading above it is never last on its page.</summary>
    public abstract double Opening { get; }

    /// <summary>The height that must be free below the end of the block, for what does not stand on a page without it; mostly zero.</summary>
    public double Following { get; set; }

    public abstract void Draw();
}
