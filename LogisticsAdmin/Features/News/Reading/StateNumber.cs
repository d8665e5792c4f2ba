namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// Numbers that stand for what somebody sees, to tell whether it differs. The same after a restart, so that open pages need not ask for
/// everything then.
/// </summary>
internal static class StateNumber
{
    /// <summary>Of one item as it is. Those of several are added: what others see must not change the sum.</summary>
    public static ulong Of(BoardItem item) => Mix(Mix((ulong)item.Id) + (ulong)item.Version);

    // The finaliser of SplitMix64: each bit of the result depends on each bit of the number.
    private static ulong Mix(ulong number)
    {
        number += 0x9E3779B97F4A7C15;
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}
