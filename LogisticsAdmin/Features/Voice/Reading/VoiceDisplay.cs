using System.Globalization;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>How states and entries of the timeline are displayed, shared by the office's pages and the phone.</summary>
internal static class VoiceDisplay
{
    public static string Tone(VoiceState state) => state switch
    {
        VoiceState.New => "pill new",
        VoiceState.Answered or VoiceState.Reopened => "pill work",
        VoiceState.Appealed => "pill late",
        VoiceState.Settled => "pill wait",
        VoiceState.Closed or VoiceState.Decided => "pill done",
        _ => "pill hold",
    };

    /// <summary>What was done.</summary>
    public static string Did(VoiceEntry entry, IStringLocalizer<VoiceText> words) =>
        entry.IsRecording ? words["ReportOnBehalf"] : words[$"{nameof(VoiceVerb)}.{entry.Verb}"];

    /// <summary>What the verb's parameter says; null where it says nothing.</summary>
    public static string? Detail(VoiceEntry entry, IStringLocalizer<VoiceText> words, OfficeTime office) => entry switch
    {
        { Verb: VoiceVerb.HandOver } => entry.Person,
        { Code: null } => null,
        { Verb: VoiceVerb.Extend } => DateTimeOffset.TryParse(entry.Code, CultureInfo.InvariantCulture, out var until) ? office.Show(until) : null,
        { Verb: VoiceVerb.Correct } => words[$"{nameof(VoiceKind)}.{entry.Code}"],
        { Verb: VoiceVerb.Decide } => words[$"Verdict.{entry.Code}"],
        { Verb: VoiceVerb.Rate } => words[$"{nameof(Satisfaction)}.{entry.Code}"],
        { Verb: VoiceVerb.Undo } => words[$"{nameof(VoiceVerb)}.{entry.Code}"],
        { Verb: VoiceVerb.BecomeLate } => words[$"Clock.{entry.Code}"],
        { Verb: VoiceVerb.Remind } => entry.Code.Split('.') is [var clock, var audience] && Enum.TryParse<EscalationAudience>(audience, out var who)
            ? $"{words[$"Clock.{clock}"]} → {who.Name()}" : null,
        { Verb: VoiceVerb.Group or VoiceVerb.Ungroup } => entry.Code,
        _ => null,
    };
}
