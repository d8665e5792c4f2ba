using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>A case with everything that its reader may see of it.</summary>
public sealed record VoiceDetail(VoiceRow Row, IReadOnlyList<VoiceEntry> Timeline, IReadOnlySet<VoiceVerb> Verbs)
{
    /// <summary>The thing it is about, if the reader may see that thing.</summary>
    public ComplaintSubject? Subject { get; init; }
    public DateTimeOffset? ExtendedTo { get; init; }
    public bool CanAppeal { get; init; }

    /// <summary>The case under which it is grouped.</summary>
    public VoiceLink? Lead { get; init; }
    public IReadOnlyList<VoiceLink> Members { get; init; } = [];

    /// <summary>What the public board says of it; null when it is not on the board.</summary>
    public VoicePublished? Published { get; init; }

    /// <summary>代报: the colleague who recorded it; null when its reporter sent it.</summary>
    public string? RecordedBy => Timeline.FirstOrDefault(e => e.IsRecording)?.Actor;
}

/// <summary>An entry of the timeline. <paramref name="Actor"/> is a colleague's name, never that of the reporter.</summary>
public sealed record VoiceEntry(
    long Id, VoiceVerb Verb, VoiceSide Side, string? Actor, DateTimeOffset At, VoiceState To, string? Code, string? Person, string? Note, bool IsInternal)
{
    public IReadOnlyList<PhotoRow> Photos { get; init; } = [];

    /// <summary>The office recorded the case on behalf of its reporter.</summary>
    public bool IsRecording => this is { Verb: VoiceVerb.Submit, Side: VoiceSide.Office };
}

public sealed record VoiceLink(long Id, string Number, string Summary);

public sealed record VoicePublished(string Title, string Question, string Answer, DateTimeOffset At);

/// <summary>What the lists of the office's pages offer.</summary>
public sealed record VoiceChoices(
    IReadOnlyList<VoiceChoice> Centres, IReadOnlyList<VoiceChoice> Crews, IReadOnlyList<VoiceColleague> Office, IReadOnlyList<VoiceChoice> Buildings)
{
    /// <summary>Whether open pages must read their choices again after this change.</summary>
    public static bool DependOn(Change change) => change is KeyChanged { Topic: RepairSettings.Topic or PlacesTopics.Places };
}

public sealed record VoiceChoice(long Id, LocalName Name);

public sealed record VoiceColleague(long Id, string Name);
