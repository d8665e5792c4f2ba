namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>How far the people who pay the bills of a run are told about them.</summary>
public sealed class RunTelling
{
    private RunTelling() { }

    public RunTelling(long runId) => RunId = runId;

    public long RunId { get; private set; }

    /// <summary>The highest id of a person who was told, or need not be.</summary>
    public long Through { get; private set; }
    public bool IsDone { get; private set; }

    public void Advance(long through, bool isDone) => (Through, IsDone) = (through, isDone);
}
