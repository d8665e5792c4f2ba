using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Security;

/// <summary>One entry of the sign-in namespace. The database keeps it unique; retiring a person frees theirs.</summary>
public sealed class SignInName
{
    private SignInName() { }

    public SignInName(string name) => Name = name;

    /// <summary>For bulk writes, where no navigation sets the person.</summary>
    public static SignInName Of(string normalized, long personId) => new(normalized) { PersonId = personId };

    public string Name { get; private set; } = "";
    public long PersonId { get; private set; }

    public static string Normalize(string typed) => CleanText.Clean(typed).ToUpperInvariant();
}
