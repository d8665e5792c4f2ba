namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Gives the same string for the same characters, most of the time: what columns repeat is kept once.</summary>
internal sealed class StringPool
{
    private const int Longest = 64;

    private readonly string?[] _slots = new string?[8192];

    public string Of(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest) return new string(text);
        ref var slot = ref _slots[(uint)string.GetHashCode(text) % (uint)_slots.Length];
        return slot is not null && text.SequenceEqual(slot) ? slot : slot = new string(text);
    }
}
