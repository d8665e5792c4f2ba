using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>One of a few values that a column allows: what it is stored as, what it is called, and what else offices write for it.</summary>
public sealed record ImportChoice(string Value, LocalName Name, params IReadOnlyList<string> AlsoCalled)
{
    /// <summary>A member of an enum, called by the slice's words "Enum.Member".</summary>
    public static ImportChoice Of<TWords>(Enum member, params IReadOnlyList<string> alsoCalled) =>
        new(member.ToString(), LocalName.Of<TWords>($"{member.GetType().Name}.{member}"), alsoCalled);
}
