namespace LogisticsAdmin.Features.Voice;

/// <summary>Words of complaints, suggestions, appeals and praise: kinds, states, verbs and refusals.</summary>
public sealed class VoiceText;
