using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>What the members of this slice's enums are called, for the slices that show them.</summary>
public static class ServiceLevelNames
{
    public static LocalName Name(this Urgency urgency) => Names<Urgency>.All[urgency];

    public static LocalName Name(this ClockKind clock) => Names<ClockKind>.All[clock];

    public static LocalName Name(this EscalationAudience audience) => Names<EscalationAudience>.All[audience];

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, LocalName> All =
            Enum.GetValues<T>().ToDictionary(member => member, member => LocalName.Of<ServiceLevelsText>($"{typeof(T).Name}.{member}"));
    }
}
