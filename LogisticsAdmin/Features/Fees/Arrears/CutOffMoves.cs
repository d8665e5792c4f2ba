namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The moves between states of a cut-off. What is not listed is refused.</summary>
public static class CutOffMoves
{
    /// <summary>The states in which nothing more happens.</summary>
    public static readonly CutOffState[] Ended = [CutOffState.Restored, CutOffState.TakenBack];

    /// <summary>The states in which the room still has its supply.</summary>
    public static readonly CutOffState[] BeforeCut = [CutOffState.Announced, CutOffState.Proposed, CutOffState.Approved, CutOffState.Assigned];

    /// <summary>The state after a verb; null where it is not possible.</summary>
    public static CutOffState? After(CutOffState state, CutOffVerb verb) => (state, verb) switch
    {
        (CutOffState.Announced, CutOffVerb.Propose) => CutOffState.Proposed,
        (CutOffState.Proposed, CutOffVerb.Approve) => CutOffState.Approved,
        (CutOffState.Approved or CutOffState.Assigned, CutOffVerb.Assign) => CutOffState.Assigned,
        (CutOffState.Assigned, CutOffVerb.Cut) => CutOffState.Cut,
        (CutOffState.Announced or CutOffState.Proposed or CutOffState.Approved or CutOffState.Assigned, CutOffVerb.Pay or CutOffVerb.TakeBack) =>
            CutOffState.TakenBack,
        (CutOffState.Cut, CutOffVerb.Pay or CutOffVerb.AskRestore) => CutOffState.ToRestore,
        (CutOffState.Assigned, CutOffVerb.Release) => CutOffState.Approved,
        (CutOffState.ToRestore, CutOffVerb.Release) => CutOffState.ToRestore,
        // Whoever restores may be another technician than the one who cut off.
        (CutOffState.ToRestore, CutOffVerb.Assign) => CutOffState.ToRestore,
        (CutOffState.ToRestore, CutOffVerb.Restore) => CutOffState.Restored,
        (CutOffState.TakenBack, CutOffVerb.ReportCut) => CutOffState.ToRestore,
        _ => null,
    };
}
