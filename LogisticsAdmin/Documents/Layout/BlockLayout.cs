namespace LogisticsAdmin.Documents.Layout;

/// <summary>A block that is ready to be placed.</summary>
internal abstract class BlockLayout(PageFlow flow)
{
    protected PageFlow Flow { get; } = flow;

    protected Sheet Sheet => Flow.Sheet;

    /// <summary>The height that must not be divided at the block's beginning, so that a heading above it is never last on its page.</summary>
    public abstract double Opening { get; }

    public abstract void Draw();
}
