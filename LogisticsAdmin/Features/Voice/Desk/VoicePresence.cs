using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live.Presence;

namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>Cases as subjects of presence, among the office.</summary>
internal static class VoicePresence
{
    public const string Kind = "voice";

    public static PresenceSubject Of(VoiceRow row) => new(new PresenceKey(Kind, row.Id), actor => actor.IsOffice);
}
