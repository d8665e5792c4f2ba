using LogisticsAdmin.Features.Voice.Cases;

namespace LogisticsAdmin.Features.Voice.Demo;

/// <summary>What an invented person says, and what the office answers first and at the end.</summary>
internal sealed record DemoMatter(VoiceKind Kind, string Text, string First, string Done)
{
    /// <summary>Written by, and answered to, somebody whose language is English.</summary>
    public bool IsEnglish => Text.All(char.IsAscii);
}

/// <summary>What is said in the course of a story.</summary>
internal sealed record DemoSaid(string Note, string Withdraw, string Add, string Reopen, string Again, string Appeal, string Decide);

/// <summary>The texts of seeds/demo-voice.json.</summary>
internal sealed record DemoTexts(DemoSaid Said, DemoSaid SaidEn, IReadOnlyList<DemoMatter> Matters);
