using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>One of the values that a column allows: stored value, name, and other spellings that offices use.</summary>
public sealed record ImportChoice(string Value, LocalName Name, params IReadOnlyList<string> Aliases)
{
    /// <summary>An enum member, named by the resource key "Enum.Member" of the slice.</summary>
    public static ImportChoice Of<TResource>(Enum member, params IReadOnlyList<string> aliases) =>
        new(member.ToString(), LocalName.Of<TResource>($"{member.GetType().Name}.{member}"), aliases);
}
