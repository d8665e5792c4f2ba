using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Figures;

/// <summary>
/// All figures about cases, among them the three rates of 接诉即办: answered in time, solved, satisfied. Silence is neither solved nor satisfied, and not
/// the opposite of it. Praise is only counted.
/// </summary>
internal static class VoiceFigures
{
    public const string Section = "voice";

    private const string Sent = "sent", Settled = "settled", Ended = "ended", Rated = "rated", Appealed = "appealed", Answered = "answered";

    public static readonly IReadOnlyList<VoiceFigure> All =
    [
        Count("received", FigureDirection.Neutral, Sent, f => f.SubmittedAt is not null),
        Count("complaints", FigureDirection.LowerIsBetter, Sent, f => IsSent(f, VoiceKind.Complaint)),
        Count("suggestions", FigureDirection.Neutral, Sent, f => IsSent(f, VoiceKind.Suggestion)),
        Count("appeals", FigureDirection.Neutral, Sent, f => IsSent(f, VoiceKind.Appeal)),
        Count("praises", FigureDirection.HigherIsBetter, Sent, f => IsSent(f, VoiceKind.Praise)),
        Count("anonymous", FigureDirection.Neutral, Sent, f => f is { SubmittedAt: not null, IsAnonymous: true }),
        Share("response-rate", Sent, f => f.IsAnswerInTime, f => f is { IsAsking: true, SubmittedAt: not null, IsAnswerDue: true }),
        Share("settled-in-time", Settled, f => f.IsSettledInTime, f => f is { IsAsking: true, SettledAt: not null }),
        Share("solved-rate", Ended, f => f.IsSolved == true, f => f is { IsAsking: true, EndedAt: not null, IsSolved: not null, IsWithdrawn: false }),
        Share("satisfied-rate", Rated, f => f.Satisfaction is Satisfaction.Satisfied or Satisfaction.Fair, f => f is { IsAsking: true, RatedAt: not null }),
        new(Define("answer-time", FigureForm.Median, FigureUnit.Hours, FigureDirection.LowerIsBetter, "answer-time", Answered),
            f => f is { IsAsking: true, AnsweredAt: not null }),
        Count("reopened", FigureDirection.LowerIsBetter, Ended, f => f is { EndedAt: not null, WasReopened: true }),
        Count("appealed", FigureDirection.LowerIsBetter, Appealed, f => f.AppealedAt is not null),
        new(Define("per-thousand", FigureForm.Ratio, FigureUnit.PerThousand, FigureDirection.LowerIsBetter, "complaints", Sent, "residents"),
            f => !f.IsCase || IsSent(f, VoiceKind.Complaint)),
    ];

    public static string Full(string figure) => $"{Section}.{figure}";

    private static bool IsSent(VoiceFact fact, VoiceKind kind) => fact.SubmittedAt is not null && fact.Kind == kind;

    private static VoiceFigure Count(string code, FigureDirection better, string date, Func<VoiceFact, bool> counts) =>
        new(Define(code, FigureForm.Count, FigureUnit.Pieces, better, null, date), counts);

    private static VoiceFigure Share(string code, string date, Func<VoiceFact, bool> counts, Func<VoiceFact, bool> all) =>
        new(Define(code, FigureForm.Share, FigureUnit.Percent, FigureDirection.HigherIsBetter, null, date), counts, all);

    private static FigureDefinition Define(
        string code, FigureForm form, FigureUnit unit, FigureDirection better, string? measure, string date, string? divisor = null)
    {
        var words = new FigureWords(
            LocalName.Of<VoiceFiguresText>($"Figure.{code}"), LocalName.Of<VoiceFiguresText>($"Counted.{code}"),
            form == FigureForm.Share ? LocalName.Of<VoiceFiguresText>($"Base.{code}") : null, LocalName.Of<VoiceFiguresText>($"Date.{date}"));
        return new FigureDefinition(Full(code), 1, form, unit, better, measure, words) { Divisor = divisor };
    }
}
