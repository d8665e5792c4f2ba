namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Returns the same string for the same characters, most of the time, so that repeated values take memory once.</summary>
internal sealed class StringPool
{
    private const int MaxLength = 64;

    private readonly string?[] _slots = new string?[8192];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength) return new string(text);
        ref var slot = ref _slots[(uint)string.GetHashCode(text) % (uint)_slots.Length];
        return slot is not null && text.SequenceEqual(slot) ? slot : slot = new string(text);
    }
}
