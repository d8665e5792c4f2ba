using LogisticsAdmin.Features.Voice.Cases;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>The position of a row in a sort; in every sort, smaller is earlier.</summary>
public readonly record struct VoiceEdge(long Major, long Minor) : IComparable<VoiceEdge>
{
    public static VoiceEdge Of(VoiceRow row, VoiceSort sort) => sort switch
    {
        VoiceSort.Newest => new(-row.SubmittedAt.UtcTicks, -row.Id),
        VoiceSort.Oldest => new(row.SubmittedAt.UtcTicks, row.Id),
        _ => new(row.Pressing, row.Id),
    };

    public int CompareTo(VoiceEdge other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public static bool operator <(VoiceEdge left, VoiceEdge right) => left.CompareTo(right) < 0;
    public static bool operator >(VoiceEdge left, VoiceEdge right) => left.CompareTo(right) > 0;
    public static bool operator <=(VoiceEdge left, VoiceEdge right) => left.CompareTo(right) <= 0;
    public static bool operator >=(VoiceEdge left, VoiceEdge right) => left.CompareTo(right) >= 0;
}
