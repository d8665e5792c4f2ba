namespace LogisticsAdmin.Documents.Layout;

internal sealed class PageBreakLayout(PageFlow flow) : BlockLayout(flow)
{
    public override double Opening => 0;

    public override void Draw()
    {
        if (!Flow.IsAtTop) Flow.NewPage();
    }
}
